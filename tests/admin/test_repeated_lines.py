"""The desk of repeated lines: what a curator decides is in the rules, and in the stored articles where they are few."""

import json

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.admin import rederiving
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.importing.store.repeating import find_repeated_lines
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.source import Source
from tests.admin.conftest import said
from tests.importing.samples import FIRST, record

LINE = "غرفة الأخبار في المرفأ تستقبل رسائل القراء مساءً"


@pytest.fixture
def line(tmp_path, data_folder, db):
    """A line that six articles of a source have, proposed."""
    path = tmp_path / "a.json"
    records = [record(number, body=f"{FIRST} {number}\n{LINE}") for number in range(6)]
    path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    import_paths([str(path)], options=ImportOptions(), store=CaptureStore(settings.CAPTURES_DIR), stdin=None)
    list(find_repeated_lines())
    return RepeatedLine.objects.get()


def decide(desk, action, *lines):
    chosen = {"action": action, "_selected_action": [line.pk for line in lines]}
    return desk.post(reverse("admin:articles_repeatedline_changelist"), chosen)


def with_line():
    return Article.objects.filter(body__contains=LINE).count()


def test_the_list_shows_each_line_with_its_source_its_count_and_three_examples(desk, line):
    page = desk.get(reverse("admin:articles_repeatedline_changelist"))
    shown = page.content.decode()
    assert LINE in shown
    assert "6 من 6 (100%)" in shown
    examples = [article.pk for article in page.context["cl"].result_list[0].shown]
    assert len(examples) == 3
    assert all(reverse("admin:articles_article_change", args=[key]) in shown for key in examples)


def test_an_approved_line_goes_into_the_rules_and_out_of_the_articles(desk, line):
    page = decide(desk, "approve", line)
    line.refresh_from_db()
    assert (line.state, line.decided_by.username, line.decided_at is not None) == ("approved", "admin", True)
    assert ExtractionRules.objects.get().drop_lines == LINE
    assert with_line() == 0
    assert any("6" in message for message in said(page))


def test_a_line_taken_back_comes_back(desk, line):
    decide(desk, "approve", line)
    decide(desk, "take_back", line)
    line.refresh_from_db()
    assert (line.state, line.decided_by, ExtractionRules.objects.get().drop_lines) == ("proposed", None, "")
    assert with_line() == 6


def test_a_dismissed_line_stays_in_the_text_and_is_not_proposed_again(desk, line):
    decide(desk, "dismiss", line)
    list(find_repeated_lines())
    line.refresh_from_db()
    assert (line.state, with_line(), ExtractionRules.objects.count()) == ("dismissed", 6, 0)


def test_dismissing_an_approved_line_takes_it_out_of_the_rules(desk, line):
    decide(desk, "approve", line)
    decide(desk, "dismiss", line)
    assert (ExtractionRules.objects.get().drop_lines, with_line()) == ("", 6)


def test_every_decision_is_in_the_history(desk, line):
    decide(desk, "approve", line)
    decide(desk, "take_back", line)
    messages = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(messages) == ["أُقرّ حذفه", "مقترح"]


def test_where_there_are_many_articles_the_command_is_said_instead(desk, line, monkeypatch):
    monkeypatch.setattr(rederiving, "AT_ONCE", 5)
    page = decide(desk, "approve", line)
    slug = Source.objects.get().slug
    assert with_line() == 6
    assert any(f"reextract_articles --outdated --source {slug}" in message for message in said(page))


def test_an_import_at_work_leaves_the_articles_to_the_command(desk, line):
    with only_import(CaptureStore(settings.CAPTURES_DIR).folder):
        page = decide(desk, "approve", line)
    assert (with_line(), ExtractionRules.objects.get().drop_lines) == (6, LINE)
    assert any("reextract_articles" in message for message in said(page))


def test_articles_that_cannot_be_read_again_are_told(desk, line):
    store = CaptureStore(settings.CAPTURES_DIR)
    store.path(Capture.objects.earliest("pk").sha256).unlink()
    page = decide(desk, "approve", line)
    assert with_line() == 1
    assert any("لم تُقرأ نسخها (1)" in message for message in said(page))


def test_rules_that_are_full_take_no_line_and_nothing_is_decided(desk, line):
    full = "\n".join(f"سطر رقم {number}" for number in range(1000))
    ExtractionRules.objects.create(source=line.source, drop_lines=full)
    page = decide(desk, "approve", line)
    line.refresh_from_db()
    assert (line.state, ExtractionRules.objects.get().drop_lines == full) == ("proposed", True)
    assert any("أقصى ما تحمله" in message for message in said(page))


def test_lines_are_decided_and_not_written(desk, line):
    page = desk.open(line)
    assert page.context["has_add_permission"] is False
    assert page.context["adminform"].form.fields == {}


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    desk, line, django_assert_max_num_queries
):
    RepeatedLine.objects.bulk_create(
        RepeatedLine(source=line.source, key=str(number), text=str(number), examples=line.examples)
        for number in range(30)
    )
    with django_assert_max_num_queries(9):
        desk.listed("repeatedline")
