"""Texts with what matched marked, written in one step: a page holds hundreds of pieces."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from articles.search.results import Passage, Piece, Reason
from articles.templatetags.counts import times
from articles.templatetags.ways import field_label, kind_label

register = template.Library()

CUT_BEFORE, CUT_AFTER = "…&nbsp;", "&nbsp;…"


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces of a text, the matched ones marked.

    >>> marked([Piece("a < "), Piece("b", matched=True)])
    'a &lt; <mark>b</mark>'
    """
    return SafeString("".join([_marked(piece) for piece in pieces]))


def _marked(piece: Piece) -> str:
    text = escape(piece.text)
    return f"<mark>{text}</mark>" if piece.matched else text


@register.filter
def marked_passage(passage: Passage) -> SafeString:
    """A passage, with dots where the text goes on.

    >>> marked_passage(Passage((Piece("b", matched=True),), cut_before=True, cut_after=False))
    '…&nbsp;<mark>b</mark>'
    """
    before, after = CUT_BEFORE * passage.cut_before, CUT_AFTER * passage.cut_after
    return SafeString(f"{before}{marked(passage.pieces)}{after}")


@register.filter
def reason_items(reasons: Iterable[Reason]) -> SafeString:
    """Why an article is a hit, as the items of a list: what matched, how, where, and how often each form did."""
    return SafeString("\n".join([_reason(reason) for reason in reasons]))


def _reason(reason: Reason) -> str:
    how = escape(f"{kind_label(reason.kind)}، {field_label(reason.field)}:")
    forms = "، ".join([_form(form, count) for form, count in reason.forms])
    return f'<li><bdi class="query">{escape(reason.part)}</bdi> <span class="quiet">{how}</span> {forms}</li>'


def _form(form: str, count: int) -> str:
    return f'<bdi>{escape(form)}</bdi> <span class="quiet">({escape(times(count))})</span>'
