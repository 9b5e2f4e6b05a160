from __future__ import annotations

import pytest

from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
)
from catalog.importers.text_limits import CUT, LONGEST_TEXT, LONGEST_TITLE, within_limits


def option(**values):
    values = {"titles": {"fi": "Kurssi"}, "offerings": (), **values}
    return OptionDocument(id="a", type="course", **values)


def test_what_is_short_stays_the_very_same():
    document = option(titles={"fi": "x" * LONGEST_TITLE}, outcomes={"sv": "x" * LONGEST_TEXT})
    assert within_limits(document) is document


@pytest.mark.parametrize("text", ["sana " * 20_000, "x" * 120_000, "a" + " " * 60_000 + "b"])
def test_a_long_text_is_cut_once_at_a_word(text):
    document = within_limits(option(descriptions={"fi": text, "sv": "Kort."}))
    cut = document.descriptions["fi"]
    assert len(cut) <= LONGEST_TEXT
    assert cut.endswith(CUT)
    assert text.startswith(cut.removesuffix(CUT))
    assert not text.startswith("sana") or cut.endswith("sana" + CUT)
    assert document.descriptions["sv"] == "Kort."
    assert within_limits(document) is document


LONG = "x" * (LONGEST_TITLE + 1)
ADDRESS = "https://a.example/" + "x" * 2000


def offered(**values):
    return {"offerings": (OfferingDocument("a-1", **values),)}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"titles": {"sv": LONG}}, "title_sv"),
        ({"leads_to": {"fi": LONG}}, "leads_to_fi"),
        ({"keywords": (LONG,)}, "keywords"),
        ({"keywords": tuple(f"{number:04}-sana" for number in range(9000))}, "keywords"),
        (offered(url=ADDRESS), "url"),
        (offered(provider=ProviderDocument(names={"fi": LONG})), "provider_fi"),
        (offered(provider=ProviderDocument("b", url=ADDRESS)), "provider_url"),
    ],
)
def test_a_name_without_end_is_refused(values, field):
    with pytest.raises(FieldError, match="is longer than") as error:
        within_limits(option(**values))
    assert error.value.field == field
