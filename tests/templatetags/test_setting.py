"""Texts that are kept are kept for each way a page may be set."""

from django.utils import translation

from articles.preferences import Digits, Preferences, using
from articles.templatetags.counts import articles
from articles.templatetags.dates import written_period


def test_a_kept_text_is_another_in_another_language_and_comes_back() -> None:
    written = []
    for language in ("ar", "en", "ar"):
        with translation.override(language):
            written.append(written_period("2015-07"))

    assert written == ["تموز / يوليو 2015", "July 2015", "تموز / يوليو 2015"]


def test_a_kept_text_has_the_digits_of_its_reader() -> None:
    western = articles(1200)
    with using(Preferences(digits=Digits.EASTERN)):
        eastern = articles(1200)

    assert (western, eastern) == ("1,200 مقال", "١٬٢٠٠ مقال")
