"""The two real pages the project began with. Their text is not ours to give: without it, this test is skipped."""

from pathlib import Path

import pytest

from articles.importing import charsets
from articles.importing.extraction import extract_page

PAGES = Path(__file__).resolve().parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(),
    reason="the real pages are not beside the project (../shared/seeds); nothing is wrong with it",
)


def page(number: str) -> str:
    (path,) = PAGES.glob(f"{number}_*.txt")
    return charsets.decode(path.read_bytes(), "utf-8")


def test_the_page_with_a_dateline_and_no_headline():
    text = page("000")
    article = extract_page(text)
    assert (article.source, article.city, article.country) == (
        "أخبار الآن",
        "دبي",
        "الإمارات العربية المتحدة",
    )
    assert article.author == "ديما نجم"
    assert article.title_is_derived
    assert article.body.startswith(f"{article.title}.")
    assert len(article.related_links) == 2
    assert "إقرأ" not in article.body
    assert all(link.title not in article.body for link in article.related_links)
    assert article.body.count("\n\n") == 7
    assert "related" in [note.code for note in article.notes]


def test_the_page_with_its_headline_on_the_first_line():
    text = page("003")
    article = extract_page(text)
    assert article.title == text.partition("\n")[0]
    assert not article.title_is_derived
    assert article.title not in article.body
    assert (article.notes[0].code, article.notes[0].text) == ("furniture_english", "Go to W3Schools!")
    assert "W3Schools" not in article.body


@pytest.mark.parametrize("number", ["000", "003"])
def test_the_sentences_stay_as_they_are(number):
    text = page(number)
    assert all(paragraph in text for paragraph in extract_page(text).body.split("\n\n"))
