"""Many words worked out together tell what each of them tells by itself."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.bulk_analysis import bulk_analyser, literals_of
from articles.arabic.grams import gram_codes
from articles.arabic.lexicon import lexicon
from articles.arabic.packed_words import LETTERS
from articles.arabic.roots import work_out
from articles.arabic.tokenization import words

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MARKED = [
    *[
        "أُكِّـد",
        "مَائة",
        "ثلاثمائة",
        "بالمائتين",
        "شؤون",
        "مسئول",
        "رءوس",
        "شيء",
        "شئ",
        "قراءة",
        "مؤتمر",
        "ﻻ",
        "ﷲ",
    ],
    *["BBC", "2014", "١٬٠٠٠", "café", "łódź", "سوریا", "و"],
]

stems = st.sampled_from(sorted(lexicon().stems))
affixed = st.builds(
    "{}{}{}".format,
    st.sampled_from(sorted(lexicon().prefixes)),
    stems,
    st.sampled_from(sorted(lexicon().suffixes)),
)
anything = st.one_of(
    stems, affixed, st.text(alphabet=LETTERS, max_size=16), st.sampled_from(MARKED), st.text(max_size=6)
)


def assert_told_as_one_by_one(printed: Sequence[str]) -> None:
    told = bulk_analyser().tell(printed)
    assert literals_of(printed) == [LITERAL.apply_rules(word) or word for word in printed]
    ends = np.cumsum(told.gram_counts).tolist()
    for word, place in zip(printed, told.surface_of.tolist(), strict=True):
        surface = told.surfaces[place]
        if not surface:
            continue  # it is its own term, which the table of words sees to
        assert (surface, told.stems[place]) == (SURFACE.apply_rules(word), STEM.apply_rules(word))
        assert set(told.roots[place]) == set(work_out(surface)), word
        grams = told.grams[ends[place] - told.gram_counts[place] : ends[place]]
        assert tuple(grams.tolist()) == gram_codes(surface)


@settings(max_examples=60, deadline=None)  # the first one reads the tables
@given(st.lists(anything.filter(bool), max_size=40, unique=True))
def test_words_of_all_kinds_are_told_as_one_by_one(printed: list[str]) -> None:
    assert_told_as_one_by_one(printed)


def test_the_words_of_the_samples_are_told_as_one_by_one() -> None:
    samples = ("wikalat-alsahil.jsonl", "sahifat-almadar.csv", "jaridat-alufuq.json")
    texts = [(SEEDS / name).read_text("utf-8") for name in samples]
    printed = list(dict.fromkeys(word for text in texts for word in words(text)))
    assert len(printed) > 1000
    assert_told_as_one_by_one(printed)
