"""One spelling for every address, and digests of addresses and texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.addresses import normalize
from articles.importing.fingerprints import text_digest, url_digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://Example.ORG/a", "http://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org/a#comments", "http://example.org/a"),
        ("http://example.org/a?utm_source=x&id=1&utm_medium=y", "http://example.org/a?id=1"),
        ("http://example.org/a?fbclid=x", "http://example.org/a"),
        ("http://example.org/خبر", "http://example.org/%d8%ae%d8%a8%d8%b1"),
        ("http://example.org/%7Ea/%41", "http://example.org/~a/A"),
        (" http://example.org/a b ", "http://example.org/a%20b"),
    ],
)
def test_two_spellings_of_an_address_are_one(one, other):
    assert normalize(one) == normalize(other) != ""
    assert url_digest(one) == url_digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "http://example.org/b"),
        ("http://example.org/a", "http://example.org/A"),
        ("http://example.org/?id=1", "http://example.org/?id=2"),
        ("http://example.org:8080/a", "http://example.org/a"),
        ("http://example.org/a%2Fb", "http://example.org/a/b"),
        ("http://example.org/?a=1&b=2", "http://example.org/?a=1b=2"),
    ],
)
def test_two_addresses_stay_two(one, other):
    assert normalize(one) != normalize(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http:///a",
        "http://a:b:c",
        "خبر",
        "http://[::1",
    ],
)
def test_what_is_no_address_of_the_web_has_no_digest(url):
    assert (normalize(url), url_digest(url)) == ("", "")


@given(st.text(max_size=60).map(lambda rest: f"http://example.org/{rest}"))
def test_normalising_twice_changes_nothing(url):
    assert normalize(normalize(url)) == normalize(url)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_none(text):
    assert isinstance(normalize(text), str)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_has_a_digest(title, body):
    assert len(text_digest(title, body)) == 64


def test_spelling_marks_and_punctuation_do_not_change_a_text_s_digest():
    plain = text_digest("السوق القديمة", "قال المصدر ان العمل انتهي عام 2014")
    assert text_digest("«السُّوق» القديمه", "قال المصدر: إنّ العمل انتهى عام ٢٠١٤.\n") == plain


@pytest.mark.parametrize(
    ("title", "body"), [("السوق", "القديمة"), ("", "السوق القديمة"), ("السوق القديمة", "1")]
)
def test_other_words_or_another_title_are_another_text(title, body):
    assert text_digest(title, body) != text_digest("السوق القديمة", "")
