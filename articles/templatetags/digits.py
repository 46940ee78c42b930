"""The digits of the reader's choice: Western ones unless Arabic pages are wanted with Eastern ones."""

from django import template
from django.utils.translation import get_language

from articles.preferences import Digits, current, eastern

register = template.Library()


@register.filter
def digits(written: object) -> str:
    """A number of the interface, or a text of ours that holds one; never a text of the archive.

    >>> digits(2016)
    '2016'
    """
    text = str(written)
    is_eastern = current().digits is Digits.EASTERN and get_language() == "ar"
    return eastern(text) if is_eastern else text
