"""Articles that are one: everything of the others goes to the lead, and their addresses lead to it for ever.

Of a merged article a row of ArticleRedirect is left: its public id, and by what an import would know it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext

from articles import curation, history
from articles.importing.store import versions
from articles.models.article import Article, Precision, Status
from articles.models.capture import Capture
from articles.models.change import Change, Kind
from articles.models.import_run import ImportItem
from articles.models.redirect import ArticleRedirect
from articles.models.returned_text import ReturnedText
from articles.models.story import NotCopies, Story, StoryMember
from articles.models.takedown import Takedown
from articles.models.version import ArticleVersion

LEAST, MOST = 2, 50  # articles in one merge, the lead among them


class CannotMerge(ValueError):
    """Articles that may not be merged; the message says why, in the language of the desk."""


class DatesDiffer(CannotMerge):
    """They were published on different known days, and nobody said which day holds."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a merged article had, by keys, for undoing: what of it the lead had not is in `given`."""

    rows: dict[str, list[int]]
    held: dict[str, list[int]]
    given: dict[str, list[int]]


def known_days(articles: Iterable[Article]) -> list[date]:
    """The different days on which they were published, where the day itself is known; not those of crawls."""
    days = {
        article.published_on
        for article in articles
        if article.published_on
        and article.published_precision == Precision.DAY
        and not article.date_is_from_crawl
    }
    return sorted(days)


def obstacle(lead: Article, others: Sequence[Article]) -> str:
    """Why these may not be merged, in words; empty where they may. Dates are another matter."""
    keys = [lead.pk, *(article.pk for article in others)]
    if Takedown.objects.standing().filter(article__in=keys).exists():
        return gettext("بينها مقال محجوب بطلب. ارفع الحجب أولاً، أو اتركه خارجها.")
    if ReturnedText.objects.undecided().filter(article__in=keys).exists():
        return gettext("بينها نص محجوب عاد ولم يُبتّ فيه.")
    return obstacle_of(lead, others)


def obstacle_of(lead: Article, others: Sequence[Article]) -> str:
    """As `obstacle`, of articles none of which is taken down."""
    every = [lead, *others]
    if not LEAST <= len(every) <= MOST:
        return gettext("يُدمج مقالان على الأقل و%(number)s على الأكثر.") % {"number": MOST}
    if any(article.is_embargoed for article in every):
        return gettext("بينها مقال لا يُقرأ قبل يوم لم يأت بعد.")
    if lead.status != Status.WITHDRAWN and any(article.status == Status.WITHDRAWN for article in others):
        return gettext("بينها مقال محجوب: لو دُمج في غير محجوب لقرأه القراء بين صيغه.")
    return ""


@transaction.atomic
def merge(
    lead: Article, others: Sequence[Article], *, by: User, reason: str = "", day: date | None = None
) -> list[ArticleRedirect]:
    """Give the lead all that the others have, and leave their addresses to lead to it.

    `day` is the one that holds where they have several; where they have one, it is the lead's from now on. Raises
    CannotMerge, DatesDiffer.
    """
    keys = [lead.pk, *(article.pk for article in others)]
    rows = Article.objects.select_for_update().select_related("source").order_by("pk").in_bulk(keys)
    if len(rows) != len(set(keys)):
        raise CannotMerge(gettext("لم يعد أحد هذه المقالات في الأرشيف."))
    held, rest = rows[lead.pk], [rows[key] for key in sorted(set(keys) - {lead.pk})]
    if problem := obstacle(held, rest):
        raise CannotMerge(problem)
    _settle_day(held, known_days([held, *rest]), day, by, reason)
    if not ArticleVersion.objects.filter(article=held).exists():
        first = versions.first_captures([held.pk]).get(held.pk)
        versions.first_version(held.pk, versions.said_by(held), first).save()
    return [_take_in(held, other, by, reason) for other in rest]


def _settle_day(lead: Article, days: Sequence[date], chosen: date | None, by: User, reason: str) -> None:
    if chosen is not None and chosen not in days:
        raise CannotMerge(gettext("ليس هذا اليوم من تواريخها."))
    if len(days) > 1 and chosen is None:
        raise DatesDiffer(gettext("نُشرت في أيام مختلفة. اختر اليوم الذي يصح."))
    day = chosen or (days[0] if days else None)
    if day and (lead.published_on, lead.published_precision) != (day, Precision.DAY):
        lead.published_on, lead.published_precision = day, Precision.DAY
        curation.save_correction(lead, ["published_on"], by=by, reason=reason)


