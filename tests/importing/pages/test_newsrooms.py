"""Whole pages in the layouts of Arabic newsrooms: each gives its title, writer, date and text, and nothing else."""

import pytest

from articles.importing.records import ExtractedArticle
from tests.importing.pages.samples import Newsroom, newsrooms, token_f1

PAGES = list(newsrooms())
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def extracted(page: Newsroom) -> ExtractedArticle:
    found = page.extract()
    assert isinstance(found, ExtractedArticle), found
    return found


def test_there_are_pages_of_many_layouts():
    assert len(PAGES) >= 20


@each_page
def test_title_writer_and_newspaper_are_found(page):
    found = extracted(page)
    expected = page.expected
    assert (found.title, found.author, found.source) == (
        expected["title"], expected["author"], expected["source"],
    )  # fmt: skip


@each_page
def test_the_date_is_the_one_of_publication(page):
    published = extracted(page).published
    assert (published.day.isoformat() if published.day else "", published.precision) == (
        page.expected["published"], page.expected["precision"],
    )  # fmt: skip


@each_page
def test_the_text_comes_paragraph_for_paragraph_and_nothing_with_it(page):
    assert extracted(page).body.split("\n\n") == page.expected["body"]


@each_page
def test_what_stands_around_the_text_is_not_in_it(page):
    body = extracted(page).body
    assert [text for text in page.expected["absent"] if text in body] == []


@each_page
def test_headlines_of_other_articles_become_links(page):
    links = [[link.title, link.url] for link in extracted(page).related_links]
    assert [link for link in page.expected["links"] if link not in links] == []


@each_page
def test_section_city_and_address_are_found_where_the_page_tells_them(page):
    found = extracted(page)
    told = {name: page.expected[name] for name in ("section", "city", "url") if name in page.expected}
    assert {name: getattr(found, name) for name in told} == told


@each_page
def test_every_field_keeps_where_it_came_from_and_how_sure_it_is(page):
    found = extracted(page)
    filled = {
        name for name in ("title", "body", "author", "source", "section", "city") if getattr(found, name)
    }
    filled |= {"published_on"} if found.published.day else set()
    assert filled <= set(found.evidence)
    assert all(shown.place and 0 < shown.confidence <= 1 for shown in found.evidence.values())


def test_agreement_of_texts_is_measured_word_by_word():
    assert token_f1("أعلنت البلدية", "اعلنت البلديه") == 1.0
    assert token_f1("أعلنت البلدية أمس", "أعلنت") == 0.5
    assert token_f1("", "أعلنت") == 0.0
