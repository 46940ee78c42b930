import pytest

from articles.templatetags.addresses import file_shown, is_web_address


@pytest.mark.parametrize("url", ["https://example.org/a?b=1", "http://example.org", "HTTPS://EXAMPLE.ORG/"])
def test_a_web_address_may_be_followed(url: str) -> None:
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "/a",
        "http://[",
        "ftp://a",
    ],
)
def test_nothing_else_becomes_a_link(url: str) -> None:
    assert not is_web_address(url)


@pytest.mark.parametrize(
    "origin, shown",
    [
        ("/home/operator/in/news.zip!2015/a.json", "news.zip!2015/a.json"),
        ("a.txt", "a.txt"),
        ("-", "-"),
    ],
)
def test_the_operators_folders_are_not_shown(origin: str, shown: str) -> None:
    assert file_shown(origin) == shown
