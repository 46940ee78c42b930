"""Writing the stories that a search found: only what differs from the database, in small transactions.

A story that was there keeps its number as long as its lead, or most of its copies, stay together. Confirmed stories
keep everything that a curator decided; copies found since are added to them for review. An article that comes into
another story, or leaves one, is marked for the search index.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db import transaction

from articles.duplicates.grouping import Copy, Group
from articles.models.article import Article
from articles.models.story import Story, StoryMember, StoryState, mark_for_index

STORIES_AT_A_TIME = 200
NEAR_ENOUGH = 1e-6  # between two similarities that are the same
MEMBER = [("story", "<i8"), ("article", "<i8"), ("similarity", "<f8"), ("words", "<i8"), ("found", "?")]

Tell = Callable[[str, int, int], None]


@dataclass(slots=True)
class Written:
    """Stories and copies that a search found, and of the stories how many were new, changed or gone."""

    stories: int = 0
    copies: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class _Change:
    """A group that the database has otherwise: in the story of this number, or in none yet."""

    group: Group
    number: int | None


def write_groups(found: Iterable[Group], *, dry_run: bool, tell: Tell) -> Written:
    """Make the stories of the database those that were found; a dry run only counts."""
    standing, written = _Standing(), Written()
    changes = _changes(found, standing, written)
    done = 0
    while batch := list(islice(changes, STORIES_AT_A_TIME)):
        done += len(batch)
        tell("writing stories", done, done)
        if not dry_run:
            with transaction.atomic():
                for change in batch:
                    _write(change)
    gone = [number for number in standing.leads if number not in standing.used]
    written.gone = len(gone)
    if not dry_run:
        for start in range(0, len(gone), STORIES_AT_A_TIME):
            _dissolve(gone[start : start + STORIES_AT_A_TIME])
    return written


def _changes(found: Iterable[Group], standing: "_Standing", written: Written) -> Iterator[_Change]:
    for group in found:
        number = standing.number_for(group)
        written.copies += len(group.copies)
        written.stories += bool(group.copies)
        if number is None:
            written.new += 1
            yield _Change(group, None)
        elif not standing.is_as(group, number):
            written.changed += 1
            yield _Change(group, number)


class _Standing:
    """The stories as they stood before: a few numbers a copy. `leads` are those of unconfirmed stories."""

    def __init__(self) -> None:
        rows = StoryMember.objects.filter(is_reviewed=False).order_by("story", "article")
        values = rows.values_list("story", "article", "similarity", "words", "story__state").iterator()
        self.members = np.fromiter(((*row[:4], row[4] == StoryState.FOUND) for row in values), dtype=MEMBER)
        self.stories = np.ascontiguousarray(
            self.members["story"]
        )  # a column of a table is copied by every search
        self.by_article = np.argsort(self.members["article"])
        self.articles = self.members["article"][self.by_article]
        unconfirmed = Story.objects.filter(state=StoryState.FOUND).order_by()
        self.leads: dict[int, int] = dict(unconfirmed.values_list("pk", "lead").iterator())
        self.used: set[int] = set()

    def number_for(self, group: Group) -> int | None:
        """The story that a group goes on with: its lead's, else that of most of its copies; None where it is new."""
        if group.number is not None:
            return group.number
        votes = Counter(number for copy in group.copies if (number := self._story_of(copy.key)) is not None)
        free = [number for number in votes if number in self.leads and number not in self.used]
        best = max(
            free, key=lambda number: (self.leads[number] == group.lead, votes[number], -number), default=None
        )
        if best is not None:
            self.used.add(best)
        return best

    def is_as(self, group: Group, number: int) -> bool:
        """Whether the story holds the group's copies, and nothing else that no curator reviewed."""
        start, end = np.searchsorted(self.stories, (number, number + 1))
        held = {int(row["article"]): row for row in self.members[start:end]}
        if held.keys() != {copy.key for copy in group.copies}:
            return False
        if group.number is None and self.leads[number] != group.lead:
            return False
        return all(
            abs(held[copy.key]["similarity"] - copy.similarity) < NEAR_ENOUGH
            and held[copy.key]["words"] == copy.length
            for copy in group.copies
        )

    def _story_of(self, key: int) -> int | None:
        place = int(np.searchsorted(self.articles, key))
        if place == len(self.articles) or self.articles[place] != key:
            return None
        return int(self.stories[self.by_article[place]])


def _write(change: _Change) -> None:
    """Write one story. What a curator or an importer did meanwhile stands: the next search knows of it."""
    group, number = change.group, change.number
    keys = [copy.key for copy in group.copies]
    there = set(Article.objects.filter(pk__in=keys).values_list("pk", flat=True))
    decided = set(
        StoryMember.objects.filter(article__in=keys, story__state=StoryState.CONFIRMED)
        .exclude(story=number)
        .exclude(is_reviewed=False)
        .values_list("article", flat=True)
    )
    copies = {copy.key: copy for copy in group.copies if copy.key in there - decided}
    if group.number is None:
        if group.lead not in copies or len(copies) < 2:
            return
        number = _story(number, group.lead)
    if number is not None and Story.objects.filter(pk=number).exists():
        _write_members(number, copies)


def _story(number: int | None, lead: int) -> int | None:
    """The number of the unconfirmed story with this lead, made where there is none; None where it was confirmed."""
    if number is None:
        return Story.objects.create(lead_id=lead).pk
    story = Story.objects.filter(pk=number, state=StoryState.FOUND).first()
    if story is None:
        return None
    if story.lead_id != lead:
        mark_for_index([story.lead_id, lead])
        Story.objects.filter(pk=number).update(lead=lead)
    return number


def _write_members(number: int, copies: dict[int, Copy]) -> None:
    """Make the unreviewed members of a story these copies."""
    unreviewed = StoryMember.objects.filter(is_reviewed=False)
    held = set(StoryMember.objects.filter(story=number).values_list("article", flat=True))
    leaving = unreviewed.filter(story=number).exclude(article__in=copies)
    coming = copies.keys() - held
    mark_for_index([*leaving.values_list("article", flat=True), *coming])
    leaving.delete()
    unreviewed.filter(article__in=coming).delete()
    StoryMember.objects.bulk_create(
        StoryMember(
            story_id=number, article_id=key, similarity=copies[key].similarity, words=copies[key].length
        )
        for key in sorted(coming)
    )
    for member in unreviewed.filter(story=number, article__in=copies.keys() - coming):
        copy = copies[member.article_id]
        unreviewed.filter(pk=member.pk).update(similarity=copy.similarity, words=copy.length)


@transaction.atomic
def _dissolve(numbers: list[int]) -> None:
    """Delete unconfirmed stories that were not found again."""
    stories = Story.objects.filter(pk__in=numbers, state=StoryState.FOUND)
    mark_for_index(StoryMember.objects.filter(story__in=stories).values_list("article", flat=True))
    stories.delete()
