from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.conftest import Archive
from tests.views.conftest import Read


def sent_to(client: Client, **given: str) -> dict[str, list[str]]:
    """The search that the form leads to, as the parameters of its address."""
    response = client.get("/search/advanced/", {"write": "1", **given})
    assert response.status_code == 302
    address = urlsplit(response["Location"])
    assert address.path == "/search/"
    return parse_qs(address.query)


def test_the_boxes_lead_to_the_results_with_the_query_in_the_box(
    library: Archive, client: Client, read: Read
) -> None:
    asked = sent_to(client, query="الموصل", none="النفط", since="2017", title="معركة")
    assert asked["q"] == ["الموصل ليس النفط العنوان:معركة التاريخ:2017.."]
    page = client.get("/search/", {"q": asked["q"][0]}).content.decode()
    assert 'value="الموصل ليس النفط العنوان:معركة التاريخ:2017.."' in page


def test_filters_and_order_of_the_search_one_came_from_stay(archive: Archive, client: Client) -> None:
    asked = sent_to(client, query="نفط", year="2017", sort="newest", level="nonsense")
    assert (asked["year"], asked["sort"]) == (["2017"], ["newest"])
    page = client.get("/search/advanced/?q=نفط&year=2017&sort=newest").content.decode()
    assert '<input type="hidden" name="year" value="2017">' in page
    assert 'name="query" value="نفط"' in page


def test_a_strictness_is_chosen_here_as_well(archive: Archive, client: Client) -> None:
    assert sent_to(client, query="نفط", level="literal")["level"] == ["literal"]
    assert client.get("/search/advanced/?q=x&level=literal").content.decode().count(" checked") == 1


@pytest.mark.parametrize("given", [{"since": "متى"}, {"distance": "9999"}, {"distance": "x"}])
def test_what_makes_no_sense_is_said_beside_its_box_and_nothing_is_lost(
    given: dict[str, str], archive: Archive, client: Client
) -> None:
    response = client.get("/search/advanced/", {"write": "1", "query": "نفط الجنوب", **given})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="note"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="نفط الجنوب"' in page


def test_empty_boxes_find_everything(library: Archive, client: Client) -> None:
    assert sent_to(client, query=" ") == {}


def test_the_results_page_leads_to_the_form_with_its_search(library: Archive, client: Client) -> None:
    page = client.get("/search/?q=الموصل&year=2017").content.decode()
    assert '<a href="/search/advanced/?q=%D8%A7%D9%84%D9%85%D9%88%D8%B5%D9%84&amp;year=2017">' in page
