"""Two sources made one: articles, rules, lines and names move, and the old address leads on."""

from typing import Any

import pytest
from django.test import Client

from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.change import Change
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.job import Job, JobState
from articles.models.source import Source, SourceName
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk, address_of
from tests.conftest import Archive
from tests.factories import make_item, make_source


@pytest.fixture
def two(archive: Archive) -> tuple[Source, Source]:
    other, into = make_source("الأفق نت", homepage="https://ufuq.example/"), make_source("صحيفة الأفق")
    for number in range(3):
        archive.add(f"خبر {number}", source=other)
    archive.add("خبر الصحيفة", source=into)
    archive.index()
    return other, into


def merge(desk: Desk, other: Source, into: str, **more: Any) -> Any:
    return desk.post(f"/admin/articles/source/{other.pk}/merge/", {"into": into, **more})


def test_what_would_move_is_shown_before_anything_does(desk: Desk, two: tuple[Source, Source]) -> None:
    page = merge(desk, two[0], "صحيفه الافق")
    assert page.context["moved"].articles == 3
    assert not Job.objects.exists()


def test_everything_moves_and_the_old_address_leads_on(
    desk: Desk,
    two: tuple[Source, Source],
    client: Client,
) -> None:
    other, into = two
    SourceName.objects.create(source=other, name="ufuq.net")
    ExtractionRules.objects.create(source=other, body="div.text")
    RepeatedLine.objects.create(source=other, key="تابعونا", text="تابعونا")
    RepeatedLine.objects.create(source=other, key="اطبع", text="اطبع")
    RepeatedLine.objects.create(source=into, key="اطبع", text="اطبع")
    item = make_item(before={"title": "قديم", "source": other.pk})
    address = other.get_absolute_url()

    merge(desk, other, "صحيفة الأفق", is_sure="on")
    do_waiting()

    job = Job.objects.get()
    assert (job.state, job.counts) == (JobState.FINISHED, {"moved": 3})
    assert not Source.objects.filter(pk=other.pk).exists()
    assert into.articles.count() == 4
    assert set(into.names.values_list("name", flat=True)) == {"الأفق نت", "ufuq.net"}
    assert into.repeated_lines.count() == 2
    assert ExtractionRules.objects.get().hosts == "ufuq.example"
    item.refresh_from_db()
    assert item.before["source"] == into.pk
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (301, into.get_absolute_url())
    assert search(SearchRequest("المصدر:نت")).total == 4


def test_the_history_of_the_articles_and_of_the_source_tells_it(
    desk: Desk, two: tuple[Source, Source]
) -> None:
    other, into = two
    merge(desk, other, into.name, is_sure="on")
    do_waiting()
    told = Change.objects.filter(kind="article").values_list("fields", flat=True)
    assert list(told) == [{"source": [other.pk, into.pk]}] * 3
    assert Change.objects.get(kind="source", key=into.pk).fields == {"names": [[], ["الأفق نت"]]}


def test_the_old_address_is_never_given_to_another_source(desk: Desk, two: tuple[Source, Source]) -> None:
    other, into = two
    slug = other.slug
    merge(desk, other, into.name, is_sure="on")
    do_waiting()
    into.names.all().update(key="x", name="x")
    assert make_source("الأفق نت").slug != slug


@pytest.mark.parametrize("name", ["لا أحد", "الأفق نت"])
def test_what_cannot_be_merged_is_not(desk: Desk, two: tuple[Source, Source], name: str) -> None:
    page = merge(desk, two[0], name, is_sure="on").content.decode()
    assert "لا مصدر اسمه" in page or "لا يُدمج مصدر في نفسه" in page
    assert not Job.objects.exists()


def test_two_sets_of_rules_are_not_mixed(desk: Desk, two: tuple[Source, Source]) -> None:
    for source in two:
        ExtractionRules.objects.create(source=source, body="div")
    assert "لكلا المصدرين قواعد" in merge(desk, two[0], two[1].name, is_sure="on").content.decode()
    assert not Job.objects.exists()


def test_who_may_not_delete_sources_may_not_merge_them(looker: Desk, two: tuple[Source, Source]) -> None:
    assert looker.client.get(f"/admin/articles/source/{two[0].pk}/merge/").status_code == 403
    assert Article.objects.filter(source=two[0]).count() == 3


def test_the_page_of_a_source_leads_to_merging_to_its_cover_and_to_its_rules(
    desk: Desk,
    two: tuple[Source, Source],
) -> None:
    page = desk.get(address_of(two[0])).content.decode()
    assert f"/admin/articles/source/{two[0].pk}/merge/" in page
    assert two[0].get_absolute_url() in page
    assert f"/admin/articles/extractionrules/add/?source={two[0].pk}" in page
