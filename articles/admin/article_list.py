"""The list of articles: its pages, and the years, months and days above it.

Both are made so that a page costs the same in a large archive: texts are not carried through a sort, and dates
are taken from the index of the table instead of being cut by a function for each row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.admin.article_search import narrowed
from articles.admin.lists import Chip, DeskList, KeysFirstPaginator, chosen_of
from articles.models.article import Article

DATE = "published_on"
PARTS = ("year", "month", "day")
TITLE_FORMATS = {"month": "YEAR_MONTH_FORMAT", "day": "MONTH_DAY_FORMAT"}


class DayPaginator(KeysFirstPaginator):
    """What it counts it counts by day, for the dates above the list."""

    @cached_property
    def days(self) -> dict[date | None, int]:
        """How many articles each day has; an index holds the days in order: one walk of it is enough."""
        listed = self.object_list.order_by().values_list(DATE)  # type: ignore[attr-defined]
        return dict(listed.annotate(count=Count("*")))

    @cached_property
    def count(self) -> int:
        return sum(self.days.values())

    def rows(self, keys: list[int]) -> QuerySet[Any]:
        """Without asking again what the list was narrowed by, which may be as many keys as there are articles."""
        held = Article.objects.filter(pk__in=keys).select_related("source").defer("body")
        return held.order_by(*self.object_list.query.order_by)  # type: ignore[attr-defined]


class ArticleList(DeskList):
    def _chips(self) -> Iterator[Chip]:
        """With the date that was chosen above the list, and with the number of articles that each leaves."""
        chips = list(super()._chips())
        if chosen := self._chosen():
            label = title_of(first_day_of(chosen), PARTS[len(chosen) - 1])
            chips.append(Chip(gettext("تاريخ النشر"), label, self._link(())))
        counts = [self.result_count] if len(chips) == 1 else self._counts()
        for chip, count in zip(chips, counts, strict=True):
            yield replace(chip, count=count)

    def _counts(self) -> Iterator[int]:
        """How many articles each thing chosen leaves by itself: a query for each."""
        everything = Article.objects.order_by()
        if self.query:
            yield narrowed(everything, self.query.strip()).count()
        for spec in self.filter_specs:
            if chosen_of(spec, self):
                narrowed_by = spec.queryset(self.request, everything)
                yield everything.count() if narrowed_by is None else narrowed_by.count()
        if chosen := self._chosen():
            yield everything.filter(**in_date(chosen)).count()

    def date_links(self) -> dict[str, Any]:
        """What `admin/date_hierarchy.html` shows: the next finer part of the dates found, and the way back."""
        chosen = self._chosen()
        back = self._back(chosen) if chosen else None
        return {"back": back, "choices": self._choices(chosen)}

    def _chosen(self) -> list[int]:
        """Year, month and day as far as they are chosen."""
        chosen = []
        for part in PARTS:
            if f"{DATE}__{part}" not in self.params:
                break
            chosen.append(int(self.params[f"{DATE}__{part}"]))
        return chosen

    def _choices(self, chosen: list[int]) -> list[dict[str, str]]:
        finer = PARTS[len(chosen) : len(chosen) + 1]
        if not finer:
            return [{"title": title_of(date(*chosen), "day")}]
        days = self.paginator.days
        values = sorted({(*chosen, getattr(day, finer[0])) for day in days if day})
        return [self._choice(value, finer[0]) for value in values]

    def _choice(self, value: tuple[int, ...], part: str) -> dict[str, str]:
        return {"title": title_of(first_day_of(value), part), "link": self._link(value)}

    def _back(self, chosen: list[int]) -> dict[str, str]:
        """One part less."""
        wider = chosen[:-1]
        if not wider:
            return {"title": gettext("كل التواريخ"), "link": self._link(())}
        return {"title": title_of(first_day_of(wider), PARTS[len(wider) - 1]), "link": self._link(wider)}

    def _link(self, value: Sequence[int]) -> str:
        parts = {name: str(number) for name, number in in_date(value).items()}
        return self.get_query_string(parts, [f"{DATE}__{part}" for part in PARTS])


def first_day_of(chosen: Sequence[int]) -> date:
    """The first day of a year, a month of it, or a day of that."""
    year, month, day = (*chosen, 1, 1)[:3]
    return date(year, month, day)


def in_date(chosen: Sequence[int]) -> dict[str, int]:
    """What a query says for a year, a month or a day."""
    return {f"{DATE}__{part}": number for part, number in zip(PARTS, chosen, strict=False)}


def title_of(day: date, part: str) -> str:
    return str(day.year) if part == "year" else capfirst(date_format(day, TITLE_FORMATS[part]))
