import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.curation import withdraw
from articles.search.rewording import Rewording
from articles.search.suggestions import Suggestions, suggest
from tests.conftest import Archive
from tests.factories import make_group


@pytest.fixture
def library(archive: Archive) -> Archive:
    archive.add("تنظيم الدولة ينسحب", "العراق", source="صحيفة الأفق", author="نورا الحداد")
    archive.add("تنظيم الدولة يعود", "العراق والعالم", source="صحيفة الأفق", published_on="2017-02-14")
    archive.add("تنظيم القاعدة في اليمن", "العالم كله العالم", source="جريدة الرائد")
    archive.add("خبر مستور", "زعفران", source="مجلة السر", author="زينب الخفية", status="draft")
    archive.index()
    return archive


def words(text: str) -> list[str]:
    return [word.text for word in suggest(text).words]


def test_the_last_word_is_completed_and_the_others_are_kept(library: Archive) -> None:
    assert words("نفط العرا") == ["نفط العراق"]


def test_the_number_of_articles_goes_with_each_word(library: Archive) -> None:
    assert [(word.text, word.count) for word in suggest("الع").words] == [("العراق", 2), ("العالم", 1)]


def test_words_that_follow_in_titles_come_first(library: Archive) -> None:
    assert words("تنظيم ال")[:2] == ["تنظيم الدولة", "تنظيم القاعدة"]


@pytest.mark.parametrize("typed", ["الدو", "الدَّو", "الـدو", "\ufe8d\ufedf\ufeaa\ufeed", "«الدو"])
def test_it_makes_no_difference_how_the_letters_are_typed(typed: str, library: Archive) -> None:
    assert "الدولة" in words(typed)[0]


def test_titles_lead_to_their_articles_the_newest_first(library: Archive) -> None:
    titles = suggest("الدو").titles
    assert [title.text for title in titles] == ["تنظيم الدولة يعود", "تنظيم الدولة ينسحب"]
    assert titles[0].url.startswith("/a/")


def test_titles_hold_the_words_before_as_well(library: Archive) -> None:
    assert [title.text for title in suggest("تنظيم الق").titles] == ["تنظيم القاعدة في اليمن"]


def test_sources_and_authors_are_found_by_any_word_of_their_names(library: Archive) -> None:
    (source,) = suggest("الأف").sources
    assert (source.text, source.count) == ("صحيفة الأفق", 2)
    (author,) = suggest("الحداد نو").authors
    assert (author.text, author.count) == ("نورا الحداد", 1)
    assert author.query_string.startswith("q=&author=")


def test_words_of_a_field_are_those_of_its_names(library: Archive) -> None:
    assert words("المصدر:الر") == ["المصدر:الرائد"]
    assert words("نفط الكاتب:نو") == ["نفط الكاتب:نورا"]


def test_one_letter_brings_words_only(library: Archive) -> None:
    found = suggest("ت")
    assert (found.words[0].text, found.titles, found.sources) == ("تنظيم", (), ())


def test_what_begins_no_word_may_be_meant_otherwise(library: Archive) -> None:
    assert Rewording("العراق", "layout") in suggest("hguvhr").corrections


def test_nothing_that_readers_may_not_see_is_suggested(library: Archive) -> None:
    assert [suggest(typed) for typed in ("زعف", "مستو", "السر", "زين", "الخف")] == [Suggestions()] * 5


def test_what_is_withdrawn_is_gone_at_once(library: Archive, admin_user: User) -> None:
    article = library.add("فضيحة كبرى", "كهرمان", source="نشرة البحر", author="فاضل المنسي")
    library.index()
    assert [bool(suggest(typed).words) for typed in ("فضي", "كهر")] == [True, True]
    assert suggest("البح").sources and suggest("المنس").authors and suggest("كبر").titles
    withdraw(article, by=admin_user)
    assert [suggest(typed) for typed in ("فضي", "كهر", "البح", "المنس", "كبر")] == [Suggestions()] * 5


@pytest.mark.parametrize("typed", ["", " ", "ا" * 1000, "\x00", "﷽" * 90, "()", '"', "-", "*"])
def test_what_cannot_be_completed_brings_nothing(typed: str, library: Archive) -> None:
    assert suggest(typed).words == ()


def test_without_an_index_there_are_no_suggestions(db: None, data_folder: object) -> None:
    assert suggest("العر") == Suggestions()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_anything_may_be_typed(library: Archive, text: str) -> None:
    assert len(suggest(text).words) <= 8


def test_places_are_suggested_each_for_itself_with_the_articles_it_has(archive: Archive) -> None:
    archive.add("خبر أول", "نص", city="الموصل", country="العراق")
    archive.add("خبر ثان", "نص", city="بغداد", country="العراق")
    archive.add("خبر مستور", "نص", city="العمارة", country="العراق", status="draft")
    archive.index()
    (place,) = suggest("العرا").places
    assert (place.text, place.count) == ("العراق", 2)
    assert place.query_string.startswith("q=&place=")
    assert [place.text for place in suggest("المو").places] == ["الموصل"]
    assert suggest("العما").places == ()


def test_known_names_are_suggested_with_what_a_search_for_them_finds(library: Archive) -> None:
    make_group("داعش", "تنظيم الدولة")
    make_group("زعفران الجبل", "زعفران السهل")
    (name,) = suggest("داع").names
    assert (name.text, name.count) == ("داعش", 2)
    assert [name.text for name in suggest("تنظيم الدو").names] == ["تنظيم الدولة"]
    assert suggest("زعف").names == ()
