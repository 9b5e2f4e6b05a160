from __future__ import annotations

import gzip

import pytest

from web import pages, static_files

ADDRESSES = ["/widget.js", "/widget/room.js", "/widget/frame.css", "/widget/strings/fi.json", "/"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_browser_that_takes_packed_files_gets_them_packed(client, address):
    packed = await client.get(address, headers={"Accept-Encoding": "br, gzip"})
    whole = await client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in whole.headers
    assert int(packed.headers["Content-Length"]) < int(whole.headers["Content-Length"])
    assert await packed.read() == await whole.read()
    for response in (packed, whole):
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("header", "is_packed"),
    [
        ("gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, identity", False),
        ("br", False),
        ("xgzip", False),
        ("", False),
    ],
)
async def test_what_a_browser_says_of_packing_is_kept(client, header, is_packed):
    response = await client.get("/widget/room.js", headers={"Accept-Encoding": header})
    assert ("Content-Encoding" in response.headers) == is_packed


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_a_file_that_the_browser_has_is_not_sent_again(client, encoding):
    headers = {"Accept-Encoding": encoding}
    first = await client.get("/widget/room.js", headers=headers)
    headers["If-None-Match"] = f'"other", W/{first.headers["ETag"]}'
    second = await client.get("/widget/room.js", headers=headers)
    assert second.status == 304
    assert await second.read() == b""
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Access-Control-Allow-Origin"] == "*"


async def test_the_two_forms_of_a_file_have_tags_of_their_own(client):
    tags = [
        (await client.get("/widget/room.js", headers={"Accept-Encoding": name})).headers["ETag"]
        for name in ("gzip", "identity")
    ]
    assert len(set(tags)) == 2


@pytest.mark.parametrize("path", ["../api.js", "..%2fapp.py", "%2e%2e/pages.py", "", "nothing.js"])
async def test_nothing_else_is_handed_out(client, path):
    response = await client.get(f"/widget/{path}")
    assert response.status == 404


def test_scripts_go_without_their_comments_and_mean_the_same():
    for path in pages.WIDGET.glob("*.js"):
        sent = static_files.load_file(path, lean=True).body.decode()
        assert not [line for line in sent.splitlines() if line.startswith("//")]
        assert [line.strip() for line in sent.splitlines()] == [
            line.strip()
            for line in path.read_text().splitlines()
            if line.strip() and not line.strip().startswith("//")
        ]


def test_what_others_wrote_is_sent_whole(tmp_path):
    licence = "/* Copyright somebody */\n// MIT\nlet a = 1;\n" * 9
    (tmp_path / "library.js").write_text(licence)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG" * 99)
    files = static_files.load_folder(tmp_path)
    assert files["library.js"].body.decode() == licence
    assert gzip.decompress(files["library.js"].packed or b"").decode() == licence
    assert files["picture.png"].packed is None
