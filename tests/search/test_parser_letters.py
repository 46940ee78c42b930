"""How readers ask for the letters of a word: «=», fuzzy words and roots."""

from datetime import date

import pytest

from articles.search.parser import parse
from articles.search.syntax import And, FieldName, Fuzzy, In, Level, Node, Not, Or, Phrase, Root, Word

TODAY = date(2026, 3, 15)


def tree(text: str) -> Node:
    return parse(text, TODAY).tree


def reading(text: str) -> str:
    return parse(text, TODAY).canonical


def codes(text: str) -> list[str]:
    return [said.code for said in parse(text, TODAY).messages]


# Letter by letter


@pytest.mark.parametrize("text", ["=على", "＝على", "==على", "=عَلى", "(=على)", '="على"', "=«على»"])
def test_what_equals_touches_is_compared_letter_by_letter(text: str) -> None:
    found = tree(text)
    assert isinstance(found, Word)
    assert found.level is Level.LITERAL


def test_a_literal_phrase() -> None:
    assert tree('="وقف النار"') == Phrase(("وقف", "النار"), Level.LITERAL)
    assert tree("=al-Qaeda") == Phrase(("al", "Qaeda"), Level.LITERAL)
    assert tree("='وقف النار'") == Phrase(("وقف", "النار"), Level.LITERAL)


def test_equals_before_brackets_holds_for_each_word() -> None:
    assert reading('=(نفط أو "غاز طبيعي")') == '=نفط أو ="غاز طبيعي"'


def test_equals_goes_with_exclusions_and_fields() -> None:
    assert tree("غاز -=نفط") == And((Word("غاز"), Not(Word("نفط", Level.LITERAL))))
    assert tree("العنوان:=نفط") == In(FieldName.TITLE, Word("نفط", Level.LITERAL))
    assert tree("=العنوان:نفط") == In(FieldName.TITLE, Word("نفط", Level.LITERAL))


@pytest.mark.parametrize("text", ["=أو", "=ليس", "=AND", "=و"])
def test_an_operator_after_equals_is_a_word(text: str) -> None:
    assert (tree(text), codes(text)) == (Word(text[1:], Level.LITERAL), [])


@pytest.mark.parametrize("text", ["نفط = غاز", "نفط=غاز", "نفط == غاز", "نفط غاز="])
def test_equals_that_touches_no_word_from_before_is_punctuation(text: str) -> None:
    assert (reading(text), codes(text)) == ("نفط غاز", [])


def test_a_common_word_after_equals_stays() -> None:
    assert (reading("=في العراق"), codes("=في العراق")) == ("=في العراق", [])


@pytest.mark.parametrize(
    ("text", "canonical"), [("=كتا*", "كتا*"), ("=بغداد~", "بغداد~"), ("=الجذر:كتب", "الجذر:كتب")]
)
def test_equals_does_nothing_to_patterns_and_roots_and_says_so(text: str, canonical: str) -> None:
    assert (reading(text), codes(text)) == (canonical, ["not_literal"])


# Fuzzy words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("بغداد~", Fuzzy("بغداد", 1)),
        ("بغداد~1", Fuzzy("بغداد", 1)),
        ("بغداد~١", Fuzzy("بغداد", 1)),
        ("باراجواي~٢", Fuzzy("باراجواي", 2)),
        ("إسرائيل~2", Fuzzy("اسراييل", 2)),
        ("Baghdad~2", Fuzzy("baghdad", 2)),
        ("بغداد～", Fuzzy("بغداد", 1)),
        ("بغداد~،", Fuzzy("بغداد", 1)),
    ],
)
def test_a_word_and_its_neighbours(text: str, word: Fuzzy) -> None:
    assert (tree(text), codes(text)) == (word, [])


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ("بغداد~2", "بغداد~", "fuzzy_lowered"),
        ("باراجواي~7", "باراجواي~2", "fuzzy_lowered"),
        ("باراجواي~0", "باراجواي~", "fuzzy_lowered"),
        ("عمر~", "عمر", "short_fuzzy"),
        ("نفط~2", "نفط", "short_fuzzy"),
        ("al-Qaeda~", '"al Qaeda"', "fuzzy_only_words"),
        ("كتا*~", "كتا*", "fuzzy_only_words"),
    ],
)
def test_what_cannot_be_fuzzy_is_mended_and_the_reader_is_told(text: str, canonical: str, code: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


@pytest.mark.parametrize("text", ["بغداد ~ دمشق", "بغداد~دمشق", "~بغداد دمشق", "~ بغداد دمشق ~"])
def test_a_tilde_elsewhere_is_punctuation(text: str) -> None:
    assert (reading(text), codes(text)) == ("بغداد دمشق", [])


def test_fuzzy_words_and_patterns_are_counted_together() -> None:
    query = parse("كتا* بغداد~ نفط* دمشقي~ بيروت~", TODAY)
    assert query.canonical == "كتا* بغداد~ نفط* دمشقي~ بيروت"
    assert [said.code for said in query.messages] == ["too_many_wildcards"]


# Roots


@pytest.mark.parametrize(
    "text",
    ["الجذر:كتب", "جذر:كَتَبَ", "root:كتب", "الجذر:ك-ت-ب", "الجذر:ك.ت.ب", 'الجذر:"ك ت ب"', "الجذر: ك ت ب", "الجذر:«كتب»"],
)  # fmt: skip
def test_a_root_is_three_letters_however_they_are_written(text: str) -> None:
    assert (tree(text), codes(text)) == (Root("كتب"), [])


@pytest.mark.parametrize(
    ("text", "radicals"),
    [("زلزل", "زلزل"), ("ر د د", "ردد"), ("أخذ", "اخذ"), ("شيء", "شيء"), ("ق-ر-أ", "قرا")],
)
def test_a_root_has_three_or_four_normalised_radicals(text: str, radicals: str) -> None:
    assert (tree(f"الجذر:{text}"), codes(f"الجذر:{text}")) == (Root(radicals), [])


def test_roots_stand_in_groups_exclusions_and_fields() -> None:
    assert tree("الجذر:(كتب أو درس)") == Or((Root("كتب"), Root("درس")))
    assert tree("العنوان:الجذر:كتب") == In(FieldName.TITLE, Root("كتب"))
    assert tree("نفط -جذر:كتب") == And((Word("نفط"), Not(Root("كتب"))))
    assert tree("جذر:ك ت ب نفط") == And((Root("كتب"), Word("نفط")))


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("الجذر:ktb", "ktb"), ("الجذر:مكتبات", "مكتبات"), ("الجذر:كتا*", "كتا*"), ("جذر:2014", "2014")],
)  # fmt: skip
def test_what_is_no_root_is_a_word_and_the_reader_is_told(text: str, canonical: str) -> None:
    assert (reading(text), codes(text)) == (canonical, ["bad_root"])
