"""Judge replies by what a script expects of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from opastin.dialogue_recogniser import Recogniser, Reply

NOTHING = "nothing"
_BOUNDS = frozenset({"least", "most"})


def judge(
    expect: Mapping[str, Any], replies: Sequence[Reply], recogniser: Recogniser
) -> Iterator[str]:
    """Yield what the replies fall short of."""
    for name, check in _CHECKS.items():
        if name in expect:
            yield from check(expect[name], replies, recogniser)


def kind_of(reply: Reply) -> str | None:
    """Return the kind of the reply's custom part, None where it has none."""
    kind = (reply["custom"] or {}).get("kind")
    return None if kind is None else str(kind)


def options_of(reply: Reply) -> list[Mapping[str, Any]]:
    """Return the options that the reply shows."""
    return list((reply["custom"] or {}).get("options") or [])


def fits(value: Any, expected: Any) -> bool:
    """Say whether `value` holds what is expected: equal, among its items, or within bounds.

    `{least: 2, most: 5}` bounds a number or the length of a list; other keys and values must be
    among those of the value; each item of a list must be found in it.
    """
    if isinstance(expected, Mapping) and expected.keys() <= _BOUNDS:
        return _is_within(value, expected)
    if isinstance(expected, list):
        return all(fits(value, item) for item in expected)
    if isinstance(value, list):
        return any(fits(item, expected) for item in value)
    if isinstance(expected, Mapping):
        return isinstance(value, Mapping) and all(
            fits(value.get(name), item) for name, item in expected.items()
        )
    return bool(value == expected)


def _is_within(value: Any, bounds: Mapping[str, Any]) -> bool:
    if value is None:
        return False
    number = len(value) if isinstance(value, (list, str, Mapping)) else value
    least, most = bounds.get("least"), bounds.get("most")
    return (least is None or number >= least) and (most is None or number <= most)


def _asks(wanted: Any, replies: Sequence[Reply], recogniser: Recogniser) -> Iterator[str]:
    asked = [question[0] for reply in replies if (question := recogniser.question(reply))]
    if not _is_among(wanted, asked):
        yield f"asks {asked or NOTHING}, not {wanted}: {_said(replies)}"


def _says(wanted: Any, replies: Sequence[Reply], recogniser: Recogniser) -> Iterator[str]:
    for names in _as_list(wanted):
        if not any(recogniser.says(reply, name) for reply in replies for name in _as_list(names)):
            yield f"does not say {names}: {_said(replies)}"


def _says_not(wanted: Any, replies: Sequence[Reply], recogniser: Recogniser) -> Iterator[str]:
    for name in _as_list(wanted):
        if any(recogniser.says(reply, name) for reply in replies):
            yield f"says {name}"


def _shows(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    shown = [state for reply in replies if (state := _shown(reply))]
    if not _is_among(wanted, shown):
        yield f"shows {shown or NOTHING}, not {wanted}: {_said(replies)}"


def _custom(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    parts = [reply["custom"] for reply in replies if reply["custom"]]
    for part in _as_list(wanted):
        if not any(fits(own, part) for own in parts):
            yield f"no custom part has {part}, there is {parts or NOTHING}"


def _language(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    languages = {str(reply["language"]) for reply in replies}
    if languages != {wanted}:
        yield f"speaks {sorted(languages)}, not {wanted}"


def _easy(wanted: Any, replies: Sequence[Reply], recogniser: Recogniser) -> Iterator[str]:
    hard = [name for reply in replies if (name := recogniser.not_easy(reply))]
    if wanted and hard:
        yield f"does not say {hard} in easy language"


def _options(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    count = sum(len(options_of(reply)) for reply in replies)
    least, most = wanted
    if not least <= count <= most:
        yield f"shows {count} options, not {least} to {most}"


def _option(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    for option in (option for reply in replies for option in options_of(reply)):
        wrong = {
            name: option.get(name) for name in wanted if not fits(option.get(name), wanted[name])
        }
        if wrong:
            yield f"an option has {wrong}"


def _some_option(wanted: Any, replies: Sequence[Reply], _recogniser: Recogniser) -> Iterator[str]:
    if not any(fits(option, wanted) for reply in replies for option in options_of(reply)):
        yield f"no option has {wanted}"


_CHECKS: dict[str, Callable[[Any, Sequence[Reply], Recogniser], Iterator[str]]] = {
    "asks": _asks,
    "says": _says,
    "says_not": _says_not,
    "shows": _shows,
    "custom": _custom,
    "language": _language,
    "easy": _easy,
    "options": _options,
    "option": _option,
    "some_option": _some_option,
}
EXPECTATIONS = frozenset(_CHECKS)


def _is_among(wanted: Any, found: Sequence[str]) -> bool:
    return not found if wanted == NOTHING else any(name in found for name in _as_list(wanted))


def _shown(reply: Reply) -> str | None:
    kind = kind_of(reply)
    return str((reply["custom"] or {})["state"]) if kind == "handoff" else kind


def _said(replies: Sequence[Reply]) -> str:
    return " | ".join(str(reply["text"]) for reply in replies)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
