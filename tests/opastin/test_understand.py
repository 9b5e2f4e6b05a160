"""`opastin understand`: lines in, JSON out, in order, whatever the lines hold."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from click.testing import CliRunner

from opastin import understand
from opastin.understand import Interpreter, command, read_lines


class FakeProcessor:
    """Understands every message as the same thing and remembers what it was given."""

    def __init__(self, **parsed: Any) -> None:
        self.messages: list[Any] = []
        self._parsed = {
            "intent": {"name": "faq_cost", "confidence": 0.91236},
            "intent_ranking": [],
            "entities": [],
            "language": {"code": "sv", "clear": True, "use": "fi"},
            **parsed,
        }

    async def parse_message(self, message: Any) -> dict[str, Any]:
        self.messages.append(message)
        return self._parsed


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> FakeProcessor:
    fake = FakeProcessor()
    monkeypatch.setattr(understand, "load_interpreter", lambda: Interpreter(fake))
    return fake


def _lines(*arguments: str, given: str | bytes | None = None) -> list[dict[str, Any]]:
    result = CliRunner().invoke(command, arguments, input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_each_line_gives_one_object_in_order(processor: FakeProcessor) -> None:
    lines = _lines(given="yksi\nkaksi\r\n\nneljä")

    assert [line["text"] for line in lines] == ["yksi", "kaksi", "", "neljä"]
    assert set(lines[0]) == {"text", "language", "intent", "confidence", "slots", "entities"}


def test_texts_may_be_arguments(processor: FakeProcessor) -> None:
    assert [line["text"] for line in _lines("yksi", "kaksi")] == ["yksi", "kaksi"]


def test_an_empty_line_has_no_intent(processor: FakeProcessor) -> None:
    (line,) = _lines(given="\n")

    assert line == {
        "text": "",
        "language": None,
        "intent": None,
        "confidence": 0.0,
        "slots": {},
        "entities": [],
    }
    assert processor.messages == []


def test_bytes_that_are_no_text_are_survived(processor: FakeProcessor) -> None:
    lines = _lines(given=b"\xff\xfe moi\n\x00\n")

    assert lines[0]["text"] == "\ufffd\ufffd moi"
    assert lines[1]["text"] == "\x00"


def test_options_reach_the_model(processor: FakeProcessor) -> None:
    _lines("--language", "fi", "--asked", "place", "Vasa")

    assert processor.messages[0].metadata == {"asked": "place", "language": "fi"}


def test_names_are_those_of_the_contract(processor: FakeProcessor) -> None:
    (line,) = _lines("moi")

    assert line["intent"] == "faq/cost"
    assert line["confidence"] == 0.9124


def test_the_language_of_the_message_is_shown_unless_it_is_unclear() -> None:
    unclear = FakeProcessor(language={"code": "sv", "clear": False, "use": "fi"})

    assert Interpreter(FakeProcessor()).understand("x", {"language": "fi"}).language == "sv"
    assert Interpreter(unclear).understand("x", {"language": "fi"}).language == "fi"
    assert Interpreter(unclear).understand("x", {}).language == "sv"


def test_the_likeliest_meaning_is_shown_when_in_doubt() -> None:
    fake = FakeProcessor(
        intent={"name": "nlu_fallback", "confidence": 0.4},
        intent_ranking=[
            {"name": "nlu_fallback", "confidence": 0.4},
            {"name": "inform", "confidence": 0.3},
        ],
    )

    understood = Interpreter(fake).understand("hmm", {})

    assert (understood.intent, understood.confidence) == ("inform", 0.3)
    assert understood.is_in_doubt
    assert "is_in_doubt" not in understood.as_line()


def test_entities_lie_where_they_were_typed() -> None:
    entity = {"entity": "place", "value": "905", "start": 0, "end": 5, "extractor": "x"}
    fake = FakeProcessor(entities=[entity, {**entity, "entity": "language", "value": "fi"}])

    understood = Interpreter(fake).understand(" /Vaasa", {})

    assert fake.messages[0].text == "Vaasa"
    assert understood.entities == [{"slot": "place", "value": "905", "start": 2, "end": 7}]
    assert understood.slots == {"place": "905"}


def test_a_line_is_read_before_the_next_one_is_there() -> None:
    stream = io.BytesIO(b"yksi\nkaksi\n")
    lines = read_lines(stream)

    assert next(lines) == "yksi"
    assert stream.tell() == 5
