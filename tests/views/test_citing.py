import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive
from tests.views.conftest import Read


@pytest.fixture
def notebooks(library: Archive) -> Article:
    return Article.objects.get(author="ليلى الحداد")


def cite(article: Article, query: str = "") -> str:
    return f"{article.get_absolute_url()}cite/{query}"


def test_every_style_is_there_to_be_copied(notebooks: Article, read: Read) -> None:
    page = read(cite(notebooks))
    assert {"arabic", "apa", "mla", "chicago", "bib", "ris", "json"} <= page.ids
    assert "ليلى الحداد، «دفاتر المقاتلين الأجانب في الموصل»، جريدة الأفق، 14 شباط / فبراير 2017" in page.text
    assert "(2017, February 14)" in page.text
    assert "TY - NEWS" in page.text


def test_the_arabic_style_is_arabic_in_the_english_interface(
    notebooks: Article, read: Read, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    assert "14 شباط / فبراير 2017، محفوظ في" in read(cite(notebooks)).text


def test_an_article_without_a_date_says_so(archive: Archive, read: Read) -> None:
    text = read(cite(archive.add("خبر"))).text
    assert "بلا تاريخ" in text
    assert "(n.d.)" in text


def test_the_article_leads_to_its_citation_and_shows_its_permanent_link(
    notebooks: Article, read: Read, client: Client
) -> None:
    url = notebooks.get_absolute_url()
    page = read(url + "?q=" + quote("الموصل"))
    assert {f"{url}cite/#apa", f"{url}cite.bib", f"{url}cite.ris", "cite/?p=2"} <= set(page.links)
    html = client.get(url + "?q=x").content.decode()
    assert f'readonly dir="ltr" value="http://testserver{url}"' in html


def test_a_paragraph_has_a_citation_of_its_own(notebooks: Article, read: Read) -> None:
    page = read(cite(notebooks, "?p=2"))
    assert "الاستشهاد بالفقرة 2" in page.text
    assert f"http://testserver{notebooks.get_absolute_url()}#p2" in page.text


@pytest.mark.parametrize("asked", ["0", "3", "-1", "x", "", "9" * 4000, "²"])
def test_a_paragraph_that_is_not_there_is_not_cited(asked: str, notebooks: Article, read: Read) -> None:
    assert "الاستشهاد بالمقال" in read(cite(notebooks, f"?p={quote(asked)}")).text


@pytest.mark.parametrize(
    "form, media_type",
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_a_file_says_what_it_is(form: str, media_type: str, notebooks: Article, client: Client) -> None:
    response = client.get(f"{notebooks.get_absolute_url()}cite.{form}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{notebooks.public_id}.{form}"'
    assert response["X-Robots-Tag"] == "noindex"
    assert "دفاتر المقاتلين الأجانب في الموصل" in response.content.decode()


def test_a_file_of_no_known_form_is_not_found(notebooks: Article, client: Client) -> None:
    assert client.get(f"{notebooks.get_absolute_url()}cite.exe").status_code == 404


def test_what_is_not_published_cannot_be_cited(archive: Archive, client: Client) -> None:
    draft = archive.add("مسودة", status="draft")
    for end in ("cite/", "cite.bib", "cite.ris", "cite.json"):
        assert client.get(draft.get_absolute_url() + end).status_code == 404


def test_citing_takes_one_query(notebooks: Article, queries: Callable[[str], int]) -> None:
    assert queries(cite(notebooks)) == 1


def test_reference_managers_find_the_article_on_its_page(notebooks: Article, client: Client) -> None:
    html = client.get(notebooks.get_absolute_url()).content.decode()
    for name, content in (
        ("citation_title", "دفاتر المقاتلين الأجانب في الموصل"),
        ("citation_author", "ليلى الحداد"),
        ("citation_publication_date", "2017/02/14"),
        ("citation_journal_title", "جريدة الأفق"),
        ("z:itemType", "newspaperArticle"),
        ("DC.date", "2017-02-14"),
    ):
        assert f'<meta name="{name}" content="{content}">' in html
    assert f'<meta property="og:url" content="http://testserver{notebooks.get_absolute_url()}">' in html


def test_search_engines_find_the_article_in_json(archive: Archive, client: Client) -> None:
    title = "</script><script>alert('«1» & 2')</script>"
    html = client.get(archive.add(title, published_on="2015-11").get_absolute_url()).content.decode()
    block = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    data = json.loads(block)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == title
    assert data["datePublished"] == "2015-11"
    assert "author" not in data
