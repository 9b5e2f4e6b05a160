"""Fields by meaning: phrases that no list names, in three languages."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.encoder import load_encoder
from bot.nlu.field_examples import NOTHING, Example, load_examples
from bot.nlu.meaning_model import SHIPPED_MEANINGS, MeaningModel, load_meaning_model

# None of these is among the examples.
MEANT = [
    ("koodihommien opettelua", "061"),
    ("autojen ruuvaamista", "071"),
    ("mummoista ja papoista huolehtiminen", "092"),
    ("istuttaa kukkia ja hoitaa pihoja", "081"),
    ("ta hand om sjuka människor", "091"),
    ("laga god mat åt gäster", "101"),
    ("skruva på bilar", "071"),
    ("bygga mobilappar", "061"),
    ("taking care of sick patients", "091"),
    ("programming apps for phones", "061"),
    ("driving a big lorry", "104"),
    ("repairing old houses", "073"),
]
VOID = ["työ", "jotain kivaa", "kurssi", "opiskelu", "nåt roligt", "en kurs", "a better job"]


def meaning(text):
    return load_meaning_model().meaning(load_encoder().encode(text))


def test_most_phrases_give_their_field():
    right = [
        meaning(text).field is not None and code[:2] == meaning(text).field[:2]
        for text, code in MEANT
    ]
    assert sum(right) >= len(MEANT) - 2


@pytest.mark.parametrize("text", VOID)
def test_general_words_mean_no_field(text):
    assert meaning(text).field is None


def test_examples_are_many_and_of_known_codes():
    examples = load_examples()
    codes = {example.code for example in examples}
    assert len(examples) > 5000
    assert NOTHING in codes
    assert all(code == NOTHING or code.isdigit() for code in codes)


def test_a_model_is_read_as_it_was_written(tmp_path):
    rng = np.random.default_rng(1)
    middles = {"061": rng.normal(size=384), "091": rng.normal(size=384)}
    examples = [Example(f"{code} {number}", code, 1.0) for code in middles for number in range(20)]
    vectors = np.stack(
        [middles[example.code] + 0.3 * rng.normal(size=384) for example in examples]
    ).astype(np.float32)
    built = MeaningModel.build(examples, vectors)
    built.write(tmp_path / "model.npz")
    read = MeaningModel.read(tmp_path / "model.npz")
    for code, middle in middles.items():
        assert built.meaning(middle.astype(np.float32)).code == code
        assert read.meaning(middle.astype(np.float32)).code == code


def test_the_shipped_model_is_made_of_the_present_lookups():
    with np.load(SHIPPED_MEANINGS, allow_pickle=False) as stored:
        codes = stored["codes"].tolist()

    assert codes == [example.code for example in load_examples()], "run `make vectors`"
