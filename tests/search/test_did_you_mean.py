import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.curation import withdraw
from articles.search.did_you_mean import Correction, corrections
from articles.search.interpreting import interpret
from articles.search.request import FacetName, SearchRequest
from articles.search.searching import search
from articles.search.syntax import Level
from tests.conftest import Archive

BODIES = {
    "العراق يصدر النفط إلى الهند": 6,
    "داعش تعلن انسحابها من الموصل": 2,
    "أعلنت الولايات المتحدة موقفها": 2,
    "قال عبد الله إن تنظيم الدولة هُزم": 2,
    "زار نتنياهو واشنطن": 2,
    "اجتمع مجلس الأمن في نيويورك": 2,
    "London hosts a conference on ISIS": 2,
}


@pytest.fixture
def library(archive: Archive) -> Archive:
    for body, count in BODIES.items():
        for number in range(count):
            archive.add(f"خبر {number}", body, source="صحيفة الأفق" if number % 2 else "جريدة الرائد")
    archive.index()
    return archive


def offered(text: str, **values: object) -> list[tuple[str, str, int]]:
    request = SearchRequest(text=text, **values)  # type: ignore[arg-type]
    total = search(request).total
    return [
        (each.text, each.reason, each.total) for each in corrections(request, interpret(request).query, total)
    ]


@pytest.mark.parametrize(
    "typed, meant, reason, total",
    [
        ("العرق", "العراق", "spelling", 6),
        ("الموسل", "الموصل", "spelling", 2),
        ("نتنيهو", "نتنياهو", "spelling", 2),
        ("Lodnon", "london", "spelling", 2),
        ("]huas", "داعش", "layout", 2),
        ("]hua", "داعش", "layout", 2),
        ("jk/dl hg],gm", "تنظيم الدولة", "layout", 2),
        ("مخىيخى", "London", "layout", 2),
        ("da3esh", "داعش", "arabizi", 2),
        ("daesh", "داعش", "latin", 2),
        ("Mosul", "الموصل", "latin", 2),
        ("netanyahu", "نتنياهو", "latin", 2),
        ("Security Council", "مجلس الأمن", "latin", 2),
        ("لندن", "london", "spelling", 2),
        ("الولاياتالمتحدة", "الولايات المتحدة", "split", 2),
        ("عبدالله", "عبد الله", "split", 2),
        ("نتن ياهو", "نتنياهو", "joined", 2),
    ],
)
def test_what_was_meant_is_offered_with_its_hits(
    typed: str, meant: str, reason: str, total: int, library: Archive
) -> None:
    assert (meant.lower(), reason, total) in [
        (text.lower(), why, count) for text, why, count in offered(typed)
    ]


def test_the_page_of_results_offers_it(library: Archive) -> None:
    (first, *_others) = search(SearchRequest(text="da3esh")).alternatives
    assert (first.text, first.reason, first.total) == ("داعش", "arabizi", 2)


def test_the_likeliest_comes_first(library: Archive) -> None:
    assert offered("العرق")[0][0] == "العراق"


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("الموسل داعش", "الموصل داعش"),
        ("العنوان:(خبرر) العراق", "العنوان:خبر العراق"),
        ("(الموسل أو نيسابور) داعش", "(الموصل أو نيسابور) داعش"),
        ('الموسل "تعلن انسحابها"', 'الموصل "تعلن انسحابها"'),
        ("الموسل -بغداد", "الموصل ليس بغداد"),
    ],
)
def test_the_rest_of_the_query_stays(typed: str, meant: str, library: Archive) -> None:
    assert meant in [text for text, _reason, _total in offered(typed)]


@pytest.mark.parametrize("typed", ['"العرق"', "=العرق", "العرق*", "* -العرق", "المصدر:العرق", "العرق~"])
def test_what_was_meant_to_the_letter_is_left_alone(typed: str, library: Archive) -> None:
    assert [text for text, _reason, _total in offered(typed) if "العراق" in text] == []


@pytest.mark.parametrize("typed", ["العراق", "", "*", "زرافة", "نفط", "2015", "،"])
def test_nothing_is_offered_where_nothing_better_is_known(typed: str, library: Archive) -> None:
    assert offered(typed) == []


def test_nothing_is_offered_to_who_asks_for_letters_as_written(library: Archive) -> None:
    assert offered("العرق", level=Level.LITERAL) == []


def test_a_correction_is_counted_within_the_filters(library: Archive) -> None:
    source = library.add("خبر", "كلمة", source="صحيفة الأفق").source
    assert source is not None
    assert offered("الموسل", filters={FacetName.SOURCE: (source.slug,)})[0] == ("الموصل", "spelling", 1)


def test_what_finds_no_more_is_not_offered(library: Archive) -> None:
    request = SearchRequest(text="الموسل")
    assert corrections(request, interpret(request).query, 5) == ()


def test_a_word_of_drafts_and_withdrawn_articles_is_never_offered(archive: Archive, admin_user: User) -> None:
    archive.add(body="زعفران", status="draft")
    article = archive.add(body="زنجبيل")
    archive.index()
    assert offered("زعفرن") == []
    assert offered("زنجبل") == [("زنجبيل", "spelling", 1)]
    withdraw(article, by=admin_user)
    assert offered("زنجبل") == []
    archive.index()
    assert offered("زنجبل") == []


def test_without_an_index_nothing_is_offered(db: None, data_folder: object) -> None:
    request = SearchRequest(text="العرق")
    assert corrections(request, interpret(request).query, 0) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_query_may_be_corrected(library: Archive, text: str) -> None:
    request = SearchRequest(text=text)
    found = corrections(request, interpret(request).query, 0)
    assert all(isinstance(each, Correction) and each.total > 0 for each in found)
