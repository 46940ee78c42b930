"""The command: what it finds in an index that is sound, behind, wrong or damaged, and which command it names."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from articles.models.article import Article
from articles.search.engines.connection import engine

pytestmark = pytest.mark.django_db


def run(*arguments):
    """What the command printed on stdout and on stderr, and how it ended."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("check_index", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


def found(*arguments):
    return json.loads(run("--json", *arguments)[0])


@pytest.fixture
def three(archive):
    """Three published articles, indexed; their keys."""
    keys = [archive.add(title=f"نفط {number}").pk for number in range(3)]
    archive.index()
    return keys


def test_an_index_that_holds_the_database_is_sound(three):
    out, err, status = run()
    assert ["published", "3", "3"] in [line.split() for line in out.splitlines()]
    assert (err, status) == ("", 0)


def test_changes_that_wait_ask_for_an_update(three):
    Article.objects.filter(pk=three[0]).change(title="غاز")
    Article.objects.get(pk=three[1]).delete()
    told = found()
    assert (told["waiting"], told["missing"], told["gone"]) == (2, [], [])
    assert run()[1:] == ("run manage.py update_index", 2)


def test_without_an_index_it_asks_for_a_rebuild(archive):
    archive.add(title="نفط")
    out, err, status = run()
    assert "there is no search index" in out
    assert (err, status) == ("run manage.py rebuild_index", 2)


def test_articles_that_the_index_lost_are_missing(three):
    engine().index_articles([], [three[1]], wait=1)
    assert found()["missing"] == [three[1]]
    assert run()[1:] == ("run manage.py rebuild_index", 2)


def test_rows_that_went_without_a_word_are_gone(three):
    Article.objects.filter(pk=three[2])._raw_delete("default")
    assert found()["gone"] == [three[2]]


def test_a_status_that_changed_without_a_mark_is_different(three):
    Article.objects.filter(pk=three[0]).update(status="withdrawn")
    told = found()
    assert (told["different"], told["in_index"], told["in_database"]) == (
        [three[0]],
        {"published": 3},
        {"published": 2, "withdrawn": 1},
    )


def test_rows_that_wait_for_the_index_are_no_fault(archive, three):
    archive.add(title="غاز")
    told = found()
    assert (told["missing"], told["waiting"], told["run"]) == ([], 1, "manage.py update_index")


def test_a_damaged_file_is_told_by_name(three):
    (path,) = engine().folder.current().glob("*.terms")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    out, err, status = run()
    assert path.name in out
    assert (err, status) == ("run manage.py rebuild_index", 2)


def test_an_index_of_other_rules_is_told(three):
    (engine().folder.current() / "rules.json").write_text("{}")
    told = found()
    assert (told["rules"], told["run"]) == (False, "manage.py rebuild_index")
