"""What curators say of stories: confirmed, no copies, one copy out, another lead.

Each verb changes its rows, marks the articles whose story changed for the search index, and writes the line in the
history of the story, all in one transaction.
"""

from collections.abc import Iterable
from itertools import combinations, islice

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.duplicates.comparing import compare
from articles.duplicates.reading import read
from articles.models.article import Article
from articles.models.story import NotCopies, Story, StoryState, mark_for_index

PAIRS_AT_A_TIME = 2000
TEXTS_AT_A_TIME = 100


class NotInStory(ValueError):
    """The article is no copy of the story, or not any more."""


@transaction.atomic
def confirm(story: Story, *, by: User) -> None:
    """All copies now in the story are copies: the next search for copies leaves them together."""
    story.members.filter(is_reviewed=False).update(is_reviewed=True)
    _decide(story, by)
    _note(story, by, gettext("أُقرّت نسخ الخبر: %(count)s.") % {"count": story.members.count()})


@transaction.atomic
def dismiss(story: Story, *, by: User) -> None:
    """None of the articles is a copy of another: the story is gone, and no two of them are proposed again."""
    keys = _keys(story)
    _keep_apart(combinations(keys, 2), by)
    _note(story, by, gettext("ليست نسخاً من خبر واحد: %(count)s.") % {"count": len(keys)})
    mark_for_index(keys)
    story.delete()


@transaction.atomic
def remove(story: Story, article: Article, *, by: User) -> bool:
    """Take one article out of the story for good; whether there is a story left. Raises NotInStory."""
    keys = _keys(story)
    if article.pk not in keys:
        raise NotInStory(article)
    _keep_apart(((article.pk, key) for key in keys if key != article.pk), by)
    _note(story, by, gettext("أُخرج من الخبر: «%(title)s».") % {"title": article.title})
    Story.objects.release([article.pk])
    mark_for_index([article.pk])
    return Story.objects.filter(pk=story.pk).exists()


@transaction.atomic
def set_lead(story: Story, article: Article, *, by: User) -> None:
    """Make another copy the lead. Who chooses a lead has seen the story: it is confirmed. Raises NotInStory."""
    if article.pk not in _keys(story):
        raise NotInStory(article)
    mark_for_index([story.lead_id, article.pk])
    story.lead = article
    story.save(update_fields=["lead"])
    _measure(story)
    confirm(story, by=by)
    _note(story, by, gettext("صار المقال الأول: «%(title)s».") % {"title": article.title})


def _keys(story: Story) -> list[int]:
    return list(story.members.order_by("article").values_list("article", flat=True))


def _decide(story: Story, by: User) -> None:
    story.state, story.decided_at, story.decided_by = StoryState.CONFIRMED, timezone.now(), by
    story.save(update_fields=["state", "decided_at", "decided_by"])


def _keep_apart(pairs: Iterable[tuple[int, int]], by: User) -> None:
    ordered = iter(NotCopies(first_id=min(pair), second_id=max(pair), said_by=by) for pair in pairs)
    while batch := list(islice(ordered, PAIRS_AT_A_TIME)):
        NotCopies.objects.bulk_create(batch, ignore_conflicts=True)


def _measure(story: Story) -> None:
    """How like the lead each copy is, worked out anew."""
    lead = read(story.lead.title, story.lead.body)
    keys = _keys(story)
    for start in range(0, len(keys), TEXTS_AT_A_TIME):
        chunk = story.members.filter(article__in=keys[start : start + TEXTS_AT_A_TIME])
        for member in chunk.select_related("article"):
            own = member.article_id == story.lead_id
            text = read(member.article.title, member.article.body)
            member.similarity = 1.0 if own else compare(lead, text).similarity
            member.save(update_fields=["similarity"])


def _note(story: Story, by: User, message: str) -> None:
    """The line in the story's history, in the language of who did it."""
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Story),
        object_id=str(story.pk),
        object_repr=str(story)[:200],
        action_flag=CHANGE,
        change_message=message,
    )
