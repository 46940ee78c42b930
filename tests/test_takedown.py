"""A takedown reaches everything: no address, no list, no count and no file still tells of the article."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.utils import timezone

from articles import curation, takedown
from articles.exporting.run import ExportOptions, export
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.change import Change
from articles.models.takedown import Takedown
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName, SearchRequest
from articles.search.searching import search
from articles.takedown import Demand
from tests.conftest import Archive
from tests.factories import make_article, make_capture, make_story

TITLE = "زعفران القلعة المنسية"
SENTENCE = "قال حارس السد إن فهرس المخطوطات وُجد في صندوق الأرجوان"
AUTHOR = "ميسلون الطواشي"
SECTION = "ملحق الياقوت"
URL = "https://alufuq.example/2011/zaafaran"
SECRETS = (TITLE, "زعفران", "الأرجوان", AUTHOR, SECTION)
DEMAND = Demand(reason="privacy", sentence="طلبت أسرة حذف اسمها.", requester="سعاد", note="اتصلت مرتين")


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("ليلى")


@pytest.fixture
def article(archive: Archive, curator: User) -> Article:
    """An article with all that an article can have, among others like it; the index has seen it."""
    told = archive.add(
        TITLE, f"{SENTENCE}.\nفقرة ثانية عن حارس السد.", source="جريدة الأفق", author=AUTHOR, section=SECTION,
        published_on="2011-05-03", collections=["ملفات الموصل"], url=URL, city="الموصل",
    )  # fmt: skip
    content = f"<html><title>{TITLE}</title><p>{SENTENCE}</p></html>".encode()
    captured = make_capture(
        told, content=content, media_type="text/html", captured_at=timezone.now(), url=URL, origin="a.warc"
    )
    CaptureStore(settings.CAPTURES_DIR).write(captured.sha256, content)
    told.body = f"{told.body} وزيد عليه."
    curation.save_correction(told, ["body", "url"], by=curator)
    copy = archive.add(
        "حارس السد", "قال حارس السد إن فهرس المخطوطات وُجد", source="الساحل", published_on="2012"
    )
    make_story(copy, told)
    for number in range(4):
        body = "قال حارس السد إن فهرس المخطوطات وُجد"
        archive.add(f"خبر عن السد {number}", body, source="جريدة الأفق", collections=["ملفات الموصل"])
    archive.index()
    return told


def addresses(article: Article) -> list[str]:
    """Every address that could tell of the article; those of searches do not name what is looked for."""
    own = article.get_absolute_url()
    capture = article.captures.get()
    held = f"{own}captures/{capture.sha256}/"
    pages = [own, f"{own}?q=%D8%A7", f"{own}cite/", f"{own}cite.bib", f"{own}cite.ris", f"{own}cite.json"]
    pages += [f"{own}captures/", held, f"{held}raw/", f"{held}raw/?save", f"{own}versions/"]
    pages += [f"{own}versions/{number}/" for number in (1, 2)]
    pages += [f"{prefix}{URL}" for prefix in ("/url/", "/timemap/link/", "/timemap/json/")]
    searched = ("", "السد", "حارس السد", "زعفرنا", "الموصل")
    pages += [f"/search/?q={quote(text)}" for text in searched]
    pages += [f"/search/feed/?q={quote(text)}" for text in searched]
    pages += [f"/search/?q={quote('السد')}&copies=one", "/search/?sort=newest&year=2011"]
    pages += [
        f"/search/suggest/?q={quote(text)}" for text in ("زع", "زعف", "زعفرا", "الارجو", "ميسل", "صندوق ال")
    ]
    pages += ["/", "/search/advanced/", "/sources/", "/authors/", "/collections/", "/dates/", "/dates/2011/"]
    pages += ["/dates/2011/5/", "/dates/2011/5/3/", "/on-this-day/?month=5&day=3", "/dates/undated/"]
    pages += [f"/sources/{quote('جريدة-الأفق')}/", f"/collections/{quote('ملفات-الموصل')}/"]
    pages += ["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/articles-0.xml", "/opensearch.xml"]
    return pages + [other.get_absolute_url() for other in Article.objects.exclude(pk=article.pk)]


def telling(article: Article, client: Client) -> set[str]:
    """The addresses whose answers say something of the article."""
    found = set()
    for address in addresses(article):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode()
        if "json" in response["Content-Type"]:
            text = json.dumps(json.loads(text), ensure_ascii=False)
        linked = not address.startswith(article.get_absolute_url()) and article.public_id in text
        if linked or any(secret in text for secret in SECRETS):
            found.add(address)
    return found


def counted() -> tuple[Any, ...]:
    """What is counted: hits, facets and months of a search, and of the whole archive."""
    page = search(SearchRequest(text="السد"))
    held = Stocktaking().holdings(facets=(FacetName.SECTION, FacetName.AUTHOR, FacetName.SOURCE))
    assert held
    facets = {(facet.name, value.value, value.count) for facet in page.facets for value in facet.values}
    return page.total, facets, held.total, held.timeline, held.facets


def exported(folder: Path) -> str:
    """All that an export for others says, unpacked."""
    export(folder, options=ExportOptions(published_only=True), store=CaptureStore(settings.CAPTURES_DIR))
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(held) if held[:2] == b"\x1f\x8b" else held for held in files).decode(
        "utf-8", "replace"
    )


def taken_down(article: Article, by: User) -> None:
    takedown.take_down(article, DEMAND, by=by)


def withdrawn(article: Article, by: User) -> None:
    curation.withdraw(article, by=by)


def under_embargo(article: Article, by: User) -> None:
    article.embargoed_until = timezone.localdate() + timedelta(days=1)
    curation.save_correction(article, ["embargoed_until"], by=by)


@pytest.mark.parametrize("is_index_told", [False, True], ids=["before the index", "after the index"])
@pytest.mark.parametrize("hide, answer", [(taken_down, 410), (withdrawn, 410), (under_embargo, 404)])
def test_nothing_public_tells_of_an_article_that_readers_may_not_see(
    hide: Callable[[Article, User], None], answer: int, is_index_told: bool, article: Article, curator: User,
    archive: Archive, client: Client, tmp_path: Path,
) -> None:  # fmt: skip
    told_before = telling(article, client)
    assert {"/", "/search/?q=" + quote("السد"), "/authors/", "/dates/2011/5/3/"} <= told_before
    told_of = {address.split("?")[0].strip("/").split("/")[-1] for address in told_before}
    assert {"suggest", "feed", "versions", "captures", "raw", "cite.bib", "articles-0.xml"} <= told_of
    assert any(other.get_absolute_url() in told_before for other in Article.objects.exclude(pk=article.pk))
    assert "الأرجوان" in exported(tmp_path / "before")
    hide(article, curator)
    if is_index_told:
        archive.index()
    assert telling(article, client) == set()
    everything = exported(tmp_path / "after")
    assert not [secret for secret in (*SECRETS, article.public_id) if secret in everything]
    assert client.get(article.get_absolute_url()).status_code == answer


def test_counts_are_those_of_an_archive_without_it(archive: Archive, article: Article, curator: User) -> None:
    with_it = counted()
    taken_down(article, curator)
    at_once = counted()
    archive.index()
    assert at_once == counted()
    assert (at_once[0], at_once[2]) == (with_it[0] - 1, with_it[2] - 1)
    assert "2011-05" in with_it[3] and "2011-05" not in at_once[3]
    assert SECTION in with_it[4][FacetName.SECTION] and SECTION not in at_once[4][FacetName.SECTION]


def test_its_address_says_why_and_when_and_never_who_asked(
    article: Article, curator: User, client: Client
) -> None:
    taken_down(article, curator)
    Takedown.objects.update(taken_at="2026-03-04T12:00Z")
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "حماية الخصوصية" in page and DEMAND.sentence in page and "2026" in page
    assert DEMAND.requester not in page and DEMAND.note not in page and "ليلى" not in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-cache" in response["Cache-Control"]


def test_an_article_that_the_law_closed_answers_451_and_names_who_closed_it(
    article: Article, curator: User, client: Client
) -> None:
    takedown.take_down(article, Demand(reason="court", is_legal=True), by=curator)
    without = client.get(article.get_absolute_url())
    with override_settings(OPERATOR_URL="https://archive.example.org/"):
        named = client.get(article.get_absolute_url() + "cite/")
    assert (without.status_code, named.status_code) == (451, 451)
    assert "Link" not in without
    assert named["Link"] == '<https://archive.example.org/>; rel="blocked-by"'


def test_readers_of_english_are_told_in_english(article: Article, curator: User, client: Client) -> None:
    taken_down(article, curator)
    client.cookies["django_language"] = "en"
    page = client.get(article.get_absolute_url()).content.decode()
    assert "taken down by the archive" in page and "Protection of privacy" in page


def test_what_stands_taken_down_no_other_verb_gives_back(article: Article, curator: User) -> None:
    taken_down(article, curator)
    assert curation.publish(Article.objects.filter(pk=article.pk), by=curator) == 0
    assert curation.to_draft(article, by=curator) == 0
    assert takedown.take_down(article, DEMAND, by=curator) == 0
    assert article.status == "withdrawn"


@pytest.mark.parametrize("status", ["published", "draft", "in_review", "withdrawn"])
def test_lifting_a_takedown_makes_the_article_what_it_was(status: str, curator: User) -> None:
    article = make_article(status=status)
    taken_down(article, curator)
    assert article.status == "withdrawn"
    assert takedown.restore(article, by=curator, reason="رُدّ الطلب") == 1
    assert article.status == status
    held = Takedown.objects.get()
    assert (held.lifted_by, held.lift_reason) == (curator, "رُدّ الطلب")
    assert takedown.standing_takedown(article) is None


def test_an_article_can_be_taken_down_again(curator: User) -> None:
    article = make_article()
    taken_down(article, curator)
    takedown.restore(article, by=curator)
    taken_down(article, curator)
    assert (article.takedowns.count(), Takedown.objects.standing().count()) == (2, 1)


def test_many_are_taken_down_in_a_bounded_number_of_queries(
    curator: User, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(curation, "BATCH", 20)
    for _number in range(50):
        make_article()
    curation.to_draft(make_article(), by=curator)
    with django_assert_max_num_queries(33):
        assert takedown.take_down(Article.objects.filter(status="published"), DEMAND, by=curator) == 50


def test_the_history_tells_of_it_and_keeps_the_private_note_out(curator: User) -> None:
    article = make_article()
    taken_down(article, curator)
    change = Change.objects.get()
    assert (change.fields, change.actor) == ({"status": ["published", "withdrawn"]}, curator)
    assert DEMAND.sentence in change.reason and DEMAND.note not in change.reason


# Embargoes


def found(text: str) -> list[str]:
    return [hit.title_text for hit in search(SearchRequest(text=text)).hits]


def test_an_embargo_ends_by_itself_on_its_day(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    held = archive.add("سدّ الموصل", embargoed_until=today + timedelta(days=3))
    archive.index()
    assert found("الموصل") == []
    assert not Article.objects.visible().exists()
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(days=3))
    assert found("الموصل") == ["سدّ الموصل"]
    assert list(Article.objects.visible()) == [held]


def test_an_article_whose_embargo_ended_leaves_with_what_is_new(tmp_path: Path, db: None) -> None:
    made = make_article("خرج من الحظر", embargoed_until=timezone.localdate())
    Article.objects.filter(pk=made.pk).update(updated_at=timezone.now() - timedelta(days=90))
    options = ExportOptions(published_only=True, since=timezone.now() - timedelta(days=1))
    export(tmp_path / "new", options=options, store=CaptureStore(settings.CAPTURES_DIR))
    assert made.public_id in (tmp_path / "new" / "data" / "articles.jsonl").read_text("utf-8")
