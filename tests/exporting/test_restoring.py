"""What was exported comes back as it was; what is here stays as it is; what is damaged is refused."""

import json
import shutil

import pytest
from django.contrib.auth.models import User

from articles.exporting.store.tables import NOT_EXPORTED, TABLES
from articles.exporting.verifying import BadExport, opened
from articles.importing.store.verifying import SOUND, verify_captures
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportItem, ImportRun
from articles.models.source import Source
from articles.models.story import Story, StoryMember
from articles.models.version import ArticleVersion
from tests.exporting import whole
from tests.exporting.whole import contents, empty, export_to, files, restore_from
from tests.factories import make_article, make_run, make_source

pytestmark = pytest.mark.django_db


def test_every_table_is_exported_or_said_not_to_be():
    parts = {part.model for table in TABLES for part in table.parts}
    told = (
        {table.model for table in TABLES}
        | parts
        | NOT_EXPORTED
        | {Article.collections.through, Article.tags.through}
    )
    assert {model.__name__ for model in set(whole.models()) ^ told} == set()


def test_the_restored_archive_is_equal_table_by_table_and_byte_by_byte(exported):
    before, bytes_before = contents(), whole.captures()
    assert all(before.values()), "something of everything is there"
    empty()
    assert not any(contents().values())
    restore_from(exported)
    after = contents()
    assert after.keys() == before.keys()
    for table, rows in before.items():
        assert after[table] == rows, table
    assert whole.captures() == bytes_before
    assert set(verify_captures(whole.store())) == {SOUND}


def test_the_export_of_the_restored_archive_is_the_same_bytes(exported, tmp_path):
    empty()
    restore_from(exported)
    export_to(tmp_path / "again")
    assert files(tmp_path / "again") == files(exported)


def test_restored_articles_wait_for_the_search_index(exported):
    empty()
    restore_from(exported)
    assert not Article.objects.filter(stale_since__isnull=True).exists()


def test_a_second_restoration_finds_everything_known_and_changes_nothing(exported):
    before = contents()
    done = restore_from(exported)
    assert (done.restored.total(), done.known) == (0, opened(exported).counts)
    assert contents() == before


def test_the_next_run_gets_a_number_of_its_own(exported):
    numbers = set(ImportRun.objects.values_list("pk", flat=True))
    empty()
    restore_from(exported)
    assert set(ImportRun.objects.values_list("pk", flat=True)) == numbers
    assert make_run().pk not in numbers


def test_a_dry_run_says_what_would_be_and_writes_nothing(exported):
    known = restore_from(exported, dry_run=True)
    empty()
    fresh = restore_from(exported, dry_run=True)
    assert (known.known, fresh.restored) == (opened(exported).counts, opened(exported).counts)
    assert not any(contents().values())
    assert whole.captures() == {}


def test_an_article_that_is_here_stays_as_it_is_and_the_rest_comes(exported):
    everything = contents()
    Article.objects.filter(title__contains="السيول").update(title="عنوان صححه محرر")
    captured = Capture.objects.filter(locator="").first()
    ImportItem.objects.order_by("-pk").first().delete()
    captured.delete()
    done = restore_from(exported)
    assert (done.restored["captures"], done.restored["import_items"], done.restored["articles"]) == (1, 1, 0)
    assert Article.objects.filter(title="عنوان صححه محرر").count() == 1
    assert len(contents()["articles.Capture"]) == len(everything["articles.Capture"])


def test_rows_that_collide_are_named_and_nothing_is_written(exported):
    address = Article.objects.exclude(url="").first()
    empty()
    make_article("مقال آخر بالعنوان نفسه", url=address.url, url_digest=address.url_digest)
    make_source(
        "بريد آخر", slug=json.loads((exported / "data/sources.jsonl").read_text().splitlines()[0])["slug"]
    )
    before = contents()
    with pytest.raises(BadExport) as refusal:
        restore_from(exported)
    assert f"articles {address.public_id}: its url_digest is another's here" in str(refusal.value)
    assert "its slug is another's here" in str(refusal.value)
    assert (contents(), whole.captures()) == (before, {})


def test_a_merge_adds_to_what_is_here(exported):
    empty()
    make_article("مقال كان هنا", source="جريدة الأفق")
    make_run()
    here = Source.objects.get()
    restore_from(exported)
    counts = opened(exported).counts
    assert Article.objects.count() == counts["articles"] + 1
    assert Source.objects.count() == counts["sources"], "one outlet, whoever named it first"
    assert here.articles.count() > 1
    assert ImportRun.objects.count() == counts["import_runs"] + 1
    assert Capture.objects.filter(run=None).count() == 0


def test_a_story_that_cannot_be_made_here_is_left_and_told(exported):
    taken = StoryMember.objects.first().article
    Story.objects.all().delete()
    story = Story.objects.create(lead=Article.objects.order_by("pk").first())
    StoryMember.objects.create(story=story, article=taken)
    done = restore_from(exported)
    assert (done.left["stories"], done.restored["stories"], Story.objects.count()) == (1, 1, 2)


