"""What matched: whole words of the original text, in their own spelling, and nothing else."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.tokenization import tokenize
from articles.search.matching import Matcher, TextField
from articles.search.parser import parse
from articles.search.syntax import (
    And,
    AtLeast,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Wildcard,
    Word,
)

TITLE, BODY, SOURCE, AUTHOR = TextField.TITLE, TextField.BODY, TextField.SOURCE, TextField.AUTHOR


def matcher(query: str) -> Matcher:
    return Matcher(parse(query, date(2026, 3, 15)).tree)


def marked(query: str, text: str, field: TextField = BODY) -> list[str]:
    return [text[span.start : span.end] for span in matcher(query).spans(text, field)]


def marked_by(node: Node, text: str, field: TextField = BODY) -> list[str]:
    return [text[span.start : span.end] for span in Matcher(node).spans(text, field)]


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
    [
        ("كتا*", ["كتاب", "وكتاب", "كتابة", "كِتابات"]),
        ("كت?ب", ["كتاب", "وكتاب"]),
        ("كتا*ة", ["كتابة"]),
        ("كت?ب?", ["كتابة"]),
    ],
)
def test_a_pattern_is_marked_over_normalised_words(query: str, words: list[str]) -> None:
    assert marked(query, "كتاب وكتاب، كتابة كِتابات مكتب") == words


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert marked("اا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ا*ب", "ا" * 20_000) == []


# Levels


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level.LITERAL, ["أَحمد"]),
        (Level.NORMALISED, ["احمد", "أَحمد"]),
        (Level.STEM, ["احمد", "أَحمد", "وأحمد"]),
        (Level.SYNONYMS, ["احمد", "أَحمد", "وأحمد"]),
        (None, ["احمد", "أَحمد", "وأحمد"]),
    ],
)
def test_a_word_is_as_strict_as_its_level(level: Level | None, words: list[str]) -> None:
    assert marked_by(Word("أحمد", level), "احمد أَحمد وأحمد محمد") == words


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level.LITERAL, ["أسعار", "النفط"]),
        (Level.NORMALISED, ["أسعار", "النفط", "اسعار", "النفط"]),
        (Level.STEM, ["أسعار", "النفط", "اسعار", "النفط", "وأسعار", "نفط"]),
    ],
)
def test_a_phrase_is_as_strict_as_its_level(level: Level, words: list[str]) -> None:
    text = "أسعار النفط، اسعار النفط، وأسعار نفط، النفط"
    assert marked_by(Phrase(("أسعار", "النفط"), level), text) == words


def test_forms_that_a_word_must_not_mean_are_not_marked_in_any_spelling() -> None:
    wanted = Word("كتاب", Level.STEM, without=("الكتاب",))
    assert marked_by(wanted, "كتاب الكِتابُ والكتاب") == ["كتاب", "والكتاب"]


def test_a_slip_of_the_pen_is_marked() -> None:
    assert marked_by(Fuzzy("العراق"), "العارق والعراق العراف بغداد") == ["العارق", "العراف"]
    assert marked_by(Fuzzy("العراق", 2), "العارقي العراق") == ["العارقي", "العراق"]


def test_words_of_a_root_are_marked() -> None:
    found = marked_by(Root("كتب"), "الكاتب والمكتبة، وكتاب مكتوب. نفط")
    assert {"الكاتب", "مكتوب"} <= set(found)
    assert "نفط" not in found


# Near each other, and several times


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (Near((Word("نفط"), Word("خام")), 1), ["النفط", "الخام"]),
        (Near((Word("نفط"), Word("خام")), 0), []),
        (Near((Word("خام"), Word("نفط")), 1), ["النفط", "الخام"]),
        (Near((Word("خام"), Word("نفط")), 1, ordered=True), []),
        (Near((Word("نفط"), Word("خام")), 1, ordered=True), ["النفط", "الخام"]),
        (Near((Or((Word("قمح"), Word("خام"))), Word("نفط")), 1), ["النفط", "الخام"]),
        (Near((Phrase(("سعر", "النفط")), Word("خام")), 1), ["سعر", "النفط", "الخام"]),
        (Near((Wildcard("نف*"), Fuzzy("خامم")), 8), ["النفط", "خام"]),
    ],
)
def test_of_words_near_each_other_only_those_are_marked(node: Node, words: list[str]) -> None:
    assert marked_by(node, "سعر النفط اليوم الخام. ثم مرت أيام وليال على خام") == words


def test_what_is_near_is_marked_beside_what_stands_alone() -> None:
    text = "النفط هنا، وبعد كلام كثير النفط الخام"
    assert marked_by(Or((Near((Word("نفط"), Word("خام")), 0), Word("هنا"))), text) == [
        "هنا",
        "النفط",
        "الخام",
    ]
    assert marked_by(Or((Near((Word("نفط"), Word("خام")), 0), Word("نفط"))), text) == [
        "النفط",
        "النفط",
        "الخام",
    ]


@pytest.mark.parametrize(
    ("unit", "words"), [(Unit.SENTENCE, []), (Unit.PARAGRAPH, ["النفط", "الخام", "نفط"])]
)
def test_words_of_one_sentence_or_paragraph_are_marked(unit: Unit, words: list[str]) -> None:
    text = "ارتفع النفط. وهبط الخام من نفط.\nنفط"
    assert marked_by(Same(unit, (Word("نفط"), Word("خام"), Word("ارتفع"))), text) == (
        ["ارتفع", *words] if words else []
    )


def test_what_is_asked_for_several_times_is_marked_where_it_is_there_as_often() -> None:
    assert marked_by(AtLeast(2, Word("نفط")), "نفط ونفط والنفط") == ["نفط", "ونفط", "والنفط"]
    assert marked_by(AtLeast(4, Word("نفط")), "نفط ونفط والنفط") == []


def test_an_article_has_it_often_enough_in_title_and_body_together() -> None:
    title, body = Matcher(AtLeast(3, Word("نفط"))).article("النفط", "نفط ونفط")
    assert (len(title), len(body)) == (1, 2)
    title, body = Matcher(In(FieldName.BODY, AtLeast(3, Word("نفط")))).article("النفط", "نفط ونفط")
    assert (title, body) == ([], [])


# Other names


def test_other_names_are_marked_and_stand_for_what_was_asked_for() -> None:
    names = (Phrase(("تنظيم", "الدولة")), Word("isis", Level.NORMALISED))
    found = Matcher(And((Word("هجوم"), Expanded(Word("داعش"), names))))
    spans = found.spans("هجوم لتنظيم الدولة، داعش، ISIS: هجوم تنظيم الدولة", BODY)
    assert found.parts == (Word("هجوم"), Word("داعش"))
    assert [sorted(span.parts) for span in spans] == [[0], [1], [1], [0], [1], [1]]


def test_a_name_for_several_words_stands_for_them_all() -> None:
    found = Matcher(Expanded(And((Word("تنظيم"), Word("الدولة"))), (Word("داعش"),)))
    assert [sorted(span.parts) for span in found.spans("داعش تنظيم", BODY)] == [[0, 1], [0]]


# Fields, exclusions


def test_what_is_asked_for_in_the_body_is_not_marked_in_the_title() -> None:
    found = Matcher(In(FieldName.BODY, Word("نفط"))).article("نفط", "نفط")
    assert (len(found.title), len(found.body)) == (0, 1)


def test_what_is_asked_for_in_the_lead_is_marked_in_the_first_paragraph_alone() -> None:
    wanted = In(FieldName.LEAD, And((Word("نفط"), Phrase(("خام", "برنت")))))
    text = "\n***\nنفط خام برنت خام\nنفط خام برنت"
    assert marked_by(wanted, text) == ["نفط", "خام", "برنت"]
    assert marked_by(wanted, text, TITLE) == []


@pytest.mark.parametrize("field", [TextField.SECTION, TextField.PLACE, TextField.COLLECTION, SOURCE, AUTHOR])
def test_names_are_marked_in_their_own_field_word_for_word(field: TextField) -> None:
    wanted = In(FieldName(field), Or((Word("الاقتصاد", Level.STEM), Phrase(("سوق", "المال"), Level.STEM))))
    assert marked_by(wanted, "الإقتصاد واقتصاد، سوق المال سوق مال", field) == ["الإقتصاد", "سوق", "المال"]
    assert marked_by(wanted, "الاقتصاد", BODY) == []


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
