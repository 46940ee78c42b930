"""The desks of what the archive writes down itself: looked at, never changed."""

from typing import Any

import pytest
from django.urls import reverse

from articles.models.import_run import Outcome
from articles.models.index_removal import IndexRemoval
from tests.admin.conftest import Desk, address_of
from tests.conftest import Archive
from tests.factories import make_article, make_capture, make_item, make_run

MAKERS = {
    "capture": lambda: make_capture(make_article()),
    "importrun": make_run,
    "importitem": lambda: make_item(article=make_article()),
    "indexremoval": lambda: IndexRemoval.objects.create(article_key=7),
}


@pytest.mark.parametrize("model", MAKERS)
def test_a_record_can_be_looked_at_and_not_changed(desk: Desk, model: str) -> None:
    record = MAKERS[model]()
    assert list(desk.listed(model).result_list) == [record]
    page = desk.open(record)
    assert 'name="_save"' not in page.content.decode()
    assert desk.client.post(address_of(record), {"sha256": "0" * 64, "outcome": "new"}).status_code == 403
    assert desk.client.get(reverse(f"admin:articles_{model}_add")).status_code == 403
    deletion = reverse(f"admin:articles_{model}_delete", args=[record.pk])
    assert desk.client.post(deletion, {"post": "yes"}).status_code == 403
    record.refresh_from_db()


def test_a_capture_shows_its_whole_digest_its_size_and_where_it_stood(desk: Desk, db: None) -> None:
    capture = make_capture(
        origin="/in/news.zip!2015/a.json", locator="item 12", size=31030, url="https://example.org/a"
    )
    page = desk.open(capture).content.decode()
    for shown in (
        capture.sha256,
        "31,030",
        "/in/news.zip!2015/a.json",
        "item 12",
        "utf-8",
        "https://example.org/a",
    ):
        assert shown in page


def test_captures_are_found_by_digest_and_by_file_and_those_without_an_article_stand_alone(
    desk: Desk, archive: Archive
) -> None:
    orphan, kept = make_capture(origin="broken.json"), make_capture(archive.add(), origin="news.json")
    assert list(desk.listed("capture", q=kept.sha256).result_list) == [kept]
    assert list(desk.listed("capture", q="broken").result_list) == [orphan]
    assert list(desk.listed("capture", article__isempty="1").result_list) == [orphan]


def test_the_counts_of_a_run_lead_to_its_items(desk: Desk, db: None) -> None:
    run = make_run(read=4, new=1, failed=1, unchanged=2)
    failed = make_item(run, outcome=Outcome.FAILED, code="bad_json")
    make_item(run)
    make_item(make_run(), outcome=Outcome.FAILED)
    page = desk.open(run).content.decode()
    address = f"{reverse('admin:articles_importitem_changelist')}?run={run.pk}&amp;outcome__exact=failed"
    assert address in page
    assert "outcome__exact=unchanged" not in page, "unchanged items are counted, not kept"
    found = desk.client.get(address.replace("&amp;", "&")).context["cl"].result_list
    assert list(found) == [failed]


def test_the_totals_of_a_run_are_all_shown(desk: Desk, db: None) -> None:
    run = make_run(read=28, new=1, captured=2, updated=3, unchanged=4, duplicate=5, rejected=6, failed=7)
    page = desk.open(run)
    rows = page.content.decode().split('<dl class="found">')[1].split("</dl>")[0]
    assert [str(outcome.label) in rows for outcome in Outcome] == [True] * 7
    assert ">28<" in rows


def test_inputs_and_options_of_a_run_can_be_read(desk: Desk, db: None) -> None:
    page = desk.open(make_run(inputs=["/in/أخبار.zip"], options={"source": "الأفق"})).content.decode()
    assert "/in/أخبار.zip" in page
    assert "الأفق" in page


def test_items_are_narrowed_by_outcome_code_and_run(desk: Desk, db: None) -> None:
    run = make_run()
    bad = make_item(run, outcome=Outcome.FAILED, code="bad_json")
    make_item(run, outcome=Outcome.REJECTED, code="empty")
    other = make_item(make_run())
    assert list(desk.listed("importitem", outcome__exact="failed").result_list) == [bad]
    assert list(desk.listed("importitem", code="bad_json").result_list) == [bad]
    assert list(desk.listed("importitem", run=other.run.pk).result_list) == [other]


def test_the_notes_of_an_item_are_shown_as_text(desk: Desk, db: None) -> None:
    item = make_item(notes=[{"code": "furniture_english", "text": "<i>Go to W3Schools!</i>"}])
    page = desk.open(item).content.decode()
    assert "furniture_english" in page
    assert "&lt;i&gt;Go to W3Schools!" in page


@pytest.mark.parametrize("model", ["capture", "importitem"])
def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    desk: Desk, db: None, model: str, django_assert_max_num_queries: Any
) -> None:
    for _number in range(20):
        MAKERS[model]()
    with django_assert_max_num_queries(9):
        desk.listed(model)
