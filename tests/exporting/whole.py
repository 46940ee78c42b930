"""An archive with something of everything in it, and what two equal archives share."""

import io
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model

from articles import curation, merging, takedown
from articles.exporting.restoring import Restored, restore
from articles.exporting.run import Exported, ExportOptions, export
from articles.exporting.store.tables import NOT_EXPORTED
from articles.exporting.verifying import opened
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article, Status
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import ImportItem
from articles.models.source import Source, SourceName
from articles.models.story import NotCopies, Story, StoryMember
from articles.models.tag import Tag
from articles.models.version import ArticleVersion
from tests.factories import make_article, make_group, make_kept_word

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MOMENT = datetime(2026, 5, 4, 3, 2, 1, 123456, UTC)


def store() -> CaptureStore:
    return CaptureStore(settings.CAPTURES_DIR)


def import_all(*paths: Path, **options: Any) -> None:
    import_paths(
        [str(path) for path in paths], options=ImportOptions(**options), store=store(), stdin=io.BytesIO()
    )


def fill(folder: Path) -> None:
    """Every format, rejected and failed items, drafts, withdrawn articles, versions, stories, rules, other names."""
    broken = folder / "broken.jsonl"
    broken.write_text('{"title": "خبر بلا متن"}\nلا شيء\n', "utf-8")
    import_all(SEEDS, collections=("عيّنة", "ملفات الموصل"))
    import_all(SEEDS, broken, folder / "broken.jsonl", status="draft")
    curator = User.objects.get_or_create(username="salma")[0]
    articles = list(Article.objects.order_by("pk"))
    Article.objects.filter(pk=articles[3].pk).update(status=Status.DRAFT)
    curation.withdraw(
        Article.objects.filter(pk__in=[articles[5].pk, articles[6].pk]), by=curator, reason="خطأ"
    )
    chosen = Article.objects.filter(pk__in=[articles[15].pk, articles[16].pk])
    demand = takedown.Demand(reason="privacy", sentence="طلبٌ من صاحبه", requester="فلان", note="بالهاتف")
    takedown.take_down(chosen, demand, by=curator)
    takedown.restore(articles[16], by=curator, reason="رُدّ الطلب")
    make_article(
        "مسودة كتبها محرر", "متنها", status="draft", evidence={"title": {"text": "", "place": "curator"}}
    )
    Capture.objects.filter(article=articles[4]).update(extractor="1+3f9a20c4")
    rules(curator)
    columns = {"title": "عنوان", "source": articles[1].source_id}
    ImportItem.objects.filter(article=articles[1]).update(before=columns)
    versions(articles[1], articles[2], curator)
    stories(articles[7:14], curator)
    articles[2].tags.set(Tag.objects.named(["للمراجعة", "ملف النفط"]))
    lead, *others = Article.objects.filter(pk__in=[article.pk for article in articles[17:20]])
    merging.merge(
        lead, others, by=curator, reason="مكرر", day=next(iter(merging.known_days([lead, *others])), None)
    )
    make_group("داعش", "تنظيم الدولة", sources=1, kind="one_way", note="للمحررين", shipped_key="daesh")
    make_group("أميركا", "الولايات المتحدة")
    make_kept_word("هدى", note="اسم", is_apart=True)
    first, second = Source.objects.order_by("pk")[:2]
    SourceName.objects.create(source=first, name="اسم آخر")
    SourceName.objects.create(source=second, name="اسم قديم", former_slug="اسم-قديم")


def rules(curator: User) -> None:
    first, second = Source.objects.order_by("pk")[:2]
    ExtractionRules.objects.create(
        source=first, hosts="a.example.org\nb.example.org", body="div.text", drop=".ad"
    )
    RepeatedLine.objects.create(source=first, key="تابعونا", text="تابعونا!", articles=9, of=40)
    RepeatedLine.objects.create(
        source=second, key="اطبع", text="اطبع", state="approved", decided_by=curator, decided_at=MOMENT
    )


def versions(first: Article, second: Article, curator: User) -> None:
    capture = Capture.objects.filter(article=first).first()
    for number, article in ((1, first), (1, second), (2, first)):
        ArticleVersion.objects.create(
            article=article, number=number, cause="capture" if number == 1 else "curator", title=f"{article} {number}",
            body="متن قديم", capture=capture if article == first else None, run=capture.run if number == 1 else None,
            actor=curator if number == 2 else None, is_silent=number == 2, were_numbers_changed=True,
        )  # fmt: skip


def stories(articles: list[Article], curator: User) -> None:
    """One confirmed, of visible copies; one found, of which readers see a single copy; a pair that is none."""
    confirmed = Story.objects.create(
        lead=articles[1], state="confirmed", decided_by=curator, decided_at=MOMENT
    )
    found = Story.objects.create(lead=articles[3])
    Article.objects.filter(pk=articles[4].pk).update(status=Status.WITHDRAWN)
    for story, members in ((confirmed, articles[:3]), (found, articles[3:5])):
        for article in members:
            StoryMember.objects.create(story=story, article=article, similarity=0.1 + 0.2)
    NotCopies.objects.create(first=articles[5], second=articles[6], said_by=curator)


def empty() -> None:
    """Take everything out of the archive but its accounts; keys are not given again."""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for model in models():
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    for file in sorted(settings.CAPTURES_DIR.rglob("*.gz")):
        file.unlink()


def models() -> list[type[Model]]:
    return [*apps.get_app_config("articles").get_models(include_auto_created=True)]


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, with keys as their ranks in the table: what two equal archives share.

    What the search index has still to see is no part of it, nor is the history of the desk. Versions are ranked as
    their articles number them.
    """
    ranks: dict[type[Model], dict[int, int]] = defaultdict(dict)
    for model in models():
        ranks[model] = {
            key: rank
            for rank, key in enumerate(model._default_manager.order_by("pk").values_list("pk", flat=True))
        }
    found = {}
    for model in models():
        if model not in NOT_EXPORTED:
            rows = [_ranked(model, row, ranks) for row in model._default_manager.order_by().values()]
            found[model._meta.label] = sorted(rows, key=repr)
    return found


def _ranked(
    model: type[Model], row: dict[str, Any], ranks: dict[type[Model], dict[int, int]]
) -> dict[str, Any]:
    row.pop("stale_since", None)
    row.pop("held", None)
    row.pop("was_here", None)
    unranked = (ArticleVersion, Article.collections.through, Article.tags.through)
    row["id"] = None if model in unranked else ranks[model][row["id"]]
    if isinstance(before := row.get("before"), dict) and before.get("source"):
        row["before"] = before | {"source": ranks[Source][before["source"]]}
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model in ranks:
            row[field.attname] = ranks[field.related_model].get(row[field.attname])
    return row


def captures() -> dict[str, bytes]:
    """The store of captures, file by file."""
    root = settings.CAPTURES_DIR
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.gz")}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def export_to(folder: Path, **options: Any) -> Exported:
    return export(folder, options=ExportOptions(**options), store=store())


def restore_from(folder: Path, **options: Any) -> Restored:
    return restore(opened(folder), store=store(), **options)
