"""The command: runs listed, shown, and undone."""

import io
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles import curation
from articles.importing.store.lock import only_import
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.factories import make_run

pytestmark = pytest.mark.django_db


def run(*arguments, command="import_runs"):
    """What the command printed on stdout and on stderr, and how it ended."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


@pytest.fixture
def imported(tmp_path):
    """A run with two articles, a rejected and a failed item."""
    path = tmp_path / "news.jsonl"
    records = [{"title": f"خبر السوق {number}", "body": f"متن الخبر {number}."} for number in (1, 2)]
    lines = [json.dumps(record) for record in (*records, {"title": ""})]
    path.write_text("\n".join([*lines, "{broken"]), "utf-8")
    assert run(path, command="import_articles")[2] == 2
    return ImportRun.objects.get()


@pytest.fixture
def answer(monkeypatch):
    """`answer("yes")` is what the operator types."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))


def test_runs_are_listed_newest_first(imported):
    newer = make_run(state="finished", inputs=["a.csv", "b.csv"])
    out, _err, status = run("list")
    heading, first, second = out.splitlines()
    assert (heading.split()[0], first.split()[0], second.split()[0]) == (
        "run",
        str(newer.pk),
        str(imported.pk),
    )
    assert (first.endswith("a.csv and 1 more"), second.split()[3:7], status) == (
        True,
        ["finished", "4", "2", "2"],
        0,
    )


def test_limit_lists_the_latest_runs_only():
    for _time in range(3):
        make_run()
    assert len(run("list", "--limit", 2)[0].splitlines()) == 1 + 2


def test_a_run_is_shown_with_its_counts_and_the_items_that_failed(imported):
    out, _err, status = run("show", imported.pk)
    assert ("new                  2" in out, "read                 4" in out, status) == (True, True, 0)
    assert "line 3: rejected (empty): title and body are empty" in out
    assert "line 4: failed (bad_json)" in out


def test_more_failures_than_the_limit_are_told(imported):
    out = run("show", imported.pk, "--limit", 1)[0]
    assert ("bad_json" in out, "... and 1 more; --limit 2 shows them all" in out) == (False, True)


def test_undo_asks_with_the_counts_and_takes_back_what_the_run_added(imported, answer):
    answer("yes")
    out, _err, status = run("undo", imported.pk)
    assert "takes back 2 articles and 4 captures; 0 items stay" in out
    assert "taken back: 2 articles and 4 captures; 0 items stay\n4 files left the store" in out
    assert (Article.objects.count(), Capture.objects.count(), status) == (0, 0, 0)


@pytest.mark.parametrize("typed", ["no", "", "y"])
def test_without_a_yes_nothing_is_changed(imported, answer, typed):
    answer(typed)
    _out, err, status = run("undo", imported.pk)
    assert (Article.objects.count(), "nothing was changed" in err, status) == (2, True, 1)


def test_noinput_does_not_ask(imported):
    assert (run("undo", imported.pk, "--noinput")[2], Article.objects.count()) == (0, 0)


def test_what_is_undone_is_found_no_more(imported):
    assert search(SearchRequest(text="السوق")).hits
    run("undo", imported.pk, "--noinput")
    assert not search(SearchRequest(text="السوق")).hits


def test_no_index_leaves_the_removals_waiting(imported):
    out, _err, _status = run("undo", imported.pk, "--noinput", "--no-index")
    assert "indexed" not in out
    assert not search(SearchRequest(text="السوق")).hits  # readers are spared them all the same


def test_an_undone_run_is_listed_as_such_and_keeps_its_counts(imported):
    run("undo", imported.pk, "--noinput")
    assert "undone" in run("list")[0]
    shown = run("show", imported.pk)[0]
    assert ("undone at" in shown, "new                  2" in shown) == (True, True)


def test_what_stays_is_listed_with_the_reason_and_ends_with_2(imported):
    article = Article.objects.earliest("pk")
    curation.withdraw(article, by=User.objects.create(username="منى"))
    _out, err, status = run("undo", imported.pk, "--noinput")
    assert f"line 1: stays as {article.public_id}: a curator worked on it" in err
    assert (list(Article.objects.all()), status) == ([article], 2)


def test_dry_run_lists_and_changes_nothing(imported):
    curation.withdraw(Article.objects.earliest("pk"), by=User.objects.create(username="منى"))
    out, err, status = run("undo", imported.pk, "--dry-run")
    assert "would take back 1 articles and 3 captures; 1 items stay" in out
    assert ("stays as" in err, status, Article.objects.count()) == (True, 2, 2)
    assert not ImportRun.objects.get().undone_at


def test_a_run_of_addresses_says_what_keeps_them_from_being_fetched_again(imported):
    ImportRun.objects.update(inputs=["https://example.org/feed"])
    (settings.DATA_DIR / "fetched").mkdir()
    assert f"remove {settings.DATA_DIR / 'fetched'} first" in run("undo", imported.pk, "--noinput")[1]


def test_beside_an_import_nothing_is_undone(imported):
    with only_import(settings.CAPTURES_DIR):
        _out, err, status = run("undo", imported.pk, "--noinput")
    assert ("another import is running" in err, Article.objects.count(), status) == (True, 2, 1)


@pytest.mark.parametrize("verb", ["show", "undo"])
def test_an_unknown_run_ends_with_1_and_says_where_to_look(verb):
    _out, err, status = run(verb, 99)
    assert (err, status) == ("no run 99; `manage.py import_runs list` lists them", 1)


@pytest.mark.parametrize("arguments", [(), ("undo",), ("show", "x"), ("forget", "1")])
def test_a_wrong_call_ends_with_1(arguments):
    assert run(*arguments)[2] == 1
