"""What is said of a query, in the reader's language: messages, and the operators of the help page."""

from unicodedata import east_asian_width

from django import template
from django.utils.translation import gettext

from articles.search.messages import MESSAGES
from articles.search.syntax import Message

register = template.Library()


@register.filter
def sentence(message: Message) -> str:
    """The message in the reader's language: the sentence of its code is translated, then filled in again."""
    if message.code not in MESSAGES:
        return message.text
    return gettext(MESSAGES[message.code]).format(**dict(message.arguments))


@register.filter
def spellings_shown(spellings: tuple[str, ...]) -> list[str]:
    """The spellings that our fonts can show: East Asian wide signs are understood, not taught.

    >>> spellings_shown(("«»", "《》"))
    ['«»']
    """
    return [spelling for spelling in spellings if east_asian_width(spelling[0]) not in ("W", "F")]
