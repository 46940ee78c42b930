"""What a reader types and how it is read: trees for programs, canonical queries and messages for people."""

from datetime import date

import pytest

from articles.search.bounding import shallow
from articles.search.composition import leaves
from articles.search.parser import MAX_MESSAGES, MAX_OPERANDS, parse
from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    FieldName,
    In,
    Node,
    Not,
    Nothing,
    Or,
    ParsedQuery,
    Phrase,
    Wildcard,
    Word,
)

TODAY = date(2026, 3, 15)


def read(text: str) -> ParsedQuery:
    return parse(text, TODAY)


def tree(text: str) -> Node:
    return read(text).tree


def reading(text: str) -> str:
    return read(text).canonical


def codes(text: str) -> list[str]:
    return [said.code for said in read(text).messages]


# Words


def test_all_words_are_asked_for() -> None:
    assert tree("نفط العراق") == And((Word("نفط"), Word("العراق")))


def test_a_word_keeps_its_spelling() -> None:
    assert tree("قٌتل") == Word("قٌتل")


@pytest.mark.parametrize(
    "text", ["نفط، العراق", "نفط/العراق", "«نفط العراق؟", "نفط؛العراق.", "نفط\n\tالعراق", "نفط,العراق"]
)
def test_punctuation_between_words_is_only_punctuation(text: str) -> None:
    assert set(leaves(tree(text))) <= {Word("نفط"), Word("العراق"), Phrase(("نفط", "العراق"))}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("عام2014", "عام 2014"),
        ("30يونيو", "30 يونيو"),
        ("قتل:اثنين", "قتل اثنين"),
        ("الحرب.وأضاف", "الحرب وأضاف"),
        ("باريس,London", "باريس London"),
    ],
)
def test_words_that_only_lack_a_blank_are_words(text: str, canonical: str) -> None:
    assert reading(text) == canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("al-Qaeda", ("al", "Qaeda")),
        ("bbc.com", ("bbc", "com")),
        ("http://www.bbc.com/arabic", ("http", "www", "bbc", "com", "arabic")),
        ("12:30", ("12", "30")),
        ("2015-07-21", ("2015", "07", "21")),
        ("أ.ف.ب", ("أ", "ف", "ب")),
        ("#ثورة_الياسمين", ("ثورة", "الياسمين")),
        ("العلاقات-الخارجية", ("العلاقات", "الخارجية")),
        ("COVID19", ("COVID", "19")),
        ("AT&T", ("AT", "T")),
        ("東京", ("東", "京")),
    ],
)
def test_the_parts_of_a_name_stay_together(text: str, words: tuple[str, ...]) -> None:
    assert tree(text) == Phrase(words)


@pytest.mark.parametrize(("text", "word"), [("لـCNN", "CNN"), ("الـBBC", "BBC"), ("بـ2014", "2014")])
def test_what_clings_to_a_foreign_word_is_not_asked_for(text: str, word: str) -> None:
    assert tree(text) == Word(word)


def test_a_word_cut_in_two_is_one_operand() -> None:
    assert reading("سوريا أو عام2014") == "سوريا أو (عام 2014)"
    assert reading("سوريا -عام2014") == "سوريا ليس (عام 2014)"


def test_a_word_said_twice_is_asked_for_once() -> None:
    assert tree("نفط نفط") == Word("نفط")


# Common words


def test_common_words_are_left_out_where_there_are_others() -> None:
    query = read("ما هي الأزمة في اليمن")
    assert query.canonical == "الأزمة اليمن"
    assert query.messages[0].code == "stopwords"
    assert query.messages[0].arguments == (("words", "ما، هي، في"),)


def test_common_words_alone_are_searched_for() -> None:
    assert reading("من على") == "من على"
    assert codes("من على") == []


@pytest.mark.parametrize("text", ["بان كي مون", "علي عبدالله", "مهرجان كان", "ذي قار", "وعلي السيستاني"])
def test_names_spelled_like_common_words_stay(text: str) -> None:
    assert reading(text) == text


def test_a_preposition_goes_where_the_name_of_the_same_letters_stays() -> None:
    assert reading("على عبدالله") == "عبدالله"


