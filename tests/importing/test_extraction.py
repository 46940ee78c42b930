"""Pages of plain text: what is taken out of them, and what stays as it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.extraction import extract_page
from articles.importing.records import ExtractedArticle, Note, Rejected, RelatedLink
from tests.importing.samples import BODY, FIRST, PAGE, SECOND, TITLE

DATELINE = "مرفأ نيوز | بيروت – لبنان – (هدى سالم)"


def test_the_first_line_is_the_headline():
    article = extract_page(PAGE)
    assert (article.title, article.title_is_derived, article.body) == (TITLE, False, BODY)
    assert article.evidence["title"].place == "first line"


def test_a_page_that_opens_with_its_dateline_is_titled_by_its_first_sentence():
    article = extract_page(f"{DATELINE}\n\n{FIRST} {SECOND}\n\n{SECOND}\n")
    assert article.title_is_derived
    assert article.title == FIRST.removesuffix(".")
    assert article.body == f"{FIRST} {SECOND}\n\n{SECOND}"
    assert (article.source, article.city, article.country, article.author) == (
        *("مرفأ نيوز", "بيروت", "لبنان"),
        "هدى سالم",
    )
    assert article.dateline == DATELINE
    assert {article.evidence[name].text for name in ("source", "city", "country", "author")} == {DATELINE}
    assert Note("title_derived") in article.notes


def test_a_headline_may_stand_below_the_dateline():
    article = extract_page(f"{DATELINE}\n\n{TITLE}\n\n{BODY}")
    assert (article.title, article.city) == (TITLE, "بيروت")


def test_byline_date_and_buttons_between_headline_and_text_are_taken_out():
    article = extract_page(
        f"{TITLE}\nكتبت - هدى سالم\nالسبت 12 آذار / مارس 2016\nاطبع\nشارك على فيسبوك\n\n{BODY}"
    )
    assert (article.author, article.published.day, article.body) == ("هدى سالم", date(2016, 3, 12), BODY)
    assert [note.code for note in article.notes] == ["furniture_print", "furniture_share"]
    assert (article.evidence["author"].place, article.evidence["author"].text) == (
        "byline",
        "كتبت - هدى سالم",
    )
    assert article.evidence["published_on"].place == "line above the text"


def test_furniture_and_related_headlines_below_the_text_are_taken_out():
    article = extract_page(f"{PAGE}\n\u00a0\n\nإقرأ أيضاً\n\nسوق آخر\n\nحرفيون يعودون\n\nGo to W3Schools!")
    assert article.body == BODY
    assert article.related_links == (RelatedLink("سوق آخر"), RelatedLink("حرفيون يعودون"))
    assert [(note.code, note.text) for note in article.notes] == [
        ("related", "إقرأ أيضاً"),
        ("furniture_english", "Go to W3Schools!"),
    ]


def test_who_signed_below_the_text_is_the_author():
    article = extract_page(f"{PAGE}\n(هدى سالم – وكالة المرفأ)\nاطبع")
    assert (article.author, article.source, article.body) == ("هدى سالم", "وكالة المرفأ", BODY)


def test_the_outlet_may_stand_in_the_last_line_or_in_the_copyright():
    assert extract_page(f"{PAGE}\nالمصدر: صحيفة المرفأ").source == "صحيفة المرفأ"
    article = extract_page(f"{PAGE}\nجميع الحقوق محفوظة © المرفأ اليوم 2017")
    assert (article.source, article.evidence["source"].place) == ("المرفأ اليوم", "copyright line")
    assert article.published.precision == "unknown"


def test_what_the_top_of_the_page_says_counts_more_than_what_the_bottom_says():
    article = extract_page(f"{DATELINE}\n\n{FIRST}\n\nبقلم: سامر البنّا\nالمصدر: صحيفة المرفأ")
    assert (article.author, article.source) == ("هدى سالم", "مرفأ نيوز")


def test_a_dateline_before_the_first_sentence_is_taken_out():
    article = extract_page(f"{TITLE}\n\nبيروت (رويترز) - {BODY}")
    assert (article.city, article.source, article.body) == ("بيروت", "رويترز", BODY)
    assert article.dateline == "بيروت (رويترز)"


def test_a_date_below_or_within_the_text_is_not_the_date_of_publication():
    article = extract_page(f"{PAGE}\n12 آذار 2016\n")
    assert article.published.precision == "unknown"
    assert article.body.endswith("12 آذار 2016")


def test_glued_words_doubled_blanks_and_vowel_marks_stay():
    sentence = "أكّد  المصدر أنّ العمل بدأ عام2014.ولفت إلى أنَّهُ انتهى."
    assert extract_page(f"{TITLE}\n\n{sentence}").body == sentence


def test_a_paragraph_broken_into_lines_stays_one_paragraph():
    lines = "فتحت المدينة القديمة سوقها المسقوف صباح\nأمس بعد ترميم دام ثلاث سنوات وعاد إليه\nأربعون حرفياً."
    article = extract_page(f"{lines}\n\n{SECOND}")
    assert article.body == f"{lines}\n\n{SECOND}"
    assert article.title_is_derived


def test_without_blank_lines_every_line_is_a_paragraph():
    assert extract_page(f"{TITLE}\n{FIRST}\n{SECOND}").body == BODY


def test_a_headline_repeated_above_the_text_is_said_once():
    assert extract_page(f"{TITLE}\n\n{TITLE}\n\n{BODY}").body == BODY


def test_a_headline_alone_is_an_article_without_a_body():
    article = extract_page(TITLE)
    assert (article.title, article.body, article.notes) == (TITLE, "", (Note("empty_body"),))


def test_a_long_first_sentence_is_cut_at_a_word():
    article = extract_page("كلمة " * 100 + "أخيرة.")
    assert len(article.title) <= 200
    assert article.title.endswith("كلمة…")


@pytest.mark.parametrize(
    "text", ["", " \n\u00a0\n", "\x00\x01", "\u200f\n\u200b\u00a0", "اطبع\nشارك على فيسبوك"]
)
def test_a_page_without_text_is_rejected(text):
    assert extract_page(text).code == "empty"


def test_the_language_is_told_by_the_letters():
    assert extract_page(PAGE).language == "ar"
    assert extract_page("The market opens\n\nIt opened yesterday.").language == "en"


LINES = st.sampled_from(
    [TITLE, FIRST, SECOND, DATELINE, "", " ", "اقرأ أيضاً", "اطبع", "بقلم: هدى سالم", "12/3/2016", "(رويترز)"]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=12).map("\n".join))
def test_any_page_is_an_article_or_rejected(text):
    found = extract_page(text)
    assert isinstance(found, Rejected) or (
        isinstance(found, ExtractedArticle) and 0 < len(found.title) <= 500
    )


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_the_sentences_of_a_page_are_in_its_body_or_told(text):
    found = extract_page(text)
    if isinstance(found, ExtractedArticle) and SECOND in text:
        assert SECOND in found.body