def test_what_a_curator_without_an_account_did_is_restored_without_the_name(exported):
    empty()
    User.objects.update(username="huda")
    done = restore_from(exported)
    assert done.nobody == ["salma"]
    assert ArticleVersion.objects.filter(actor__isnull=False).count() == 0


def test_no_account_and_no_password_is_in_an_export(exported):
    User.objects.update(password="md5$geheim", email="salma@example.org")
    export_to(exported.with_name("other"))
    everything = b"".join(files(exported.with_name("other")).values())
    assert b"geheim" not in everything
    assert b"salma@example.org" not in everything


@pytest.mark.parametrize(
    "name", ["data/articles.jsonl", "data/captures/web-00001.warc.gz", "data/stories.jsonl"]
)
def test_damaged_files_are_named_before_anything_is_written(exported, name):
    empty()
    content = bytearray((exported / name).read_bytes())
    content[len(content) // 2] ^= 1
    (exported / name).write_bytes(content)
    with pytest.raises(BadExport, match=f"1 files are damaged: {name}: other bytes"):
        restore_from(exported)
    assert not any(contents().values())


def test_missing_added_and_shortened_files_are_named(exported):
    (exported / "data/sources.jsonl").unlink()
    (exported / "data/more.jsonl").write_text("{}\n")
    with (exported / "data/captures.jsonl").open("r+b") as file:
        file.truncate(100)
    with pytest.raises(BadExport) as refusal:
        restore_from(exported)
    message = str(refusal.value)
    assert "3 files are damaged" in message
    assert "data/captures.jsonl: 100 bytes, the manifest says" in message
    assert "data/sources.jsonl: No such file" in message
    assert "data/more.jsonl: not in the manifest" in message


def test_a_manifest_that_was_changed_is_refused(exported):
    manifest = exported / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"whole"', '"published"'))
    with pytest.raises(BadExport, match=r"manifest\.json is damaged"):
        opened(exported)


def test_an_export_of_a_newer_format_is_refused(exported, resealed):
    manifest = exported / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"version": 1', '"version": 2'))
    resealed(exported)
    with pytest.raises(BadExport, match="a newer program made this export"):
        opened(exported)


def test_a_manifest_that_leads_out_of_the_folder_is_refused(exported, resealed):
    manifest = exported / "manifest.json"
    manifest.write_text(manifest.read_text().replace("data/sources.jsonl", "data/../../secret"))
    resealed(exported)
    with pytest.raises(BadExport, match="names files outside of data/"):
        opened(exported)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            '{"name": "أ", "name_key": "ا", "slug": "a", "colour": "red"}',
            "'colour' is no column that this program knows",
        ),
        ('{"name": "أ", "name_key": "ا", "slug": "../a"}', "slug: '../a' cannot stand in an address"),
        ('["name"]', "no object"),
        ("nothing", "no JSON"),
    ],
)
def test_lines_that_are_no_rows_are_refused_with_their_place(exported, resealed, line, problem):
    empty()
    (exported / "data/sources.jsonl").write_text(line + "\n", "utf-8")
    resealed(exported)
    with pytest.raises(BadExport, match=problem):
        restore_from(exported)
    assert Source.objects.count() == 0


def test_a_capture_with_other_bytes_than_its_digest_says_is_refused(exported, resealed):
    empty()
    path = exported / "data/captures.jsonl"
    row, *rest = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([json.dumps({**json.loads(row), "sha256": "0" * 64}), *rest]), "utf-8")
    resealed(exported)
    with pytest.raises(BadExport, match="does not hold 0000"):
        restore_from(exported)


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("captures", "sha256", "../../../etc/passwd"),
        ("articles", "public_id", "a/../b"),
        ("articles", "created_at", "x"),
    ],
)
def test_values_that_lead_elsewhere_or_nowhere_are_refused(exported, resealed, name, column, value):
    empty()
    path = exported / f"data/{name}.jsonl"
    row, *_rest = path.read_text("utf-8").splitlines()
    path.write_text(json.dumps({**json.loads(row), column: value}) + "\n", "utf-8")
    resealed(exported)
    with pytest.raises(BadExport, match=rf"data/{name}\.jsonl lines 1 to 1: BadRow: {column}"):
        restore_from(exported)


def test_an_archive_with_lost_bytes_is_restored_with_its_rows(exported, tmp_path):
    captured = Capture.objects.exclude(article=None).order_by("pk").first()
    whole.store().path(captured.sha256).unlink()
    done = export_to(tmp_path / "wanting")
    empty()
    restored = restore_from(tmp_path / "wanting")
    assert (done.missing, restored.without_bytes) == (1, 1)
    assert Capture.objects.filter(sha256=captured.sha256).exists()
    assert not whole.store().has(captured.sha256)


def test_an_export_that_was_copied_is_restored_as_well(exported, tmp_path):
    shutil.copytree(exported, tmp_path / "copy")
    empty()
    assert restore_from(tmp_path / "copy").restored.total() == sum(opened(exported).counts.values())