@pytest.mark.parametrize(
    "text", ['"في العراق"', "العراق أو في", "العراق ليس في", "العنوان:في العراق", "العنوان:(في العراق)"]
)
def test_common_words_stay_in_phrases_choices_exclusions_and_fields(text: str) -> None:
    assert "في" in reading(text)
    assert codes(text) == []


def test_a_date_and_an_exclusion_are_no_other_words() -> None:
    assert reading("من التاريخ:2015") == "من التاريخ:2015"
    assert reading("من -العراق") == "من ليس العراق"


# Phrases


@pytest.mark.parametrize(
    "text",
    [
        '"تنظيم الدولة"',
        "“تنظيم الدولة”",
        "”تنظيم الدولة“",
        "„تنظيم الدولة“",
        "”تنظيم الدولة”",
        "«تنظيم الدولة»",
        "»تنظيم الدولة«",
        "‹تنظيم الدولة›",
        "《تنظيم الدولة》",
        "＂تنظيم الدولة＂",
        "'تنظيم الدولة'",
        "‘تنظيم الدولة’",
        "’تنظيم الدولة‘",
        '"تنظيم، الدولة!"',
        '" تنظيم  الدولة "',
        '“تنظيم الدولة"',
    ],
)
def test_every_kind_of_quotation_mark_makes_a_phrase(text: str) -> None:
    query = read(text)
    assert (query.tree, query.messages) == (Phrase(("تنظيم", "الدولة")), ())


def test_one_quoted_word_is_a_phrase() -> None:
    assert tree('"داعش"') == Phrase(("داعش",))


def test_quotations_inside_a_quotation_belong_to_it() -> None:
    assert reading("«قال «نعم للسلام» أمس» بغداد") == '"قال نعم للسلام أمس" بغداد'


