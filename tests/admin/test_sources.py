"""The desk of sources: other names, kinds, and what imports and searches make of them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.change import Change
from articles.models.source import Source, SourceName
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk, address_of
from tests.conftest import Archive
from tests.factories import make_source


def with_names(desk: Desk, source: Source, *names: str, **values: Any) -> Any:
    """The form of a source sent with these other names; those it has already stay."""
    typed = desk.typed(desk.open(source))
    held = list(source.names.order_by("source", "name"))
    typed["names-TOTAL_FORMS"] = len(held) + len(names)
    for number, row in enumerate(held):
        typed |= {f"names-{number}-id": row.pk, f"names-{number}-source": source.pk}
        typed[f"names-{number}-name"] = row.name
    for number, name in enumerate(names, start=len(held)):
        typed |= {f"names-{number}-name": name, f"names-{number}-source": source.pk}
    return desk.post(address_of(source), typed | values)


def run(folder: Path, *articles: dict[str, str]) -> None:
    file = folder / "news.jsonl"
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles), "utf-8")
    store = CaptureStore(settings.CAPTURES_DIR)
    import_paths([str(file)], options=ImportOptions(), store=store, stdin=io.BytesIO())


BODY = "نص طويل بما يكفي ليكون خبراً من الأخبار التي تُحفظ في الأرشيف وتُقرأ فيه."


def test_another_name_is_found_by_searches_at_once(desk: Desk, archive: Archive) -> None:
    source = make_source("صحيفة الأفق")
    archive.add("خبر", source=source)
    archive.index()
    assert search(SearchRequest("المصدر:ufuq")).total == 0
    with_names(desk, source, "Ufuq Daily")
    assert search(SearchRequest("المصدر:ufuq")).total == 1
    assert search(SearchRequest("المصدر:الأفق")).total == 1


def test_what_is_imported_under_another_name_is_the_sources_own(archive: Archive, tmp_path: Path) -> None:
    source = make_source("صحيفة الأفق")
    SourceName.objects.create(source=source, name="Ufuq Daily")
    run(tmp_path, {"title": "خبر", "body": BODY, "source": "UFUQ  daily"})
    article = Article.objects.get()
    assert article.source == source
    assert Source.objects.count() == 1


def test_the_same_text_under_either_name_is_one_article(archive: Archive, tmp_path: Path) -> None:
    source = make_source("صحيفة الأفق")
    run(tmp_path, {"title": "خبر", "body": BODY, "source": "صحيفة الأفق"})
    SourceName.objects.create(source=source, name="الأفق اليوم")
    run(tmp_path, {"title": "خبر", "body": BODY, "source": "الأفق اليوم", "note": "ثانية"})
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "problem"),
    [("صحيفه الافق", "اسم واحد"), ("وكالة الساحل", "اسم لمصدر آخر"), ("الساحل نت", "اسم لمصدر آخر")],
)
def test_a_name_belongs_to_one_source(desk: Desk, archive: Archive, name: str, problem: str) -> None:
    source, other = make_source("صحيفة الأفق"), make_source("وكالة الساحل")
    SourceName.objects.create(source=other, name="الساحل نت")
    assert problem in with_names(desk, source, name).content.decode()
    assert not source.names.exists()


def test_a_source_cannot_take_the_other_name_of_another(desk: Desk, archive: Archive) -> None:
    source, other = make_source("صحيفة الأفق"), make_source("وكالة الساحل")
    SourceName.objects.create(source=other, name="الساحل نت")
    assert "موجود بإملاء آخر" in with_names(desk, source, name="الساحل نت").content.decode()
    assert not Source.objects.filter(name="الساحل نت").exists()


def test_names_and_kind_are_in_the_history_and_given_back(desk: Desk, archive: Archive) -> None:
    source = make_source("صحيفة الأفق")
    with_names(desk, source, "Ufuq", kind="newspaper", country="العراق")
    change = Change.objects.get(kind="source", key=source.pk)
    assert change.fields["names"] == [[], ["Ufuq"]]
    assert change.fields["kind"] == ["", "newspaper"]
    history = desk.get(address_of(source).replace("/change/", "/history/")).content.decode()
    assert "أسماؤه الأخرى" in history
    assert "Ufuq" in history
    desk.post(f"/admin/articles/source/changes/{change.pk}/", {"reason": ""})
    source.refresh_from_db()
    assert (source.kind, source.country, list(source.names.all())) == ("", "", [])


def test_a_name_that_is_another_sources_by_now_is_not_given_back(desk: Desk, archive: Archive) -> None:
    source = make_source("صحيفة الأفق")
    with_names(desk, source, "Ufuq")
    source.names.all().delete()
    Change.objects.create(kind="source", key=source.pk, label="", fields={"names": [["Ufuq"], []]})
    make_source("Ufuq")
    change = Change.objects.order_by("pk").last()
    assert change
    page = desk.post(f"/admin/articles/source/changes/{change.pk}/", {"reason": ""}).content.decode()
    assert "اسم لمصدر آخر" in page
    assert not source.names.exists()


def test_the_list_finds_a_source_by_its_other_name_and_by_kind(desk: Desk, archive: Archive) -> None:
    source = make_source("صحيفة الأفق", kind="newspaper")
    make_source("وكالة الساحل", kind="agency")
    SourceName.objects.create(source=source, name="Ufuq")
    assert list(desk.listed("source", q="ufuq").result_list) == [source]
    assert list(desk.listed("source", kind__exact="newspaper").result_list) == [source]


def test_the_cover_shows_kind_country_and_other_names(client: Client, archive: Archive) -> None:
    source = make_source("صحيفة الأفق", kind="newspaper", country="العراق")
    SourceName.objects.create(source=source, name="Ufuq")
    archive.add("خبر", source=source)
    archive.index()
    page = client.get(source.get_absolute_url()).content.decode()
    assert "<li>صحيفة</li>" in page
    assert "العراق" in page
    assert "<bdi>Ufuq</bdi>" in page
    assert "صحيفة · العراق" in "".join(client.get("/sources/").content.decode().split("<bdi>")).replace(
        "</bdi>", ""
    )