def _take_in(lead: Article, other: Article, by: User, reason: str) -> ArticleRedirect:
    highest = lead.versions.aggregate(highest=Max("number"))["highest"] or 0
    redirect = ArticleRedirect.objects.create(
        public_id=other.public_id,
        article=lead,
        version_offset=highest,
        title=other.title,
        source=other.source,
        url=other.url,
        url_digest=other.url_digest,
        external_id=other.external_id,
        text_digest=other.text_digest,
        reason=reason.strip()[: history.LONGEST_REASON],
        merged_by=by,
    )
    if not other.versions.exists():
        first = versions.first_captures([other.pk]).get(other.pk)
        versions.first_version(other.pk, versions.said_by(other), first).save()
    belongings = _belongings(lead, other)
    redirect.held = {
        "lead": lead.pk,
        "key": other.pk,
        "columns": columns_of(other),
        "story": _take_story(lead, other),
        "rows": belongings.rows,
        "held": belongings.held,
        "given": belongings.given,
    }
    redirect.save(update_fields=["held"])
    _hand_over(lead, other, redirect, belongings)
    other.delete()
    lead.touch()
    lead.save(update_fields=["stale_since", "updated_at"])
    given = {
        name: [sorted(now - set(belongings.given[name])), sorted(now)]
        for name in ("collections", "tags")
        if belongings.given[name] and (now := set(getattr(lead, name).values_list("pk", flat=True)))
    }
    note(lead, [None, str(redirect)], by, reason, given)
    return redirect


def columns_of(article: Article) -> dict[str, Any]:
    """Every column of the row but its key, as JSON keeps it."""
    fields = (field for field in Article._meta.concrete_fields if not field.primary_key)
    return {field.attname: history.plain(field.value_from_object(article)) for field in fields}


def _belongings(lead: Article, other: Article) -> Belongings:
    """The keys of what other tables have of the article."""
    rows = {
        name: list(found.order_by("pk").values_list("pk", flat=True))
        for name, found in (
            ("captures", Capture.objects.filter(article=other)),
            ("versions", ArticleVersion.objects.filter(article=other)),
            ("items", ImportItem.objects.filter(article=other)),
            ("takedowns", Takedown.objects.filter(article=other)),
            ("redirects", ArticleRedirect.objects.filter(article=other)),
        )
    }
    held, given = {}, {}
    for name in ("collections", "tags"):
        own = set(getattr(lead, name).values_list("pk", flat=True))
        held[name] = sorted(getattr(other, name).values_list("pk", flat=True))
        given[name] = sorted(set(held[name]) - own)
    return Belongings(rows, held, given)


def _hand_over(lead: Article, other: Article, redirect: ArticleRedirect, had: Belongings) -> None:
    """Let the rows be the lead's. What came with an earlier merge keeps saying so."""
    offset = redirect.version_offset
    captures = Capture.objects.filter(pk__in=had.rows["captures"])
    captures.filter(merged_from=None).update(merged_from=redirect)
    captures.update(article=lead)
    moved = ArticleVersion.objects.filter(pk__in=had.rows["versions"])
    moved.filter(merged_from=None).update(merged_from=redirect)
    moved.update(article=lead, number=F("number") + offset, base=F("base") + offset)
    ImportItem.objects.filter(pk__in=had.rows["items"]).update(article=lead)
    Takedown.objects.filter(pk__in=had.rows["takedowns"]).update(article=lead)
    earlier = ArticleRedirect.objects.filter(pk__in=had.rows["redirects"])
    earlier.update(article=lead, version_offset=F("version_offset") + offset)
    lead.collections.add(*had.given["collections"])
    lead.tags.add(*had.given["tags"])
    _hand_over_partings(lead, other)


def _hand_over_partings(lead: Article, other: Article) -> None:
    """What is no copy of the other is none of the lead."""
    said = NotCopies.objects.filter(Q(first=other) | Q(second=other))
    pairs = []
    for parting in said:
        third = parting.second_id if parting.first_id == other.pk else parting.first_id
        if third != lead.pk:
            first, second = min(lead.pk, third), max(lead.pk, third)
            pairs.append(NotCopies(first_id=first, second_id=second, said_by_id=parting.said_by_id))
    NotCopies.objects.bulk_create(pairs, ignore_conflicts=True)


def _take_story(lead: Article, other: Article) -> dict[str, Any] | None:
    """Let the lead stand in the other's story where it stands in none; what the other's place was."""
    member = StoryMember.objects.filter(article=other).select_related("story").first()
    if member is None:
        return None
    place = {
        "story": member.story_id,
        "similarity": member.similarity,
        "words": member.words,
        "is_reviewed": member.is_reviewed,
        "was_lead": member.story.lead_id == other.pk,
        "was_given": not StoryMember.objects.filter(article=lead).exists(),
    }
    if place["was_given"]:
        StoryMember.objects.filter(pk=member.pk).update(article=lead)
    stands_there = StoryMember.objects.filter(article=lead, story=member.story_id).exists()
    if place["was_lead"] and stands_there:
        Story.objects.filter(pk=member.story_id).update(lead=lead)
    return place


def note(lead: Article, said: list[Any], by: User, reason: str, fields: dict[str, Any] | None = None) -> None:
    """The change and the line in the lead's history: `said` is what was merged in, `fields` what else changed."""
    Change.objects.create(
        kind=Kind.ARTICLE,
        key=lead.pk,
        label=lead.title[: history.LONGEST_LABEL],
        fields={history.MERGED: said, **(fields or {})},
        actor=by,
        reason=reason.strip()[: history.LONGEST_REASON],
    )
    told = gettext("دُمج فيه مقال: %(title)s.") if said[1] else gettext("فُصل عنه مقال: %(title)s.")
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(lead.pk),
        object_repr=lead.title[:200],
        action_flag=CHANGE,
        change_message=f"{told % {'title': said[1] or said[0]}} {reason.strip()}".strip(),
    )