@pytest.mark.parametrize(
    "text", ["don't", "O’Neil", "Qur'an", "the writers' guild", "rock 'n roll", "d'Estaing"]
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    assert not any(isinstance(part, Phrase) for part in leaves(tree(text)))
    assert codes(text) == []


def test_operators_inside_a_phrase_are_words() -> None:
    assert tree('"الحرب أو السلام ليس (سهلا)"') == Phrase(("الحرب", "أو", "السلام", "ليس", "سهلا"))


def test_a_long_phrase_is_cut() -> None:
    text = '"' + " ".join(f"كلمة{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي" * 2) + '"'
    query = read(text)
    assert isinstance(query.tree, Phrase)
    assert len(query.tree.words) == 40
    assert codes(text) == ["long_phrase"]


# Any, all, without


@pytest.mark.parametrize(
    "text", ["نفط أو غاز", "نفط او غاز", "نفط أَوْ غاز", "نفط OR غاز", "نفط|غاز", "نفط || غاز", "نفط ﺃﻭ غاز"]
)
def test_any_of_two(text: str) -> None:
    query = read(text)
    assert (query.tree, query.messages) == (Or((Word("نفط"), Word("غاز"))), ())


@pytest.mark.parametrize("text", ["نفط و غاز", "نفط AND غاز", "نفط & غاز", "نفط && غاز", "نفط وَ غاز"])
def test_all_of_two_written_out(text: str) -> None:
    query = read(text)
    assert (query.tree, query.messages) == (And((Word("نفط"), Word("غاز"))), ())


@pytest.mark.parametrize(
    "text",
    ["نفط ليس غاز", "نفط NOT غاز", "نفط -غاز", "نفط \N{MINUS SIGN}غاز", "نفط AND NOT غاز", "نفط و ليس غاز"],
)
def test_without(text: str) -> None:
    query = read(text)
    assert (query.tree, query.messages) == (And((Word("نفط"), Not(Word("غاز")))), ())


@pytest.mark.parametrize("text", ["oil or gas", "war and peace", "to be or not to be"])
def test_small_latin_letters_make_no_operators(text: str) -> None:
    assert isinstance(tree(text), And)
    assert not any(isinstance(part, Not | Or) for part in tree(text).parts)


@pytest.mark.parametrize(
    "text", ["بغداد - مراسلنا", "بغداد — مراسلنا", "بغداد – مراسلنا", "بغداد -- مراسلنا", "--بغداد مراسلنا"]
)
def test_a_dash_that_touches_no_word_on_its_left_side_alone_is_punctuation(text: str) -> None:
    assert (reading(text), codes(text)) == ("بغداد مراسلنا", [])


def test_a_choice_is_between_the_two_operands_beside_it() -> None:
    assert reading("نفط أو غاز العراق") == "(نفط أو غاز) العراق"
    assert reading('العراق نفط أو "غاز طبيعي" أو فحم') == 'العراق (نفط أو "غاز طبيعي" أو فحم)'


def test_a_written_and_binds_before_or_and_the_reader_is_told() -> None:
    query = read("نفط AND غاز OR فحم")
    assert query.canonical == "(نفط غاز) أو فحم"
    assert codes(query.text) == ["mixed_operators"]


def test_without_takes_one_operand() -> None:
    assert reading("ليس نفط غاز") == "ليس نفط غاز"
    assert tree("ليس نفط غاز") == And((Not(Word("نفط")), Word("غاز")))
    assert reading("غاز ليس (نفط أو فحم)") == "غاز ليس (نفط أو فحم)"
    assert reading('غاز -"نفط خام"') == 'غاز ليس "نفط خام"'


def test_nothing_but_exclusions_is_everything_else() -> None:
    assert tree("-رياضة") == And((Everything(), Not(Word("رياضة"))))
    assert codes("-رياضة") == ["only_without"]
    assert codes("* -رياضة") == []


def test_without_without_is_with() -> None:
    assert reading("ليس (ليس نفط)") == "نفط"
    assert reading("غاز ليس ليس نفط") == "غاز ليس نفط"
    assert codes("غاز ليس ليس نفط") == ["repeated_without"]


@pytest.mark.parametrize(
    ("text", "canonical"), [("أو", '"أو"'), ("و", '"و"'), ("ليس", '"ليس"'), ("AND AND", '"AND"')]
)
def test_an_operator_alone_is_the_word_it_is_spelled_with(text: str, canonical: str) -> None:
    assert reading(text) == canonical
    assert set(codes(text)) == {"operator_as_word"}


# Groups


def test_groups_nest() -> None:
    assert tree("(نفط أو (غاز طبيعي)) العراق") == And(
        (Or((Word("نفط"), And((Word("غاز"), Word("طبيعي"))))), Word("العراق"))
    )


@pytest.mark.parametrize("text", ["﴿نفط أو غاز﴾ العراق", "﴾نفط أو غاز﴿ العراق", "（نفط أو غاز） العراق"])
def test_other_brackets_group_too(text: str) -> None:
    assert (reading(text), codes(text)) == ("(نفط أو غاز) العراق", [])


def test_needless_brackets_go() -> None:
    assert reading("((نفط) (غاز (فحم)))") == "نفط غاز فحم"


def test_brackets_deeper_than_the_limit_are_ignored() -> None:
    text = "".join(f"(كلمة{letter} أو " for letter in "ابتثجحخدذرزسشص") + "آخر" + ")" * 14
    query = read(text)
    assert "too_deep" in codes(text)
    assert shallow(query.tree, 10) == query.tree


# Fields


@pytest.mark.parametrize(
    "text",
    [
        "العنوان:نفط",
        "عنوان:نفط",
        "title:نفط",
        "Title : نفط",
        "العنوان :نفط",
        "العنوان： نفط",
        "العُنوان:نفط",
        "\u200fالعنوان\u200f:\u200fنفط",
    ],
)
def test_a_field_holds_for_the_next_word(text: str) -> None:
    query = read(f"{text} العراق")
    assert (query.tree, query.messages) == (And((In(FieldName.TITLE, Word("نفط")), Word("العراق"))), ())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('source:"أخبار الآن"', 'المصدر:"أخبار الآن"'),
        ("مصدر:الشروق", "المصدر:الشروق"),
        ("المؤلف:الحداد", "الكاتب:الحداد"),
        ("كاتب:'ليلى الحداد'", 'الكاتب:"ليلى الحداد"'),
        ("title:(نفط OR غاز)", "العنوان:(نفط أو غاز)"),
        ("-title:نفط غاز", "ليس العنوان:نفط غاز"),
        ("غاز title:-نفط", "غاز ليس العنوان:نفط"),
        ("العنوان:كتا*", "العنوان:كتا*"),
        ("العنوان:(نفط الكاتب:الحداد)", "العنوان:(نفط الكاتب:الحداد)"),
    ],
)
def test_a_field_holds_for_phrases_groups_and_patterns(text: str, canonical: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [])


