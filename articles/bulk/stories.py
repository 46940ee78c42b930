"""The copies of confirmed stories merged into their leads, many stories at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from articles import merging
from articles.models.article import Article
from articles.models.job import Job
from articles.models.story import Story, StoryMember, StoryState
from articles.models.takedown import Takedown

MERGE_STORIES = "merge_stories"
MERGED, DATES_DIFFER, BARRED, NOT_CONFIRMED = "merged", "dates_differ", "barred", "not_confirmed"
TITLES_SHOWN = 20
NEEDED = ("title", "language", "status", "published_on", "published_precision", "evidence", "embargoed_until")


@dataclass(frozen=True, slots=True)
class Judged:
    """What would become of a story: its lead, and its other copies that a curator reviewed."""

    story: Story
    lead: Article
    others: list[Article]
    outcome: str


@dataclass(slots=True)
class Plan:
    """What a draft would do: stories by outcome, the articles that would go, and the first of the stories."""

    outcomes: Counter[str]
    articles: int
    examples: list[Judged]


def judge(keys: Sequence[int]) -> list[Judged]:
    """What would become of the stories of these keys that are still there, in a few queries for all."""
    stories = Story.objects.filter(pk__in=keys).order_by("pk")
    copies: dict[int, dict[int, Article]] = defaultdict(dict)
    members = StoryMember.objects.filter(story__in=keys, is_reviewed=True).select_related("article")
    for member in members.only("story_id", *(f"article__{name}" for name in NEEDED)):
        copies[member.story_id][member.article_id] = member.article
    every = [key for held in copies.values() for key in held]
    standing = Takedown.objects.standing().filter(article__in=every)
    taken_down = set(standing.values_list("article", flat=True))
    found = []
    for story in stories:
        held = copies[story.pk]
        lead = held.get(story.lead_id)
        if story.state != StoryState.CONFIRMED or lead is None or len(held) < merging.LEAST:
            found.append(Judged(story, lead or Article(title=""), [], NOT_CONFIRMED))
            continue
        others = [article for key, article in sorted(held.items()) if key != lead.pk]
        found.append(Judged(story, lead, others, _outcome(lead, others, taken_down)))
    return found


def _outcome(lead: Article, others: list[Article], taken_down: set[int]) -> str:
    every = [lead, *others]
    if any(article.pk in taken_down for article in every) or merging.obstacle_of(lead, others):
        return BARRED
    return DATES_DIFFER if len(merging.known_days(every)) > 1 else MERGED


def plan(draft: Job) -> Plan:
    """What a draft would do."""
    found = Plan(Counter(), 0, [])
    for keys in draft.chunks.order_by("number").values_list("keys", flat=True).iterator(chunk_size=10):
        judged = judge(keys)
        found.outcomes.update(each.outcome for each in judged)
        merged = [each for each in judged if each.outcome == MERGED]
        found.articles += sum(len(each.others) for each in merged)
        found.examples += merged[: TITLES_SHOWN - len(found.examples)]
    return found


def merge(keys: Iterable[int], *, by: User, reason: str) -> Counter[str]:
    """Merge the stories that may be merged, each whole or not at all; how many there were of each outcome."""
    counts: Counter[str] = Counter()
    for each in judge(list(keys)):
        outcome = each.outcome
        if outcome == MERGED:
            try:
                with transaction.atomic():
                    merging.merge(each.lead, each.others, by=by, reason=reason)
            except merging.DatesDiffer:
                outcome = DATES_DIFFER
            except merging.CannotMerge:
                outcome = BARRED
        counts[outcome] += 1
    return counts
