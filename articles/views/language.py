"""The language of the interface: the reader's own choice, kept in a cookie; Arabic until one is made."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

ONE_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Speak the language of the cookie. The browser's languages are not asked: the archive is in Arabic."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Language", language)
        return response


def known_language(code: str) -> str:
    """`code` when the site speaks it, its own language otherwise."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


# Without the CSRF check a reader needs no cookie to read; a forged post could only change the language.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen and go back to the page it was chosen on."""
    response = HttpResponseRedirect(page_to_return_to(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        known_language(request.POST.get("language", "")),
        max_age=ONE_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def page_to_return_to(request: HttpRequest) -> str:
    """The `next` of the request where it is a page of this site, the home page otherwise."""
    wanted = (request.POST or request.GET).get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("articles:home")
