"""The rules of all sources, by host and by name."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.rules import SourceRules
from articles.importing.records import Evidence, ExtractedArticle
from articles.importing.rule_book import NO_BOOK, Outlet, RuleBook, extractor, host_of, with_outlet

TITLED = SourceRules(title="h1.story")
LINED = SourceRules(drop_lines=("حمّل تطبيقنا",))
PAPER = Outlet("صحيفة المرفأ", ("almarfaa.example",), TITLED)
SPORT = Outlet("رياضة المرفأ", ("sport.almarfaa.example",), LINED)
BOOK = RuleBook.of([PAPER, SPORT])


def article(source="", confidence=1.0):
    shown = {"source": Evidence("Open Graph og:site_name", source, confidence)} if source else {}
    return ExtractedArticle("خبر", "متن", source=source, evidence=shown)


@pytest.mark.parametrize(
    "address, name",
    [
        ("https://almarfaa.example/1", "صحيفة المرفأ"),
        ("http://www.almarfaa.example:8080/1", "صحيفة المرفأ"),
        ("https://NEWS.Almarfaa.Example/1", "صحيفة المرفأ"),
        ("https://sport.almarfaa.example/1", "رياضة المرفأ"),
        ("https://live.sport.almarfaa.example/1", "رياضة المرفأ"),
    ],
)
def test_a_host_includes_its_subdomains_and_the_longest_one_wins(address, name):
    assert BOOK.of_address(address).name == name


@pytest.mark.parametrize(
    "address", ["", "https://notalmarfaa.example/", "https://almarfaa.example.org/", "http://[", "example"]
)
def test_another_host_has_no_rules(address):
    assert BOOK.of_address(address) is None


def test_a_host_that_two_outlets_claim_is_the_first_ones():
    book = RuleBook.of([PAPER, Outlet("منتحل", ("almarfaa.example",))])
    assert book.of_address("https://almarfaa.example/") is PAPER


def test_a_host_in_arabic_letters_is_the_one_that_addresses_carry():
    host = host_of("http://المرفأ.شبكة/خبر")
    assert (host, host_of(host)) == ("المرفأ.شبكة".encode("idna").decode(), host)


def test_an_outlet_is_known_by_its_name_in_any_spelling():
    assert BOOK.of_name("صحيفه المرفا") is PAPER
    assert BOOK.of_name("") is None


def test_the_book_goes_to_another_process_whole():
    assert pickle.loads(pickle.dumps(BOOK)) == BOOK


@given(st.text(max_size=60))
def test_no_address_is_too_wild_to_ask_for(address):
    assert host_of(address) == host_of(host_of(address))
    assert BOOK.of_address(address) in (None, PAPER, SPORT)


# The source of a page


def test_a_page_that_says_nothing_is_of_the_source_of_its_host():
    found = with_outlet(article(), PAPER, "https://www.almarfaa.example/1")
    assert (found.source, found.evidence["source"]) == (
        "صحيفة المرفأ",
        Evidence("source rule almarfaa.example", "صحيفة المرفأ", 0.95),
    )


@pytest.mark.parametrize(
    "said", ["المرفأ", "موقع المرفأ", "almarfaa", "Almarfaa.example", "www.almarfaa.example"]
)
def test_the_same_outlet_in_other_words_gets_its_own_name(said):
    found = with_outlet(article(said), PAPER, "https://almarfaa.example/1")
    assert (found.source, found.evidence["source"].text) == ("صحيفة المرفأ", said)


def test_a_page_that_declares_another_outlet_keeps_it():
    said = article("وكالة الساحل", 0.9)
    assert with_outlet(said, PAPER, "https://almarfaa.example/1") is said


def test_a_name_that_the_page_only_seems_to_say_gives_way():
    found = with_outlet(article("أخبار محلية", 0.6), PAPER, "https://almarfaa.example/1")
    assert found.source == "صحيفة المرفأ"


# What a capture says of how it was read


def test_without_rules_there_is_only_the_version():
    assert extractor(NO_BOOK.rules_for("https://almarfaa.example/1", "المرفأ")) == "1"


def test_rules_show_in_a_digest_that_changes_with_them():
    one = extractor(BOOK.rules_for("https://almarfaa.example/1", "صحيفة المرفأ"))
    other = extractor([SourceRules(title="h1.other")])
    assert (one[:2], len(one), one == extractor([TITLED]), one != other) == ("1+", 10, True, True)


def test_of_an_article_that_is_no_page_only_the_lines_to_drop_count():
    assert BOOK.rules_for("", "صحيفة المرفأ") == ()
    assert BOOK.rules_for("", "رياضة المرفأ") == (LINED,)


def test_a_page_under_one_outlets_rules_loses_the_lines_of_the_outlet_it_names():
    assert BOOK.rules_for("https://almarfaa.example/1", "رياضة المرفأ") == (TITLED, LINED)