@pytest.mark.parametrize(
    "text",
    ["قال: لا", "http://x.org", "الساعة 12:30", "الرئيس: الحوار مستمر", "C:\\temp", ":", "a:b:c"]
    + ["السكان: 5 ملايين", "الحملة: مستمرة", "الفكرة: بسيطة", "الاسم: سامر"],
)
def test_any_other_word_before_a_colon_is_a_word_without_a_fuss(text: str) -> None:
    assert set(codes(text)) <= {"stopwords", "no_words"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("العنون", "العنوان"), ("المصادر", "المصدر"), ("tilte", "title"), ("sourc", "source")],
)
def test_a_mistyped_field_is_a_word_and_the_name_is_offered(typed: str, meant: str) -> None:
    query = read(f"{typed}:نفط")
    assert query.canonical == f"{typed} نفط"
    assert query.messages[0].arguments == (("word", typed), ("name", meant))


# Dates


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("التاريخ:2015", "التاريخ:2015"),
        ("date:٢٠١٥-٠٧", "التاريخ:2015-07"),
        ("تاريخ: 21/7/2015", "التاريخ:2015-07-21"),
        ("التاريخ:2014..2016", "التاريخ:2014..2016"),
        ("التاريخ:[2014 إلى 2016]", "التاريخ:2014..2016"),
        ("التاريخ:تموز 2015", "التاريخ:2015-07"),
        ('التاريخ:"21 تموز 2015"', "التاريخ:2015-07-21"),
        ("التاريخ:(2014 أو 2016)", "التاريخ:2014 أو التاريخ:2016"),
        ("التاريخ:-2015 نفط", "نفط ليس التاريخ:2015"),
        ("التاريخ:2015 نفط", "نفط التاريخ:2015"),
    ],
)
def test_dates(text: str, canonical: str) -> None:
    assert reading(text) == canonical
    assert set(codes(text)) <= {"only_without"}


def test_a_date_is_a_range_of_days() -> None:
    assert tree("date:2015-02") == DateRange(date(2015, 2, 1), date(2015, 2, 28))


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ("date:2015-13", "التاريخ:2015", "date_impossible"),
        ("date:2015-02-30", "التاريخ:2015-02", "date_impossible"),
        ("date:2016..2014", "التاريخ:2014..2016", "date_swapped"),
        ("date:نيسان", "التاريخ:2025-04", "date_without_year"),
        ("date:0000", "0000", "date_unreadable"),
        ("التاريخ: المنتصرون", "المنتصرون", "date_unreadable"),
        ("2014..2016", "التاريخ:2014..2016", "date_without_field"),
        ("العنوان:التاريخ:2015", "التاريخ:2015", "repeated_field"),
    ],
)
def test_dates_are_mended_and_the_reader_is_told(text: str, canonical: str, code: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


def test_a_year_without_a_field_is_a_word() -> None:
    assert reading("2014 ..") == "2014"


# Patterns


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("كتا*", "كتا*"),
        ("كت?ب*", "كت?ب*"),
        ("أخب*ر", "اخب*ر"),
        ("كِتـا**", "كتا*"),
        ("LOND*", "lond*"),
        ("٢٠١*", "201*"),
        ("ك*تاب", "ك*تاب"),
        ("*اتيج*", "*اتيج*"),
        ("*تاب", "*تاب"),
        ("?تاب", "?تاب"),
        ("*istan", "*istan"),
    ],
)
def test_patterns_are_over_normalised_words(text: str, pattern: str) -> None:
    query = read(text)
    assert (query.tree, query.messages) == (Wildcard(pattern), ())


