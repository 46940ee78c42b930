from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from tests.conftest import Archive

SPACE = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def description(db: None, client: Client) -> ElementTree.Element:
    response = client.get("/opensearch.xml")
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def template(description: ElementTree.Element, media_type: str) -> str:
    (url,) = description.findall(f"o:Url[@type='{media_type}']", SPACE)
    return url.attrib["template"]


def test_the_archive_says_its_name_and_language(description: ElementTree.Element) -> None:
    assert description.findtext("o:ShortName", namespaces=SPACE) == "ورّاق"
    assert description.findtext("o:Language", namespaces=SPACE) == "ar"
    assert description.findtext("o:InputEncoding", namespaces=SPACE) == "UTF-8"


@pytest.mark.parametrize("media_type", ["text/html", "application/json"])
@pytest.mark.parametrize("page", ["", "1"])
def test_its_addresses_search(
    media_type: str, page: str, description: ElementTree.Element, archive: Archive, client: Client
) -> None:
    archive.add("سقوط الموصل")
    archive.index()
    url = template(description, media_type).replace("{searchTerms}", "الموصل").replace("{startPage?}", page)
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(media_type)
    assert "سقوط" in response.content.decode()


def test_its_address_of_suggestions_suggests(
    description: ElementTree.Element, archive: Archive, client: Client
) -> None:
    archive.add("سقوط الموصل")
    archive.index()
    url = template(description, "application/x-suggestions+json").replace("{searchTerms}", "المو")
    assert client.get(url).json()[1][0] == "الموصل"


def test_every_page_leads_to_the_description(archive: Archive, client: Client) -> None:
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in (
        client.get("/search/help/").content.decode()
    )


def test_a_long_name_is_cut_and_special_letters_are_escaped(db: None, client: Client) -> None:
    with override_settings(SITE_NAME="أرشيف <الأخبار> & الصحف العربية"):
        root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert root.findtext("o:ShortName", namespaces=SPACE) == "أرشيف <الأخبار> "
