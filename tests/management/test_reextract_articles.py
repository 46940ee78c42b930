"""The command that derives text again, and the one that finds repeated lines."""

import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.management.text_changes import LONGEST, lines
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import ImportRun
from articles.models.source import Source
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.importing.samples import FIRST, SECOND, record

pytestmark = pytest.mark.django_db

PAPER = "صحيفة المرفأ"
LINE = "هاتف غرفة الأخبار في المرفأ"


@pytest.fixture
def store(data_folder):
    return CaptureStore(settings.CAPTURES_DIR)


@pytest.fixture
def imports(tmp_path, store):
    """`imports(3)` imports records with a line too many; `imports(2, name="b.json", first=10)` others."""

    def run(count, *, name="a.json", first=0, source=PAPER):
        path = tmp_path / name
        records = [
            record(number, body=f"{FIRST} {number}\n{LINE}\n{SECOND}", source=source)
            for number in range(first, first + count)
        ]
        path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        import_paths([str(path)], options=ImportOptions(), store=store, stdin=io.BytesIO())
        return ImportRun.objects.latest("pk")

    return run


def drop(line=LINE):
    ExtractionRules.objects.create(source=Source.objects.get(name=PAPER), drop_lines=line)


def run(command="reextract_articles", **options):
    """What the command says on its two outputs, and the status it ends with."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, stdout=out, stderr=err, **options)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


def counts(out):
    return {
        line[:16].strip(): int(line[16:].replace(",", ""))
        for line in out.splitlines()
        if line[:1].isalpha() and line[16:].strip().replace(",", "").isdigit()
    }


def test_totals_sum_to_what_was_derived(imports):
    imports(3)
    drop()
    out, _err, status = run()
    assert (counts(out)["changed"], counts(out)["derived again"], status) == (3, 3, 0)
    assert counts(run()[0])["unchanged"] == 3


def test_readers_find_what_came_out(imports):
    imports(1)
    drop()
    run()
    assert search(SearchRequest(text=f'"{LINE}"')).total == 0
    assert search(SearchRequest(text="المدينة")).total == 1


def test_a_dry_run_shows_the_words_that_would_change_and_changes_nothing(imports):
    imports(1)
    drop()
    out, _err, status = run(dry_run=True)
    article = Article.objects.get()
    assert out.startswith(f"{article.public_id} {article.title}\n  body: [-{LINE}-]\n")
    assert ("dry run: nothing was written" in out, LINE in article.body, status) == (True, True, 0)


def test_articles_are_chosen_by_source_run_and_id(imports):
    imports(2)
    other = imports(3, name="b.json", first=10, source="وكالة الساحل")
    assert counts(run(source=Source.objects.get(name=PAPER).slug)[0])["derived again"] == 2
    assert counts(run(run=other.pk)[0])["derived again"] == 3
    assert counts(run(article=Article.objects.first().public_id)[0])["derived again"] == 1
    assert counts(run(limit=4)[0])["derived again"] == 4
    assert counts(run(outdated=True)[0])["derived again"] == 0


@pytest.mark.parametrize("options", [{"source": "x"}, {"run": 99}, {"article": "x"}, {"report": "a.xml"}])
def test_a_choice_that_names_nothing_is_refused(imports, options):
    imports(1)
    assert run(**options)[2] == 1


def test_what_cannot_be_derived_again_is_listed_and_ends_with_2(imports, store, tmp_path):
    imports(2)
    store.path(Capture.objects.earliest("pk").sha256).unlink()
    report = tmp_path / "report.json"
    out, err, status = run(report=str(report))
    told = json.loads(report.read_text("utf-8"))
    assert (counts(out)["missing"], counts(out)["unchanged"], status) == (1, 1, 2)
    assert Article.objects.earliest("pk").public_id in err
    assert [item["outcome"] for item in told["items"]] == ["missing", "unchanged"]
    assert told["totals"] == {"read": 2, "missing": 1, "unchanged": 1}


def test_nothing_is_done_beside_an_import(imports, store):
    imports(1)
    with only_import(store.folder):
        _out, err, status = run()
    assert ("another import is running" in err, status) == (True, 1)


# The changes on a terminal


def test_long_texts_are_shown_around_their_changes_only():
    before = f"{'كلمة ' * 100}أول {'كلمة ' * 100}"
    [line] = lines({"body": (before, before.replace("أول", "ثان"))})
    assert ("[-أول" in line, "{+ثان" in line, len(line) < 200) == (True, True, True)


def test_a_long_stretch_that_went_is_cut():
    [line] = lines({"body": ("س" * 5000, "")})
    assert len(line) < LONGEST + 50


def test_what_did_not_change_is_not_shown():
    assert list(lines({"body": ("سطر أول\nسطر ثان", "سطر أول\nسطر ثالث")})) == ["  body: سطر [-ثان-]{+ثالث+}"]


# Repeated lines


def test_repeated_lines_are_told_and_proposed(imports):
    imports(6)
    out, _err, status = run("find_repeated_lines")
    assert (LINE in out, status, RepeatedLine.objects.filter(text=LINE).count()) == (True, 0, 1)


def test_repeated_lines_of_an_unknown_source_are_refused(db):
    assert run("find_repeated_lines", source="x")[2] == 1
