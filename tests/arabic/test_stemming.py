"""What the stem brings together and keeps apart, on the shipped tables: cases of the language, kind by kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.datafiles import read_rows
from articles.arabic.lexicon import Affixes, Lexicon, Tables
from articles.arabic.stemming import Stemmer, read_exceptions, read_related, stem

ANY_WORD = st.text(st.characters(), max_size=12)
ARABIC_WORDS = st.text(alphabet="ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي", max_size=12)

CLITICS = (
    "دولة الدولة والدولة بالدولة وبالدولة للدولة وللدولة كدولة فالدولة لدولة دولتنا دولتهم دولتان دولتين دول"
)
PLURALS = [
    "وزير وزراء", "قضية قضايا", "كتاب كتب", "مدينة مدن", "سوق أسواق", "أسير أسرى", "بئر آبار", "شهر أشهر شهور",
    "يوم أيام", "مليون ملايين", "سفينة سفن", "رسالة رسائل", "أزمة أزمات", "مباراة مباريات", "ابن أبناء",
    "امرأة نساء", "شاب شباب", "جزيرة جزر", "فيديو فيديوهات", "ميليشيا مليشيات", "تغريدة تغريدات", "هيئة هيئات",
]  # fmt: skip
VERBS = [
    "قال يقول قالت قالوا سيقول تقولون", "دعا يدعو دعت", "أعلن يعلن أعلنت سيعلنون", "استقال يستقيل استقالت",
    "كتبت يكتب كتبوا سيكتبون تكتبون", "خرج يخرج خرجت", "رأى يرى رأت يرون", "وصل يصل وصلت", "جاء جاؤوا جاءوا",
]  # fmt: skip
ADJECTIVES = [
    "سعودي السعودية السعوديين سعوديون السعوديات", "كبير كبيرة كبار", "عسكري عسكرية عسكريون", "حوثي الحوثيين الحوثية",
    "إيران إيراني إيرانية الإيرانيين", "سوريا سورية السوريون", "تركيا تركي أتراك", "لبنان اللبنانيات",
]  # fmt: skip
SPELLINGS = [
    "شؤون شئون", "مسؤول مسئول", "رؤوس رءوس", "مائة مئة المئة", "شيء شئ", "هيئة هيأة", "أميركي أمريكي",
    "غورباتشوف جورباتشوف", "إستراتيجية استراتيجية", "السعودية السعوديه",
]  # fmt: skip


@pytest.mark.parametrize("forms", [CLITICS, *PLURALS, *VERBS, *ADJECTIVES, *SPELLINGS])
def test_the_forms_of_a_headword_meet(forms):
    assert len({STEM(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عرب", "عربة"), ("مكتب", "مكتبة"), ("خبر", "مخبر"), ("قتل", "قاتل"), ("علم", "معلم"), ("كتاب", "كاتب"),
        ("سلطان", "سلطة"), ("ميدان", "ميد"), ("إنسان", "أنس"), ("هادي", "هدية"), ("فواكه", "فواك"), ("عمان", "عم"),
        ("بغداد", "غداد"), ("وزن", "زن"), ("بنك", "نك"), ("كاتب", "اتب"), ("لغة", "غة"), ("التزام", "تزام"),
        ("جامعة", "جامع"), ("عملية", "عملي"), ("اليمن", "اليمين"), ("الصين", "الصيف"), ("لبنان", "لبن"),
    ],
)  # fmt: skip
def test_words_of_different_headwords_stay_apart(one, other):
    assert STEM(one) != STEM(other)


@pytest.mark.parametrize("word", ["وقف", "وزارة", "ولد", "فكر", "بحث", "كلام", "لسان", "بيان", "وثيقة"])
def test_a_first_letter_of_the_word_is_no_clitic(word):
    assert STEM(word) == SURFACE(word)


def test_a_clitic_comes_off_a_name_that_the_lexicon_lacks():
    assert STEM("وأوباما") == STEM("لأوباما") == STEM("أوباما")
    assert STEM("بتويتر") == STEM("تويتر")


@pytest.mark.parametrize("word", ["London", "2014", "1.5", "Москва", "東"])
def test_a_word_without_arabic_letters_is_its_own_stem(word):
    assert stem(word) == word


@given(ANY_WORD | ARABIC_WORDS)
def test_words_that_are_one_when_normalised_have_one_stem(word):
    assert STEM(SURFACE(word)) == STEM(word)


@given(ARABIC_WORDS)
def test_a_word_of_letters_has_a_stem(word):
    assert bool(stem(word)) == bool(word)


def made_of(stems: dict[str, str], *rows: list[str], exceptions: dict[str, str] | None = None) -> Stemmer:
    affixes = Affixes({"N": {prefix: frozenset({"", "ه"}) for prefix in ("", "ال")}})
    lexicon = Lexicon(Tables(stems, affixes))
    return Stemmer(exceptions or {}, lexicon, read_related(rows, lexicon))


def test_related_headwords_share_the_term_of_the_first():
    joined = made_of({"كرد": "/N", "كردي": "/N"}, ["كردي", "كرد"])
    assert joined.stem("الكرد") == joined.stem("كردي") == "كردي"


def test_rows_that_share_a_headword_are_one():
    joined = made_of({}, ["واحد", "اثنان"], ["ثلاثه", "اثنان"])
    assert {joined.stem(word) for word in ("واحد", "اثنان", "ثلاثه")} == {"ثلاثه"}


def test_an_exception_goes_before_the_lexicon():
    plain = made_of({"كتاب": "/N"})
    kept = made_of({"كتاب": "/N"}, exceptions=read_exceptions([["الكتاب"]]))
    assert (plain.stem("الكتاب"), kept.stem("الكتاب"), kept.stem("والكتاب")) == ("كتاب", "الكتاب", "الكتاب")


@pytest.mark.parametrize("row", read_rows("stem_exceptions.txt"), ids=" ".join)
def test_the_shipped_exceptions_are_in_force(row):
    assert {STEM(word) for word in row} == {STEM(row[0])}
    assert STEM(row[0]) == SURFACE(row[0])


@pytest.mark.parametrize("row", read_rows("countries.txt"), ids=" ".join)
def test_a_country_and_what_is_of_it_share_a_term(row):
    assert len({STEM(word) for word in row}) == 1


def test_no_two_countries_share_a_term():
    terms = [STEM(row[0]) for row in read_rows("countries.txt")]
    assert [term for term in set(terms) if terms.count(term) > 1] == []
