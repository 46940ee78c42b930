"""What was published on one day of the year, in every year of the archive."""

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from articles.views.anniversaries import YearDay, gregorian_day, hijri_day, year_day
from articles.views.caching import page
from articles.views.paging import keys_shelf

HIJRI = "hijri"


@page
def on_this_day(request: HttpRequest) -> HttpResponse:
    """The articles of a day and a month in the years before, newest first: today's unless the URL names another."""
    today = timezone.localdate()
    asked = day_asked(request.GET, today)
    shown = asked or gregorian_day(today)
    keys = shown.articles().newest_first().values_list("pk", flat=True)
    context = {
        "day": shown,
        "is_wrong": asked is None,
        "today": {"gregorian": parameters(gregorian_day(today)), "hijri": parameters(hijri_day(today))},
        "months": range(1, 13),
        "days": range(1, 31 if shown.is_hijri else 32),
        "shelf": keys_shelf(request, keys, dict(parameters_of(shown))),
    }
    return render(request, "articles/on_this_day.html", context)


def day_asked(asked: QueryDict, today: date) -> YearDay | None:
    """The day that the URL names, today where it names none; None where no year has it."""
    is_hijri = asked.get("calendar") == HIJRI
    if "month" not in asked and "day" not in asked:
        return hijri_day(today) if is_hijri else gregorian_day(today)
    month, day = asked.get("month", ""), asked.get("day", "")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (month, day)):
        return None
    return year_day(int(month), int(day), today, is_hijri=is_hijri)


def parameters_of(day: YearDay) -> list[tuple[str, str]]:
    calendar = [("calendar", HIJRI)] if day.is_hijri else []
    return [*calendar, ("month", str(day.month)), ("day", str(day.day))]


def parameters(day: YearDay | None) -> str:
    """What stands after the «?» of a day's address; empty where there is no such day."""
    return urlencode(parameters_of(day)) if day else ""
