"""A reader's preferences: a page to choose them on, and the cookie that keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.preferences import Digits, Months, Preferences, Theme, current, eastern, using
from articles.templatetags.dates import written_date
from articles.views.caching import page
from articles.views.language import ONE_YEAR, page_to_return_to

COOKIE = "reading"
LABELS: dict[StrEnum, object] = {
    Theme.SYSTEM: _("كما في جهازك"),
    Theme.LIGHT: _("فاتح"),
    Theme.DARK: _("داكن"),
    Digits.WESTERN: _("مغاربية"),
    Digits.EASTERN: _("مشرقية"),
    Months.BOTH: _("المشرق كله"),
    Months.LEVANT: _("الشام والعراق"),
    Months.NILE: _("مصر والخليج والسودان وليبيا"),
    Months.TUNIS: _("تونس والجزائر"),
    Months.MOROCCO: _("المغرب"),
}
A_DAY = date(2017, 8, 14)
A_NUMBER = "1,953"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a preference: what it is called, and what it looks like."""

    value: str
    label: str
    example: str
    chosen: bool


class PreferencesMiddleware:
    """Set every page as its reader chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with using(Preferences.read(request.COOKIES.get(COOKIE, ""))):
            return self.get_response(request)


@page
def preferences(request: HttpRequest) -> HttpResponse:
    """The choices, with an example of each."""
    chosen = current()
    context = {
        "themes": [_option(theme, chosen.theme) for theme in Theme],
        "digits": [_option(digits, chosen.digits, _number(digits)) for digits in Digits],
        "months": [_option(months, chosen.months, _day(chosen, months)) for months in Months],
        "next": page_to_return_to(request),
    }
    return render(request, "articles/preferences.html", context)


def _option(value: StrEnum, chosen: StrEnum, example: str = "") -> Option:
    return Option(value.value, str(LABELS[value]), example, value is chosen)


def _number(digits: Digits) -> str:
    return eastern(A_NUMBER) if digits is Digits.EASTERN else A_NUMBER


def _day(chosen: Preferences, months: Months) -> str:
    with using(Preferences(digits=chosen.digits, months=months)):
        return written_date(A_DAY)


# As with the language: a reader needs no other cookie to read, and a forged post could only change how pages look.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, let the rest be as it was, and go back to the page one came from."""
    given = (request.POST.get(name, kept) for name, kept in _kept().items())
    response = HttpResponseRedirect(page_to_return_to(request))
    response.set_cookie(
        COOKIE,
        Preferences.read(".".join(given)).written(),
        max_age=ONE_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _kept() -> dict[str, str]:
    chosen = current()
    return {"theme": chosen.theme, "digits": chosen.digits, "months": chosen.months}
