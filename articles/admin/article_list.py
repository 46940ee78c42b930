"""The list of articles: its pages, and the years, months and days above it.

Both are made so that a page costs the same in a large archive: texts are not carried through a sort, and dates
are taken from the index of the table instead of being cut by a function for each row.
"""

from datetime import date
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.models.article import Article

DATE = "published_on"
PARTS = ("year", "month", "day")
TITLE_FORMATS = {"month": "YEAR_MONTH_FORMAT", "day": "MONTH_DAY_FORMAT"}


class KeysFirstPaginator(Paginator):
    """Finds the keys of a page, then reads those rows."""

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))  # type: ignore[attr-defined]
        rows = Article.objects.select_related("source").defer("body").in_bulk(keys)
        page.object_list = [rows[key] for key in keys if key in rows]
        return page


class ArticleList(ChangeList):
    def get_filters(self, request: HttpRequest) -> Any:
        """A date that no calendar has is a wrong filter, also where Django itself does not expect it."""
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

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
        known = self.queryset.filter(**{f"{DATE}__isnull": False}).order_by()
        days = known.values_list(DATE, flat=True).distinct()
        values = sorted({(*chosen, getattr(day, finer[0])) for day in days})
        return [self._choice(value, finer[0]) for value in values]

    def _choice(self, value: tuple[int, ...], part: str) -> dict[str, str]:
        first_day = date(*value, *(1, 1)[len(value) - 1 :])
        return {"title": title_of(first_day, part), "link": self._link(value)}

    def _back(self, chosen: list[int]) -> dict[str, str]:
        """One part less."""
        wider = chosen[:-1]
        if not wider:
            return {"title": gettext("كل التواريخ"), "link": self._link(())}
        first_day = date(*wider, *(1, 1)[len(wider) - 1 :])
        return {"title": title_of(first_day, PARTS[len(wider) - 1]), "link": self._link(wider)}

    def _link(self, value: tuple[int, ...] | list[int]) -> str:
        parts = {f"{DATE}__{part}": str(number) for part, number in zip(PARTS, value, strict=False)}
        return self.get_query_string(parts, [f"{DATE}__"])


def title_of(day: date, part: str) -> str:
    return str(day.year) if part == "year" else capfirst(date_format(day, TITLE_FORMATS[part]))
