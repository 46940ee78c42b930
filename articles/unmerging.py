"""A merge undone: the article stands again with what it had, where nothing was built on the merge since."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from articles import merging
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportItem
from articles.models.index_removal import IndexRemoval
from articles.models.redirect import ArticleRedirect
from articles.models.source import Source
from articles.models.story import Story, StoryMember, mark_for_index
from articles.models.takedown import Takedown
from articles.models.version import ArticleVersion


class CannotUndo(ValueError):
    """A merge that stays; the message says why, in the language of the desk."""


def obstacle(redirect: ArticleRedirect) -> str:
    """Why the merge cannot be undone, in words; empty where it can."""
    held = redirect.held
    if not held:
        return gettext("جاء هذا الدمج مع أرشيف مستعاد، وليس فيه ما كان قبله.")
    if redirect.article_id != held["lead"]:
        return gettext("دُمج المقال الأول نفسه في غيره. تراجع عن ذلك الدمج أولاً.")
    rows = held["rows"]
    kept = Counter(
        captures=Capture.objects.filter(pk__in=rows["captures"], article=held["lead"]).count(),
        versions=ArticleVersion.objects.filter(pk__in=rows["versions"], article=held["lead"]).count(),
        redirects=ArticleRedirect.objects.filter(pk__in=rows["redirects"], article=held["lead"]).count(),
    )
    if any(kept[name] != len(rows[name]) for name in ("captures", "versions", "redirects")):
        return gettext("ذهب بعض ما جاء به الدمج إلى مكان آخر.")
    numbers = ArticleVersion.objects.filter(pk__in=rows["versions"]).values("number")
    later = ArticleVersion.objects.filter(article=held["lead"], base__in=numbers).exclude(
        pk__in=rows["versions"]
    )
    if later.exists():
        return gettext("أُخذ المقال الأول بصيغة جاءت مع الدمج.")
    return _taken(held["columns"])


def _taken(columns: dict[str, Any]) -> str:
    """Whether what no two articles may share is another's now."""
    digest, source = columns["url_digest"], columns["source_id"]
    if digest and Article.objects.filter(url_digest=digest).exists():
        return gettext("صار رابطه الأصلي رابط مقال آخر.")
    if source and not Source.objects.filter(pk=source).exists():
        return gettext("لم يعد مصدره في الأرشيف.")
    return ""


@transaction.atomic
def unmerge(redirect: ArticleRedirect, *, by: User, reason: str = "") -> Article:
    """Let the merged article stand again as it was; what the lead was corrected to stays. Raises CannotUndo.

    Its captures are those it came with and those that came by its address since.
    """
    lead = Article.objects.select_for_update().get(pk=redirect.article_id)
    redirect = ArticleRedirect.objects.select_for_update().get(pk=redirect.pk)
    if problem := obstacle(redirect):
        raise CannotUndo(problem)
    held = redirect.held
    fields = {field.attname: field for field in Article._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in held["columns"].items()}
    article = Article(pk=held["key"], **values)
    article.touch()
    article.save_base(raw=True, force_insert=True)
    IndexRemoval.objects.filter(article_key=article.pk).delete()
    _give_back(lead, article, redirect)
    for name in ("collections", "tags"):
        getattr(article, name).set(held["held"][name])
        getattr(lead, name).remove(*held["given"][name])
    _place(lead, article, held["story"])
    merging.note(lead, [str(redirect), None], by, reason)
    redirect.delete()
    lead.touch()
    lead.save(update_fields=["stale_since", "updated_at"])
    return article


def _give_back(lead: Article, article: Article, redirect: ArticleRedirect) -> None:
    rows, offset = redirect.held["rows"], redirect.version_offset
    later = Capture.objects.filter(article=lead, merged_from=redirect)
    Capture.objects.filter(pk__in=[*rows["captures"], *later.values_list("pk", flat=True)]).update(
        article=article
    )
    Capture.objects.filter(merged_from=redirect).update(merged_from=None)
    moved = ArticleVersion.objects.filter(pk__in=rows["versions"])
    moved.update(article=article, number=F("number") - offset, base=F("base") - offset)
    moved.filter(merged_from=redirect).update(merged_from=None)
    ImportItem.objects.filter(pk__in=rows["items"], article=lead).update(article=article)
    Takedown.objects.filter(pk__in=rows["takedowns"], article=lead).update(article=article)
    earlier = ArticleRedirect.objects.filter(pk__in=rows["redirects"])
    earlier.update(article=article, version_offset=F("version_offset") - offset)


def _place(lead: Article, article: Article, place: dict[str, Any] | None) -> None:
    """Back into its story, where that is still there; a story of the two alone is gone, and is found again."""
    story = Story.objects.filter(pk=place["story"]).first() if place else None
    if place is None or story is None:
        return
    if place["was_given"]:
        StoryMember.objects.filter(story=story, article=lead).update(article=article)
    else:
        kept = {name: place[name] for name in ("similarity", "words", "is_reviewed")}
        StoryMember.objects.create(story=story, article=article, **kept)
    if place["was_lead"]:
        Story.objects.filter(pk=story.pk).update(lead=article)
    mark_for_index([lead.pk, article.pk])
