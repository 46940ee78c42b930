from datetime import date

import pytest
from hypothesis import given

from articles.citations.record import CitedArticle, plain
from articles.citations.styles import STYLES, text_of
from tests.citations.strategies import CITED, known

URL = "https://archive.example/a/0123456789/"


def written(style: str, **values: object) -> str:
    return text_of(STYLES[style](known(**values)))


CITATIONS = {
    "arabic": "ليلى الحداد، «دفاتر المقاتلين»، جريدة الأفق، 14 شباط / فبراير 2017، محفوظ في: ورّاق، "
    "شوهد في 5 آذار / مارس 2024، في: " + URL,
    "apa": "ليلى الحداد. (2017, February 14). دفاتر المقاتلين. جريدة الأفق. " + URL,
    "mla": "ليلى الحداد. “دفاتر المقاتلين.” جريدة الأفق, 14 Feb. 2017, ورّاق, " + URL + ". Accessed 5 Mar. 2024.",
    "chicago": "ليلى الحداد. “دفاتر المقاتلين.” جريدة الأفق, February 14, 2017. ورّاق. Accessed March 5, 2024. "
    + URL + ".",
}  # fmt: skip


@pytest.mark.parametrize("style, citation", CITATIONS.items())
def test_a_style_writes_what_is_known_in_its_own_order(style: str, citation: str) -> None:
    assert written(style) == citation


@pytest.mark.parametrize(
    "style, precision, shown",
    [
        ("apa", "month", "(2017, February)."),
        ("apa", "year", "(2017)."),
        ("mla", "month", ", Feb. 2017,"),
        ("mla", "year", ", 2017,"),
        ("chicago", "month", ", February 2017."),
        ("chicago", "year", ", 2017."),
    ],
)
def test_a_date_says_no_more_than_is_known(style: str, precision: str, shown: str) -> None:
    assert shown in written(style, precision=precision)


@pytest.mark.parametrize("style", ["apa", "mla", "chicago"])
def test_an_unknown_date_is_said_to_be_unknown(style: str) -> None:
    assert "n.d." in written(style, day=None, precision="unknown")
    assert "n.d." not in written(style)


def test_an_undated_article_is_cited_in_apa_with_the_day_it_was_read() -> None:
    citation = written("apa", day=None, precision="unknown")
    assert citation.endswith("Retrieved March 5, 2024, from " + URL)


@pytest.mark.parametrize(
    "style, shown",
    [
        ("arabic", "بلا تاريخ (التُقط في 14 شباط / فبراير 2017)"),
        ("apa", "(n.d.). دفاتر المقاتلين. جريدة الأفق. Captured February 14, 2017."),
        ("mla", "n.d., captured 14 Feb. 2017"),
        ("chicago", "n.d., captured February 14, 2017"),
    ],
)
def test_the_day_of_a_crawl_is_no_date_of_publication(style: str, shown: str) -> None:
    assert shown in written(style, date_is_from_crawl=True)


@pytest.mark.parametrize(
    "style, begins",
    [
        ("arabic", "«دفاتر المقاتلين»، جريدة"),
        ("apa", "دفاتر المقاتلين. (2017, February 14). جريدة"),
        ("mla", "“دفاتر المقاتلين.” جريدة"),
        ("chicago", "“دفاتر المقاتلين.” جريدة"),
    ],
)
def test_an_unsigned_article_begins_with_its_title(style: str, begins: str) -> None:
    assert written(style, author="").startswith(begins)


@pytest.mark.parametrize("style", list(STYLES))
def test_a_title_that_the_archive_supplied_is_called_so(style: str) -> None:
    derived = written(style, title_is_derived=True)
    assert "[عنوان مستخرج من أول النص]" in derived or "[title supplied by the archive]" in derived


@pytest.mark.parametrize(
    "style, names",
    [
        ("arabic", "ليلى الحداد وسامر القيسي وهدى سالم،"),
        ("apa", "ليلى الحداد, سامر القيسي, & هدى سالم."),
        ("mla", "ليلى الحداد, et al. “"),
        ("chicago", "ليلى الحداد, سامر القيسي, and هدى سالم."),
    ],
)
def test_several_authors_stand_as_each_style_has_it(style: str, names: str) -> None:
    assert written(style, author="ليلى الحداد؛ سامر القيسي; هدى سالم").startswith(names)


@pytest.mark.parametrize(
    "author",
    [
        "رنا سالم ووليد عمر",
        "واس - جدة",
        "«الاقتصادية» من الرياض",
        "لندن: «الشرق الأوسط»",
        "وزارة الصحة، قسم الإعلام",
        "عبد الله بن سعود",
    ],
)
def test_what_may_be_one_name_is_never_split(author: str) -> None:
    assert known(author=author).authors == (author,)


@pytest.mark.parametrize("style", list(STYLES))
def test_a_paragraph_is_cited_by_its_number_and_its_link(style: str) -> None:
    citation = written(style, paragraph=3, url=URL + "#p3")
    assert "para. 3" in citation or "par. 3" in citation or "الفقرة 3" in citation
    assert URL + "#p3" in citation


def test_a_title_that_ends_in_a_mark_gets_no_full_stop_beside_it() -> None:
    assert "(2017, February 14). من يحفظ الأوراق؟ جريدة" in written("apa", title="من يحفظ الأوراق؟")


@given(CITED)
def test_any_article_can_be_cited_on_one_line_with_its_link(cited: CitedArticle) -> None:
    for style in STYLES.values():
        citation = text_of(style(cited))
        assert cited.url in citation
        assert plain(cited.title) in citation
        assert citation.splitlines() == [citation]


@given(CITED)
def test_values_of_the_article_stand_apart_from_the_words_of_the_style(cited: CitedArticle) -> None:
    for style in STYLES.values():
        values = [run.text for run in style(cited) if run.is_value]
        assert cited.url in values
        assert all(run.is_value for run in style(cited) if run.is_work)


def test_the_record_knows_its_day_only_where_it_was_published() -> None:
    assert known().issued == (2017, 2, 14)
    assert known(date_is_from_crawl=True).issued == ()
    assert known(date_is_from_crawl=True).captured == (2017, 2, 14)
    assert known(day=date(2017, 2, 1), precision="month").issued == (2017, 2)
