"""Titles made of first sentences, and titles that are too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import titles


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("فتحت السوق. وعاد الحرفيون.", "فتحت السوق"),
        ("هل تفتح السوق؟ نعم.", "هل تفتح السوق؟"),
        ("قال د. سالم إن السوق فتحت. وعاد.", "قال د. سالم إن السوق فتحت"),
        ("ارتفع السعر 1.5 في المئة. وعاد.", "ارتفع السعر 1.5 في المئة"),
        ("انتهى العمل عام 2014. وعاد.", "انتهى العمل عام 2014"),
        ("انتهى العمل عام2014.ولفت المصدر إلى ذلك. وعاد.", "انتهى العمل عام2014.ولفت المصدر إلى ذلك"),
        ("قال: «فتحت السوق». وعاد.", "قال: «فتحت السوق»"),
        ("عاد أربعون حرفياً. وفتحوا.", "عاد أربعون حرفياً"),
        ("سطر بلا نقطة\nوسطر آخر", "سطر بلا نقطة"),
        ("...", "..."),
    ],
)
def test_a_derived_title_is_the_first_sentence(body, title):
    assert titles.derive(body) == title


@given(st.text(min_size=1, max_size=600).filter(lambda text: text.strip()))
def test_a_derived_title_is_never_empty_and_never_too_long(body):
    assert 0 < len(titles.derive(body)) <= titles.LONGEST_DERIVED


@given(st.text(max_size=300), st.integers(2, 50))
def test_a_text_is_cut_to_its_length_and_begins_as_before(text, longest):
    cut = titles.cut(text, longest)
    assert len(cut) <= longest
    assert cut == text or text.startswith(cut.removesuffix(titles.ELLIPSIS))
