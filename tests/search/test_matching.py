"""What matched: whole words of the original text, in their own spelling, and nothing else."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.tokenization import tokenize
from articles.search.matching import Matcher, TextField
from articles.search.parser import parse
from articles.search.syntax import Phrase, Word

TITLE, BODY, SOURCE, AUTHOR = TextField.TITLE, TextField.BODY, TextField.SOURCE, TextField.AUTHOR


def matcher(query: str) -> Matcher:
    return Matcher(parse(query, date(2026, 3, 15)).tree)


def marked(query: str, text: str, field: TextField = BODY) -> list[str]:
    return [text[span.start : span.end] for span in matcher(query).spans(text, field)]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("كتاب", "قرأتُ الكِتابَ ثم كتابها", ["الكِتابَ", "كتابها"]),
        ("المقاتلون", "قاتل مع مقاتليه حتى النهاية", ["مقاتليه"]),
        ("قتل", "قٌتل الجندي", ["قٌتل"]),
        ("الامريكية", "السفارة الأمريكيّة في روما", ["الأمريكيّة"]),
        ("الله", "بسم ﷲ", ["ﷲ"]),
        ("2014", "منذ عام٢٠١٤ وحتى اليوم", ["٢٠١٤"]),
        ("محمد", "مـحــمّد وحده", ["مـحــمّد"]),
        ("cnn", "مراسلة الـCNN هناك", ["CNN"]),
        ("العراق", "\u202bالعر\u200dاق\u202c اليوم", ["العر\u200dاق"]),
    ],
)
def test_a_word_is_marked_whole_in_its_own_spelling(query: str, text: str, words: list[str]) -> None:
    assert marked(query, text) == words


def test_only_whole_words_are_marked() -> None:
    assert marked("من", "منذ أمن الناس من الخوف") == ["من"]


def test_every_word_of_the_query_is_marked_wherever_it_stands() -> None:
    assert marked("نفط أو (غاز فحم)", "غاز بلا نفط، وفحم") == ["غاز", "نفط", "وفحم"]


# Phrases


def test_of_a_phrase_only_its_occurrences_are_marked() -> None:
    text = "تنظيم الحفل برعاية الدولة، ثم «تنظيم» الدولة وتنظيم الدولة"
    assert marked('"تنظيم الدولة"', text) == ["تنظيم", "الدولة"]


def test_a_phrase_is_marked_word_by_word_around_what_stands_between() -> None:
    text = "قال: تنظيم (الدولة)"
    assert [(span.start, span.end) for span in matcher('"تنظيم الدولة"').spans(text, BODY)] == [
        (5, 10),
        (12, 18),
    ]


def test_a_phrase_is_normalised_but_not_stemmed() -> None:
    assert marked('"القوات الامريكية"', "القوّات الأمريكية والقوات الأمريكي") == ["القوّات", "الأمريكية"]
    assert marked('"كتاب"', "الكتاب كتابٌ كتابها") == ["كتابٌ"]


def test_phrases_that_overlap_are_all_marked() -> None:
    assert marked('"نعم نعم"', "نعم نعم نعم لا نعم") == ["نعم", "نعم", "نعم"]


def test_a_name_in_parts_is_marked_in_parts() -> None:
    assert marked("al-Qaeda", "جماعة Al Qaeda وحركة al-qaeda") == ["Al", "Qaeda", "al", "qaeda"]


# Patterns


@pytest.mark.parametrize(
    ("query", "words"),
    [("كتا*", ["كتاب", "كتابة", "كِتابات"]), ("كت?ب", ["كتاب"]), ("كتا*ة", ["كتابة"]), ("كت?ب?", ["كتابة"])],
)
def test_a_pattern_is_marked_over_normalised_words(query: str, words: list[str]) -> None:
    assert marked(query, "كتاب وكتاب، كتابة كِتابات مكتب") == words


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert marked("اا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ب", "ا" * 20_000) == []


# Fields, exclusions


def test_what_is_asked_for_in_the_title_is_not_marked_in_the_body() -> None:
    assert (marked("العنوان:نفط", "نفط", TITLE), marked("العنوان:نفط", "نفط", BODY)) == (["نفط"], [])


def test_what_is_asked_for_without_a_field_is_marked_in_title_and_body_alone() -> None:
    assert [bool(marked("نفط", "نفط", field)) for field in (TITLE, BODY, SOURCE, AUTHOR)] == [
        True,
        True,
        False,
        False,
    ]


def test_names_match_word_for_word() -> None:
    assert marked("المصدر:الشروق", "صحيفة الشُروق وشروق", SOURCE) == ["الشُروق"]


def test_a_field_inside_a_field_holds() -> None:
    query = "العنوان:(نفط الكاتب:الحداد)"
    assert (marked(query, "نفط الحداد", TITLE), marked(query, "نفط الحداد", AUTHOR)) == (["نفط"], ["الحداد"])


@pytest.mark.parametrize("query", ["-غاز", "* ليس غاز", "التاريخ:2015", "", "؟", "ليس (نفط غاز)"])
def test_exclusions_dates_and_everything_mark_nothing(query: str) -> None:
    assert marked(query, "نفط غاز 2015") == []


def test_what_is_both_excluded_and_asked_for_elsewhere_is_marked() -> None:
    assert marked("نفط أو (غاز ليس نفط)", "نفط غاز") == ["نفط", "غاز"]


# Parts


def test_each_match_says_which_parts_of_the_query_it_is() -> None:
    found = matcher('نفط "أسعار النفط" كتا*')
    assert found.parts[:2] == (Word("نفط"), Phrase(("أسعار", "النفط")))
    spans = found.spans("أسعار النفط في كتاب", BODY)
    assert [sorted(span.parts) for span in spans] == [[1], [0, 1], [2]]


# Anything at all

WORDS = [
    "نفط",
    "النفط",
    "غازٌ",
    "تنظيم",
    "الدولة",
    "كِتاب",
    "عام2014",
    "لـCNN",
    "1,000",
    "don’t",
    "東京",
    "👨‍👩‍👧",
    "ﷺ",
    "…",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from([*WORDS, " ", "\n", "\u200f", "ـ", "َ", "\u0301", "،", "«", "»"])).map("".join),
    st.text(),
)
QUERIES = st.sampled_from(
    [
        "نفط",
        '"تنظيم الدولة" نفط',
        "كت* غا?",
        "عام 2014 -نفط",
        "1000 أو cnn",
        "العنوان:نفط الدولة",
        '"نفط نفط" 東京',
    ]
)


@given(QUERIES, TEXTS)
def test_spans_are_tokens_in_order(query: str, text: str) -> None:
    tokens = {(token.start, token.end) for token in tokenize(text)}
    spans = [(span.start, span.end) for span in matcher(query).spans(text, BODY)]
    assert set(spans) <= tokens
    assert spans == sorted(set(spans))


@settings(max_examples=200)
@given(st.lists(st.sampled_from(["نفط", "النفط", "غاز", "وغاز"]), max_size=12))
def test_words_and_phrases_are_found_where_a_plain_reading_finds_them(words: list[str]) -> None:
    surfaces = [SURFACE(word) for word in words]
    phrase = [SURFACE(word) for word in ("نفط", "غاز", "نفط")]
    starts = [at for at in range(len(words)) if surfaces[at : at + 3] == phrase]
    expected = {at + step for at in starts for step in range(3)}
    expected |= {at for at, word in enumerate(words) if STEM(word) == STEM("وغاز")}
    found = matcher('"نفط غاز نفط" أو وغاز').spans(" ".join(words), BODY)
    places = [token.start for token in tokenize(" ".join(words))]
    assert [places.index(span.start) for span in found] == sorted(expected)
