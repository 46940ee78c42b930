"""Records with named columns: which column means what, and what becomes of odd values."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.columns import FIELDS, Plan, WrongMap, guess, parse_map
from articles.importing.mapping import extract_record
from articles.importing.records import ExtractedArticle, Note, PartialDate, Rejected, RelatedLink
from tests.importing.samples import BODY, FIRST, SECOND, TITLE, record


def extract(fields, **told):
    return extract_record(fields, Plan(told))


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Title", "title"),
        ("HEADLINE", "title"),
        ("عنوان الخبر", "title"),
        ("content", "body"),
        ("النصّ", "body"),
        ("full_text", "body"),
        ("byline", "author"),
        ("الكاتب", "author"),
        ("outlet", "source"),
        ("الصحيفه", "source"),
        ("publication-date", "published_on"),
        ("publishedAt", "published_on"),
        ("تاريخ النشر", "published_on"),
        ("link", "url"),
        ("ID", "external_id"),
        ("date_extracted", "captured_at"),
        ("القسم", "section"),
        ("lang", "language"),
        ("المدينة", "city"),
        ("colour", ""),
        ("", ""),
    ],
)
def test_columns_are_guessed_by_name_in_english_and_arabic(column, field):
    assert guess(column) == field


def test_every_column_of_a_record_finds_its_field():
    article = extract(
        {
            "العنوان": TITLE,
            "المتن": BODY,
            "الكاتب": "هدى سالم",
            "المصدر": "صحيفة المرفأ",
            "التاريخ": "١٢ آذار ٢٠١٦",
            "القسم": "ثقافة",
            "الرابط": "https://example.org/1",
            "رقم": 17,
            "المدينة": "صيدا",
            "البلد": "لبنان",
            "اللغة": "العربية",
            "تاريخ الالتقاط": "2020-01-02 03:04:05",
        }
    )
    assert (article.title, article.body, article.author, article.source) == (
        TITLE,
        BODY,
        "هدى سالم",
        "صحيفة المرفأ",
    )
    assert (article.section, article.url, article.external_id) == ("ثقافة", "https://example.org/1", "17")
    assert (article.city, article.country, article.language) == ("صيدا", "لبنان", "ar")
    assert article.published == PartialDate(date(2016, 3, 12), "day")
    assert article.captured_at == datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert article.evidence["published_on"].place == "column التاريخ"
    assert article.evidence["published_on"].text == "١٢ آذار ٢٠١٦"
    assert article.notes == ()


def test_what_the_operator_says_of_a_column_wins():
    fields = {"title": "لا هذا", "اسم": TITLE, "body": BODY, "content": "لا هذا"}
    article = extract(fields, اسم="title", content="")
    assert (article.title, article.body) == (TITLE, BODY)


def test_a_column_that_was_named_and_never_seen_is_told():
    plan = Plan(parse_map(["tilte=title", "BODY=body"]))
    extract_record(record(), plan)
    assert plan.unused() == ["tilte"]


@pytest.mark.parametrize("pair", ["title", "=title", "headline=titel", "headline=public_id"])
def test_a_map_that_cannot_be_followed_is_refused(pair):
    with pytest.raises(WrongMap, match="--map"):
        parse_map([pair])


def test_of_two_columns_of_one_field_the_more_trusted_counts_unless_it_is_empty():
    assert extract({"headline": "ب", "title": "أ", "body": BODY}).title == "أ"
    assert extract({"headline": "ب", "title": " ", "body": BODY}).title == "ب"


def test_the_day_of_capture_stands_in_for_a_missing_date_and_says_so():
    article = extract({"title": TITLE, "content": BODY, "date_extracted": "2015-07-21 02:51:32"})
    assert article.published == PartialDate(date(2015, 7, 21), "day")
    assert article.evidence["published_on"].place == "crawl"
    assert article.captured_at == datetime(2015, 7, 21, 2, 51, 32, tzinfo=UTC)


@pytest.mark.parametrize("own", [{"date": "2015-07-19"}, {"body": f"بيروت 19 تموز 2015 (رويترز) - {BODY}"}])
def test_a_date_of_its_own_comes_before_the_day_of_capture(own):
    article = extract({"title": TITLE, "body": BODY, "date_extracted": "2015-07-21 02:51:32", **own})
    assert article.published.day == date(2015, 7, 19)
    assert article.evidence["published_on"].place != "crawl"


def test_a_date_that_cannot_be_read_is_noted_and_not_invented():
    article = extract(record(date="الأسبوع الماضي"))
    assert article.published == PartialDate()
    assert article.notes == (Note("date_unread", "الأسبوع الماضي"),)


def test_a_title_without_a_body_is_kept_and_noted():
    article = extract({"title": TITLE, "body": ""})
    assert (article.title, article.body, article.notes) == (TITLE, "", (Note("empty_body"),))


def test_a_body_without_a_title_is_titled_by_its_first_sentence():
    article = extract({"title": "\u200f ", "body": BODY})
    assert (article.title, article.title_is_derived) == (FIRST.removesuffix("."), True)


@pytest.mark.parametrize("fields", [{"title": "", "body": " \n"}, {"title": None}, {"title": "\u200f"}, {}])
def test_a_record_without_title_and_body_is_rejected(fields):
    assert extract(fields).code == "empty"


def test_a_record_without_columns_we_know_is_rejected_with_advice():
    found = extract({"colour": "أحمر", "size": 3})
    assert found.code == "empty"
    assert "colour, size" in found.message
    assert "--map" in found.message


def test_markup_in_a_body_becomes_text_and_is_noted():
    article = extract(record(body=f"<p>{FIRST}</p><script>x()</script><p>{SECOND}<br/>تتمة &amp; ختام</p>"))
    assert article.body == f"{FIRST}\n\n{SECOND}\nتتمة & ختام"
    assert Note("html") in article.notes


def test_a_body_without_markup_keeps_its_letters():
    body = "إذا كان س < ص و ع > ب فإن &amp; يبقى"
    assert extract(record(body=body)).body == body


def test_entities_in_a_title_are_written_as_characters_and_noted():
    article = extract(record(title="&quot;السوق&quot; تفتح &#8211; صور"))
    assert article.title == '"السوق" تفتح – صور'
    assert article.notes[0].code == "entities"


def test_the_line_breaks_of_a_body_stay():
    assert extract(record(body="سطر\r\nآخر \n\n\n\nفقرة")).body == "سطر\nآخر\n\nفقرة"


def test_related_headlines_and_furniture_leave_the_body():
    article = extract(record(body=f"{BODY}\nإقرأ أيضاً:\nسوق آخر\nGo to W3Schools!"))
    assert article.body == BODY
    assert article.related_links == (RelatedLink("سوق آخر"),)
    assert [note.code for note in article.notes] == ["related", "furniture_english"]


def test_a_dateline_in_a_body_is_understood_and_left_standing():
    body = f"صيدا (وكالة المرفأ) - {BODY}"
    article = extract({"title": TITLE, "body": body})
    assert (article.city, article.source, article.body, article.dateline) == (
        "صيدا",
        "وكالة المرفأ",
        body,
        "",
    )
    assert extract(record(body=body)).source == "صحيفة المرفأ"


def test_values_of_other_kinds_are_understood():
    article = extract(
        {
            "title": {"rendered": TITLE},
            "body": [FIRST, SECOND],
            "author": [{"name": "هدى"}, "سامر"],
            "section": ["ثقافة", None],
            "date": 2016,
        }
    )
    assert (article.title, article.body, article.author, article.section) == (
        TITLE,
        BODY,
        "هدى، سامر",
        "ثقافة",
    )
    assert article.published == PartialDate(date(2016, 1, 1), "year")


def test_values_longer_than_their_fields_are_cut_at_a_word_and_noted():
    article = extract(record(title="كلمة " * 200, author="اسم " * 200, section="باب " * 50, city="حي " * 60))
    assert (len(article.title) <= 500, len(article.author) <= 300, len(article.section) <= 100) == (
        True,
        True,
        True,
    )
    assert [note.code for note in article.notes] == ["cut"] * 4
    assert article.title.endswith("كلمة…")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/local/page", "ftp://example.org/1", "http://"])
def test_an_address_that_is_not_of_the_web_is_dropped_and_noted(url):
    article = extract(record(url=url))
    assert (article.url, article.notes) == ("", (Note("address_dropped", url),))


def test_characters_that_no_database_holds_are_replaced_and_noted():
    article = extract(record(title="سوق\x00 قديم", body=f"{FIRST}\ud800"))
    assert (article.title, article.body) == ("سوق قديم", f"{FIRST}\ufffd")
    assert {note.code for note in article.notes} == {"replaced_characters"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)
COLUMNS = st.sampled_from(
    ["title", "body", "author", "source", "date", "url", "id", "lang", "crawled_at", "city", "x"]
)


@given(st.dictionaries(COLUMNS, JSON, max_size=8))
def test_any_record_is_an_article_or_rejected(fields):
    found = extract(fields)
    assert isinstance(found, Rejected) or (
        isinstance(found, ExtractedArticle) and 0 < len(found.title) <= 500
    )


def test_every_field_that_may_be_mapped_has_names_of_its_own():
    assert {"title", "body", "published_on", "captured_at"} <= set(FIELDS)