@pytest.mark.parametrize("text", ["لماذا؟", "السلام?", "السلام??"])
def test_a_question_mark_at_the_end_asks_a_question(text: str) -> None:
    assert reading(text) == text.strip("؟?")
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ("*تا", "تا", "short_wildcard"),
        ("?تا*", "تا", "short_wildcard"),
        ("نفط ك*", "نفط", "empty_wildcard"),
        ("نفط ك*ب*ر", "نفط", "empty_wildcard"),
        ('"كتا* جديد"', '"كتا جديد"', "wildcard_in_phrase"),
    ],
)
def test_patterns_that_cannot_be_asked_for_are_read_as_words(text: str, canonical: str, code: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


def test_only_so_many_patterns_are_asked_for() -> None:
    query = read("كتا* قرا* نفط* سوق* حرب*")
    assert query.canonical == "كتا* قرا* نفط* سوق* حرب"
    assert codes(query.text) == ["too_many_wildcards"]


@pytest.mark.parametrize("text", ["*", "*:*", "* *", "نفط أو *", "(*)"])
def test_a_star_alone_is_everything(text: str) -> None:
    assert tree(text) == Everything()


def test_everything_beside_a_word_adds_nothing() -> None:
    assert tree("* نفط") == Word("نفط")


# Nothing to search for


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200f", "\u202e \ufeff"])
def test_an_empty_query_is_everything(text: str) -> None:
    query = read(text)
    assert (query.tree, query.canonical, query.messages) == (Everything(), "", ())


@pytest.mark.parametrize("text", ["؟", "!!!", "،", "...", "- -", "()", '""', "🙂", "«»", "ـ", "َ", "|", "&"])
def test_a_query_without_a_word_finds_nothing_and_says_so(text: str) -> None:
    query = read(text)
    assert query.tree == Nothing()
    assert "no_words" in codes(text)


# Malformed queries


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ('"تنظيم الدولة', '"تنظيم الدولة"', "unclosed_quote"),
        ("«تنظيم الدولة", '"تنظيم الدولة"', "unclosed_quote"),
        ('("تنظيم الدولة) نفط', '"تنظيم الدولة" نفط', "unclosed_quote"),
        ('نفط" العراق', "نفط العراق", "stray_quote"),
        ("نفط» العراق", "نفط العراق", "stray_quote"),
        ('نفط "" العراق', "نفط العراق", "empty_phrase"),
        ("(نفط غاز", "نفط غاز", "unclosed_group"),
        ("نفط غاز)", "نفط غاز", "stray_close"),
        ("نفط () غاز", "نفط غاز", "empty_group"),
        ("نفط أو", "نفط", "stray_operator"),
        ("| نفط", "نفط", "stray_operator"),
        ("نفط أو أو غاز", "نفط أو غاز", "stray_operator"),
        ("نفط ليس", "نفط", "stray_without"),
        ("نفط العنوان:", "نفط", "empty_field"),
        ("العنوان:المصدر:الشروق", "المصدر:الشروق", "repeated_field"),
    ],
)
def test_malformed_queries_are_mended_and_the_reader_is_told(text: str, canonical: str, code: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


def test_a_message_is_an_arabic_sentence_with_its_place_in_the_query_as_typed() -> None:
    (said,) = read("\u200fنفط \u200fأو").messages
    assert said.text.startswith("لا كلمة قبل «أو» أو لا كلمة بعدها")
    assert (said.start, said.end) == (6, 8)
    assert said.arguments == (("word", "أو"),)


def test_the_same_thing_is_said_once_and_never_too_much() -> None:
    assert codes("نفط )))))") == ["stray_close"]
    assert len(codes(" ".join(f"{letter}*" for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))) == MAX_MESSAGES


# Limits


def test_a_long_query_is_cut_at_a_blank() -> None:
    query = read("كلمة طويلة " * 1000)
    assert (query.canonical, codes(query.text)) == ("كلمة طويلة", ["too_long"])
    assert query.messages[-1].end == len(query.text)


def test_blanks_before_a_query_are_not_counted() -> None:
    assert reading(" " * 5000 + "نفط") == "نفط"


def test_only_so_many_words_are_asked_for() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    text = " ".join(first + second for first in letters[:2] for second in letters)
    assert len(list(leaves(tree(text)))) == MAX_OPERANDS
    assert "too_many_words" in codes(text)
