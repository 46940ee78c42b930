"""The order of trust, the evidence of each field, and what never comes through."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.html_text import MARKUP, has_script
from articles.importing.pages.extraction import extract_html
from articles.importing.pages.rules import SourceRules
from articles.importing.records import ExtractedArticle, PartialDate, Rejected
from tests.importing.pages.samples import FIRST, HEADLINE, SECOND, TEXT, THIRD, article, page

ADDRESS = "https://almarfaa.example/news/12"
DAY = PartialDate(date(2017, 3, 12), "day")


def json_ld(**fields):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


OPEN_GRAPH = meta("og:title", "عنوان البطاقة الاجتماعية كما هو") + meta(
    "article:published_time", "2017-03-13T10:00:00+03:00"
)


def test_json_ld_comes_before_open_graph_and_open_graph_before_the_page():
    declared = json_ld(headline="عنوان البيانات المهيكلة كما هو", datePublished="2017-03-12")
    best = article(page(head=declared + OPEN_GRAPH))
    second = article(page(head=OPEN_GRAPH))
    assert (best.title, best.published) == ("عنوان البيانات المهيكلة كما هو", DAY)
    assert best.evidence["title"].place == "JSON-LD headline"
    assert second.title == "عنوان البطاقة الاجتماعية كما هو"
    assert second.evidence["title"].place == "Open Graph og:title"
    assert article(page()).title == HEADLINE


def test_a_curator_s_rules_come_after_the_metadata_unless_the_curator_says_otherwise():
    html = page(
        head=meta("og:title", "عنوان البطاقة الاجتماعية كما هو"),
        above='<h2 class="real">العنوان الذي يراه القراء</h2>',
    )
    after = article(html, rules=SourceRules(title="h2.real"))
    before = article(html, rules=SourceRules(title="h2.real", before_metadata=True))
    assert after.title == "عنوان البطاقة الاجتماعية كما هو"
    assert (before.title, before.evidence["title"].place) == (
        "العنوان الذي يراه القراء",
        "source rule h2.real",
    )


def test_a_rule_comes_before_what_the_page_only_shows():
    html = page(above='<p class="w">رنا خليل</p><p>بقلم: هدى سالم</p>')
    assert article(html).author == "هدى سالم"
    assert article(html, rules=SourceRules(author=".w")).author == "رنا خليل"


def test_rules_find_body_date_and_section_and_drop_what_they_are_told_to():
    html = page(
        above='<div class="d">12 آذار 2017</div><div class="s">محليات</div>',
        body=(
            f'<div class="x">{FIRST}</div><div class="x">{SECOND}<span class="promo">اشترِ التذاكر الآن</span></div>'
            f"<div>{THIRD}</div>"
        ),
    )
    rules = SourceRules(body="div.x", date=".d", section=".s", drop=(".promo",), drop_lines=())
    found = article(html, rules=rules)
    assert found.body == f"{FIRST}\n\n{SECOND}"
    assert (found.published, found.section) == (DAY, "محليات")
    assert found.evidence["body"].place == "source rule div.x"


def test_lines_that_a_curator_drops_go_with_a_note():
    rules = SourceRules(drop_lines=("حمّل تطبيق الجريدة",))
    found = article(page(*TEXT, "حمل تطبيق الجريدة"), rules=rules)
    assert "تطبيق" not in found.body
    assert ("dropped_by_rule", "حمل تطبيق الجريدة") in [(note.code, note.text) for note in found.notes]


def test_two_places_that_agree_are_surer_than_one():
    alone = article(page(title="عنوان آخر في الصفحة", head=meta("og:title", HEADLINE)))
    agreed = article(page(head=meta("og:title", HEADLINE)))
    assert alone.evidence["title"].confidence < agreed.evidence["title"].confidence == 0.99


def test_a_headline_that_a_program_cut_is_told_whole():
    found = article(page(head=json_ld(headline=HEADLINE[:20] + "...")))
    assert found.title == HEADLINE
    assert found.evidence["title"].text == HEADLINE[:20] + "..."


def test_the_newspaper_s_name_is_no_part_of_the_headline():
    found = article(
        page(head=meta("og:title", f"{HEADLINE} | صحيفة المرفأ") + meta("og:site_name", "صحيفة المرفأ"))
    )
    assert (found.title, found.source) == (HEADLINE, "صحيفة المرفأ")


def test_a_section_beside_the_headline_is_no_newspaper():
    html = page().replace(f"<title>{HEADLINE}</title>", f"<title>{HEADLINE} | رياضة</title>")
    assert article(html).source == ""


def test_the_text_of_the_metadata_stands_in_where_the_page_shows_none():
    declared = json_ld(headline=HEADLINE, articleBody=" ".join(TEXT))
    html = (
        f'<html lang="ar"><head><title>{HEADLINE}</title>{declared}</head>'
        '<body><div id="app"></div></body></html>'
    )
    found = article(html)
    assert found.body == " ".join(TEXT)
    assert "body_from_metadata" in [note.code for note in found.notes]


def test_the_page_s_paragraphs_are_kept_where_the_metadata_has_none():
    found = article(page(head=json_ld(headline=HEADLINE, articleBody=" ".join(TEXT))))
    assert found.body == "\n\n".join(TEXT)
    assert found.evidence["body"].place == "JSON-LD articleBody"


def test_a_day_is_the_one_printed_on_the_page_where_a_clock_in_greenwich_was_a_day_behind():
    found = article(
        page(head=json_ld(datePublished="2017-03-11T22:30:00Z"), above="<p>الأحد 12 آذار 2017</p>")
    )
    assert found.published == DAY
    assert "2017-03-11T22:30:00Z" in found.evidence["published_on"].text


def test_a_date_with_its_own_zone_is_the_newspaper_s_day():
    assert article(page(head=json_ld(datePublished="2017-03-12T23:50:00+03:00"))).published == DAY


def test_an_american_date_is_a_day_only_where_the_page_tells_which():
    told = meta("publishdate", "3/12/2017 10:15:00 AM")
    assert article(page(head=told, above="<p>12 آذار 2017</p>")).published == DAY
    assert article(page(head=told)).published == PartialDate(date(2017, 1, 1), "year")


def test_a_month_of_the_metadata_becomes_the_day_that_the_page_shows_in_it():
    found = article(page(head=meta("article:published_time", "2017-03"), above="<p>12 آذار 2017</p>"))
    assert found.published == DAY


@pytest.mark.parametrize("nothing", ["1970-01-01T00:00:00Z", "0000-00-00", "قريباً"])
def test_what_programs_write_for_no_date_is_none(nothing):
    assert article(page(head=meta("article:published_time", nothing))).published == PartialDate()


def test_no_article_was_published_after_it_was_captured():
    found = article(
        page(head=meta("article:published_time", "2099-01-01")), captured_at=datetime(2020, 5, 1, tzinfo=UTC)
    )
    assert found.evidence["published_on"].place == "crawl"


def test_the_day_of_capture_stands_in_and_says_so():
    found = article(page(), captured_at=datetime(2020, 5, 1, 9, tzinfo=UTC))
    assert found.published == PartialDate(date(2020, 5, 1), "day")
    assert (found.evidence["published_on"].place, found.evidence["published_on"].confidence) == ("crawl", 0.1)
    assert article(page()).published == PartialDate()


def test_today_s_date_above_the_menu_gives_way_to_the_day_in_the_address():
    html = page(above="<p>الأحد 26 آذار 2017</p>")
    assert article(html, address="https://almarfaa.example/2017/03/12/souq").published == DAY


def test_a_date_of_change_is_the_last_resort_and_not_sure():
    found = article(page(above="<p>آخر تحديث: 12 آذار 2017</p>"))
    assert (found.published, found.evidence["published_on"].place) == (DAY, "line of change")
    assert found.evidence["published_on"].confidence <= 0.4
    both = article(page(above="<p>نشر في 12 آذار 2017 | آخر تحديث 14 آذار 2017</p>"))
    assert both.published == DAY


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("بقلم: هدى سالم", "هدى سالم"),
        ("كتب - هدى سالم", "هدى سالم"),
        ("كتبت هدى سالم:", "هدى سالم"),
        ("بيروت – هدى سالم", "هدى سالم"),
        ("تحقيق: هدى سالم وسامر الدالي", "هدى سالم وسامر الدالي"),
        ("نشر بواسطة هدى سالم في 12 آذار 2017", "هدى سالم"),
        ("هدى سالم | 12 آذار 2017", "هدى سالم"),
        ("أ ف ب", "أ ف ب"),
        ("المصدر: رويترز", "رويترز"),
        ("القدس - الأناضول", "الأناضول"),
    ],
)
def test_writers_and_agencies_are_found_without_metadata(line, author):
    found = article(page(above=f"<p>{line}</p>"))
    assert found.author == author
    assert line not in found.body


def test_an_agency_in_brackets_at_the_end_is_credited():
    found = article(page(FIRST, SECOND, f"{THIRD} (أ ف ب)"))
    assert found.author == "أ ف ب"
    assert ("agency", "أ ف ب") in [(note.code, note.text) for note in found.notes]


def test_a_writer_beside_an_agency_is_the_author_and_the_agency_a_note():
    found = article(page(above="<p>بقلم: هدى سالم - رويترز</p>"))
    assert found.author == "هدى سالم"
    assert ("agency", "رويترز") in [(note.code, note.text) for note in found.notes]


@pytest.mark.parametrize(
    "name", ["admin", "فريق التحرير", "صحيفة المرفأ", "المرفأ", "https://facebook.com/x", "Super User"]
)
def test_programs_desks_and_the_newspaper_itself_wrote_nothing(name):
    head = meta("og:site_name", "صحيفة المرفأ") + f'<meta name="author" content="{name}">'
    assert article(page(head=head)).author == ""


def test_the_credit_of_a_picture_is_none_of_the_article():
    assert (
        article(page(above="<figure><img src='a.jpg'><figcaption>رويترز</figcaption></figure>")).author == ""
    )


def test_several_writers_are_kept_in_their_order():
    people = [{"@type": "Person", "name": "هدى سالم"}, {"@type": "Person", "name": "سامر الدالي"}]
    assert article(page(head=json_ld(headline=HEADLINE, author=people))).author == "هدى سالم، سامر الدالي"


def test_the_dateline_is_taken_out_of_the_text():
    found = article(page(f"بيروت (رويترز) - {FIRST}", SECOND, THIRD))
    assert (found.city, found.dateline) == ("بيروت", "بيروت (رويترز)")
    assert found.body.startswith(FIRST)
    assert found.author == "رويترز"


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://almarfaa.example/news/12/souq", "https://almarfaa.example/news/12/souq"),
        ("/news/12/souq", "https://almarfaa.example/news/12/souq"),
        ("https://www.almarfaa.example/news/12/souq", "https://www.almarfaa.example/news/12/souq"),
        ("https://almarfaa.example/", ADDRESS),
        ("https://elsewhere.example/news/12", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
    ],
)
def test_the_canonical_address_counts_where_it_can_be_that_of_the_page(canonical, url):
    assert article(page(head=f'<link rel="canonical" href="{canonical}">'), address=ADDRESS).url == url


def test_a_live_blog_keeps_its_entries_in_the_order_of_the_page():
    entries = "".join(
        f'<div class="entry"><h3>الساعة {hour}</h3><p>{text}</p></div>'
        for hour, text in zip((18, 14, 9), TEXT, strict=True)
    )
    declared = json_ld(headline=HEADLINE).replace("NewsArticle", "LiveBlogPosting")
    found = article(page(head=declared, body=f'<div class="live-blog">{entries}</div>'))
    assert [found.body.index(text) for text in TEXT] == sorted(found.body.index(text) for text in TEXT)
    assert "live_blog" in [note.code for note in found.notes]


def test_signs_of_direction_vowel_marks_and_doubled_letters_stay_as_they_are():
    marked = "\u200fقالَ الوزيرُ «نعـــم» عن \u202aNATO\u202c، ثمّ أضافَ أن الاجتماع سيُعقد في موعده من دون تأخير.\u200f"
    assert article(page(FIRST, marked, THIRD)).body == f"{FIRST}\n\n{marked}\n\n{THIRD}"


def test_entities_are_decoded_once():
    found = article(page(f"{FIRST} R&amp;D &amp;amp; &quot;نعم&quot; 3 &lt; 5", SECOND, THIRD))
    assert found.body.startswith(f'{FIRST} R&D &amp; "نعم" 3 < 5')


def test_markup_that_a_newsroom_escaped_by_mistake_is_taken_out():
    found = article(page(f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;", SECOND, THIRD))
    assert found.body == "\n\n".join(TEXT)
    assert "html" in [note.code for note in found.notes]


WILD = st.text(max_size=40) | st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<div class='share'>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<a href='/x'>",
            "</a>",
            "<h1>",
            "<title>",
        ),
        *(
            "&lt;script&gt;",
            "&amp;lt;p&amp;gt;",
            "<br>",
            "<table><tr><td>",
            "<style>",
            "]]>",
            "<svg onload=x>",
            "<li>",
            "&#x202e;",
        ),
        *(
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"<b>x</b>"}</script>',
            FIRST,
            HEADLINE,
        ),
        *(
            '<meta property="og:title" content="&lt;img src=x onerror=alert(1)&gt;عنوان طويل">',
            "<time datetime='2017-13-99'>",
        ),
    )
)


@settings(max_examples=150)
@given(st.lists(WILD, max_size=25), st.text(max_size=20))
def test_any_page_gives_an_article_without_markup_or_a_coded_refusal(pieces, address):
    found = extract_html("<html><body>" + "".join(pieces), address=address)
    if isinstance(found, Rejected):
        assert found.code and found.message
        return
    for text in (found.title, found.body, found.author, found.source, found.section, found.dateline):
        assert not has_script(text)
        assert not MARKUP.search(text)
        assert not re.search("[\x00-\x08\ud800-\udfff]", text)


@settings(max_examples=100)
@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_under_any_label_give_an_article_or_a_coded_refusal(content, label):
    found = extract_html(b"<html><body><p>" + content, declared_charset=label)
    assert isinstance(found, ExtractedArticle) or found.code
