from __future__ import annotations

import pytest

from web import pages
from web.static_files import load_file
from web.wording import load_strings


async def test_the_widget_can_be_loaded_by_any_page(client):
    response = await client.get("/widget.js")
    assert response.status == 200
    assert response.content_type in ("text/javascript", "application/javascript")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


async def test_the_widgets_files_are_handed_out(client):
    for path in sorted(pages.WIDGET.iterdir()):
        response = await client.get(f"/widget/{path.name}")
        assert await response.read() == load_file(path, lean=True).body


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_the_widgets_words_come_by_language(client, language):
    for more in ("", "-more"):
        response = await client.get(f"/widget/strings/{language}{more}.json")
        assert await response.json() == load_strings(f"widget{more}.{language}")


async def test_other_languages_have_no_words(client):
    for name in ("de", "de-more", "fi-less", "fi-more-more"):
        assert (await client.get(f"/widget/strings/{name}.json")).status == 404
    assert (await client.get("/widget/strings/..%2ffi.json")).status == 404


async def test_the_demo_page_may_run_its_own_files_only(client):
    response = await client.get("/")
    assert response.status == 200
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    text = await response.text()
    assert "/widget.js" in text
    assert "<style" not in text
    assert "style=" not in text
