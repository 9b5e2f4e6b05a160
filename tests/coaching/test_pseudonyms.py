from __future__ import annotations

from coaching.pseudonyms import KEY_FILE, Pseudonyms, load_pseudonyms


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    home = tmp_path / "home"
    first, second = load_pseudonyms(home), load_pseudonyms(home)
    assert first.of_erased("a") == second.of_erased("a")
    assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in home.iterdir()] == [KEY_FILE]


def test_names_in_logs_do_not_give_away_the_hash_of_the_erased():
    names = Pseudonyms(b"0123456789abcdef")
    assert not names.of_erased("a").startswith(names.in_logs("a"))


def test_another_key_gives_other_names():
    assert Pseudonyms(b"a" * 16).of_erased("x") != Pseudonyms(b"b" * 16).of_erased("x")
