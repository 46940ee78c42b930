"""What an export holds, what it leaves out, and that it takes its place only when it is whole."""

import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.exporting.bag import NoRoom
from articles.exporting.run import NoPages
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from articles.models.source import Source
from articles.models.story import Story
from tests.exporting import whole
from tests.exporting.whole import empty, export_to, files, restore_from
from tests.factories import make_article, make_capture, make_source

pytestmark = pytest.mark.django_db


def lines(folder, name):
    return [json.loads(line) for line in (folder / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def unpacked(content):
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def test_an_article_is_exported_with_every_field(tmp_path):
    article = make_article(
        "خبر", "متن", source="جريدة الأفق", published_on="2015-07", collections=["ب", "أ"], author="ديما",
        evidence={"title": {"text": "خبر", "place": "column title"}}, related_links=[{"url": "u", "title": "ر"}],
    )  # fmt: skip
    export_to(tmp_path / "export")
    (row,) = lines(tmp_path / "export", "articles")
    assert row["public_id"] == article.public_id
    assert (row["source"], row["collections"]) == ("جريده الافق", ["ا", "ب"])
    assert (row["published_on"], row["published_precision"]) == ("2015-07-01", "month")
    assert row["evidence"] == {"title": {"place": "column title", "text": "خبر"}}
    assert row["created_at"] == article.created_at.isoformat().replace("+00:00", "Z")
    left_out = {field.name for field in Article._meta.concrete_fields} - row.keys()
    assert left_out == {
        "id",
        "stale_since",
        "confidence",
        "corrected",
    }  # the last two are told by the evidence


def test_the_manifest_tells_format_counts_and_every_file(exported):
    manifest = json.loads((exported / "manifest.json").read_text("utf-8"))
    assert (manifest["format"], manifest["version"], manifest["scope"]) == ("warraq-archive", 1, "whole")
    told = {file["path"]: file["bytes"] for file in manifest["files"]}
    payloads = {name: len(content) for name, content in files(exported).items() if name.startswith("data/")}
    assert told == payloads
    assert manifest["counts"] == {name: len(lines(exported, name)) for name in manifest["counts"]}
    assert manifest["counts"]["articles"] == Article.objects.count()


def test_two_exports_of_one_state_are_the_same_bytes(exported, tmp_path):
    export_to(tmp_path / "again")
    assert files(tmp_path / "again") == files(exported)


@pytest.fixture
def given(exported, tmp_path):
    """What may be given to others of the archive that has something of everything."""
    export_to(tmp_path / "given", published_only=True)
    return tmp_path / "given"


def test_what_is_given_to_others_are_visible_articles_with_their_captures(given):
    visible = set(Article.objects.visible().values_list("public_id", flat=True))
    assert {row["public_id"] for row in lines(given, "articles")} == visible
    captures = lines(given, "captures")
    assert {row["article"] for row in captures} <= visible
    assert len(captures) == Capture.objects.filter(article__status="published").count()
    assert {row["article"] for row in lines(given, "versions")} <= visible


def test_nothing_of_drafts_withdrawn_ones_runs_rules_or_curators_is_given_to_others(given):
    hidden = Article.objects.not_visible()
    everything = b"".join(map(unpacked, files(given).values())).decode("utf-8", "replace")
    assert hidden.count() > 3
    for article in hidden:
        assert article.public_id not in everything
        assert not article.body or article.body[:60] not in everything
    tables = {path.stem for path in (given / "data").glob("*.jsonl")}
    assert tables == {
        *("articles", "captures", "collections", "redirects", "sources", "stories", "versions"),
    }
    names = {name for table in tables for row in lines(given, table) for name in row}
    assert names.isdisjoint({"run", "actor", "decided_by", "decided_at", "reviewed_at"})
    assert "salma" not in everything


def test_a_story_is_given_to_others_as_far_as_readers_see_it(given):
    (story,) = lines(given, "stories")
    lead = Story.objects.get(state="confirmed").lead
    assert (story["lead"], len(story["members"])) == (lead.public_id, 3)


def test_a_hidden_lead_is_followed_by_a_member_that_readers_see(exported, tmp_path):
    story = Story.objects.get(state="confirmed")
    Article.objects.filter(pk=story.lead_id).update(status="withdrawn")
    export_to(tmp_path / "given", published_only=True)
    (row,) = lines(tmp_path / "given", "stories")
    assert row["lead"] in [member["article"] for member in row["members"]]
    assert story.lead.public_id not in json.dumps(row)


def test_sources_that_only_hidden_articles_have_are_not_given_to_others(tmp_path):
    make_article("ظاهر", source="جريدة الأفق", collections=["ظاهرة"])
    make_article("مسودة", source="صحيفة لا يراها القراء", status="draft", collections=["خفية"])
    make_source("صحيفة بلا مقالات")
    export_to(tmp_path / "given", published_only=True)
    assert [row["name"] for row in lines(tmp_path / "given", "sources")] == ["جريدة الأفق"]
    assert [row["name"] for row in lines(tmp_path / "given", "collections")] == ["ظاهرة"]


def test_the_operators_folders_are_not_given_to_others(tmp_path):
    capture = make_capture(make_article("خبر"), content=b"x", origin="/srv/secret/news.zip!2015/a.json")
    whole.store().write(capture.sha256, b"x")
    export_to(tmp_path / "given", published_only=True)
    assert lines(tmp_path / "given", "captures")[0]["origin"] == "news.zip!2015/a.json"
    assert b"secret" not in b"".join(files(tmp_path / "given").values())


def test_what_was_given_makes_an_archive_of_its_own(given):
    visible = set(Article.objects.visible().values_list("public_id", flat=True))
    empty()
    restore_from(given)
    assert set(Article.objects.values_list("public_id", flat=True)) == visible
    assert (ImportRun.objects.count(), Article.objects.not_visible().count()) == (0, 0)


def test_since_limits_articles_and_captures_to_what_is_new(exported, tmp_path):
    moment = timezone.now() + timedelta(days=1)
    captured = Article.objects.exclude(captures=None).order_by("pk").first()
    changed, _other = Article.objects.order_by("-pk")[:2]
    Article.objects.filter(pk=changed.pk).update(updated_at=moment)
    captured.captures.update(stored_at=moment)
    done = export_to(tmp_path / "new", since=moment)
    rows = lines(tmp_path / "new", "articles")
    assert {row["public_id"] for row in rows} == {captured.public_id, changed.public_id}
    assert {row["article"] for row in lines(tmp_path / "new", "captures")} == {captured.public_id}
    assert done.counts["sources"] == Source.objects.count()
    assert done.counts["import_items"] == 0
    restore_from(tmp_path / "new")


def test_a_folder_with_something_in_it_is_refused(exported):
    before = files(exported)
    with pytest.raises(NoRoom, match="is not empty"):
        export_to(exported)
    assert files(exported) == before


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "export").mkdir()
    export_to(tmp_path / "export")
    assert (tmp_path / "export" / "manifest.json").exists()


def test_an_export_that_fails_leaves_nothing(exported, tmp_path):
    with pytest.raises(NoRoom, match="cannot stand in the folder"):
        export_to(tmp_path / "other", wacz=tmp_path / "other" / "a.wacz")
    (tmp_path / "taken.wacz").touch()
    with pytest.raises(NoRoom, match="is there already"):
        export_to(tmp_path / "other", wacz=tmp_path / "taken.wacz")
    Capture.objects.all().delete()
    with pytest.raises(NoPages):
        export_to(tmp_path / "other", wacz=tmp_path / "a.wacz")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("other", "a."))]


def test_lost_and_damaged_bytes_are_told_and_the_rest_is_exported(exported, tmp_path):
    first, second = Capture.objects.filter(url="").order_by("pk")[:2]
    whole.store().path(first.sha256).unlink()
    whole.store().path(second.sha256).write_bytes(b"no gzip")
    told = []
    done = whole.export(
        tmp_path / "wanting", options=whole.ExportOptions(), store=whole.store(), report=told.append
    )
    assert done.missing == Capture.objects.filter(sha256__in=[first.sha256, second.sha256]).count()
    assert (len(told), f"no capture {first.sha256}" in told[0], "is damaged" in told[1]) == (2, True, True)
    without = [row["sha256"] for row in lines(tmp_path / "wanting", "captures") if not row["warc"]]
    assert set(without) == {first.sha256, second.sha256}


def test_half_a_pair_of_surrogates_in_a_note_is_exported_and_comes_back(tmp_path):
    make_article("خبر", evidence={"title": {"place": "x", "text": "\ud83d"}})
    export_to(tmp_path / "export")
    empty()
    restore_from(tmp_path / "export")
    assert Article.objects.get().evidence == {"title": {"place": "x", "text": "\ud83d"}}
