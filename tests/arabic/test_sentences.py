import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.sentences import segmented
from articles.arabic.tokenization import words

NEWS_TEXT = st.text(
    st.one_of(
        st.sampled_from(" \n\r\t\u2028\x1c.!?؟۔…»\")'دأب1ـ\u064e\u200f٢٫"),
        st.characters(max_codepoint=0x06FF),
    )
)


def sentences(text: str) -> list[str]:
    found = segmented(text)
    ends = (*found.sentence_starts[1:], len(found.words))
    return [" ".join(found.words[i:j]) for i, j in zip(found.sentence_starts, ends, strict=True)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("وصل الوفد. ثم غادر", ["وصل الوفد", "ثم غادر"]),
        ("من هو؟ لا نعرف! حقا… نعم۔ انتهى", ["من هو", "لا نعرف", "حقا", "نعم", "انتهى"]),
        ("قال: «نعم.» ثم صمت", ["قال نعم", "ثم صمت"]),
        ("(انتهى.) ثم بدأ", ["انتهى", "ثم بدأ"]),
        ("سطر بلا نقطة\nسطر آخر", ["سطر بلا نقطة", "سطر آخر"]),
        ("في عام 2014. وبعده", ["في عام 2014", "وبعده"]),
        ("... ثم", ["ثم"]),
    ],
)
def test_a_sentence_ends_where_a_point_and_white_space_stand(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "وصل د. محمد أمس",
        "التقى م. علي ود. سعاد",
        "قالت (أ. ف. ب.) أمس",
        "وكالة أ.ف.ب. أفادت",
        "بلغت 1.5 مليون",
        "قال Dr. Smith نعم",
        "كتب J. Smith ذلك",
        "1. وصل الوفد",
        "المجموعة.ولفتت",
        "عام 1438 هـ. الموافق",
    ],
)
def test_a_point_that_belongs_to_its_word_ends_nothing(text):
    assert len(sentences(text)) == 1


def test_a_paragraph_is_a_line_with_words():
    found = segmented("أول. ثان\n\n***\nثالث\r\nرابع")
    assert found.paragraph_starts == (0, 2, 3)
    assert found.sentence_starts == (0, 1, 2, 3)


def test_a_text_without_words_has_neither():
    assert segmented(" \n…\n") == ((), (), ())


@given(st.text(st.characters()) | NEWS_TEXT)
def test_the_words_are_those_of_the_tokenizer(text):
    assert list(segmented(text).words) == words(text)


@given(st.text(st.characters()) | NEWS_TEXT)
def test_starts_ascend_and_paragraphs_begin_sentences(text):
    found = segmented(text)
    for starts in (found.sentence_starts, found.paragraph_starts):
        assert list(starts) == sorted(set(starts))
        assert not starts or (starts[0] == 0 and starts[-1] < len(found.words))
        assert bool(starts) == bool(found.words)
    assert set(found.paragraph_starts) <= set(found.sentence_starts)


def test_a_long_run_of_points_is_cut_in_linear_time():
    for filler in (".", ". ", "د. ", ".»", "\n", "1. "):
        assert len(segmented(filler * 20_000).words) <= 20_000
