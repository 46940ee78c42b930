"""Text out of the HTML that some records carry in their bodies: paragraphs and line breaks kept, markup dropped.

The standard library's parser takes hours for some megabytes of tags that never end; this one reads every character
a fixed number of times. What it gives up is a `>` inside an attribute.
"""

import html
import re

# Evident markup; a lone < or a tag of another kind may be text.
MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|h[1-6]|ul|ol|li|strong|em|b|i|img|table|blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
SCRIPT = re.compile(
    r"</?(?:script|style|iframe|object|embed|svg|link|meta|form|input|html|body|head)\b[^<>]*>?",
    re.IGNORECASE,
)
ENTITY = re.compile(
    r"&(?:quot|amp|apos|lt|gt|nbsp|[lr]squo|[lr]dquo|[lr]aquo|ndash|mdash|hellip|[lr]lm|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
TAG = re.compile(r"<[/!?]?([a-zA-Z][a-zA-Z0-9]*)?[^<>]*>")
BLANKS = re.compile(r"[ \t\r\n]+")
MANY_BREAKS = re.compile(r"\n{3,}")

PARAGRAPHS = frozenset(
    (
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "blockquote",
        "section",
        "article",
        "pre",
    )
)
LINES = frozenset(("br", "li", "tr", "dt", "dd"))
UNSEEN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        ("<!--", "-->"),
        *((rf"<{name}\b", rf"</{name}\s*>") for name in ("script", "style", "head", "noscript", "template")),
    )
)


def has_markup(text: str) -> bool:
    """Whether a text is evidently HTML.

    >>> has_markup("<p>نص</p>"), has_markup("س < ص")
    (True, False)
    """
    return "<" in text and MARKUP.search(text) is not None


def has_script(text: str) -> bool:
    """Whether a tag stands in a text that no newspaper writes about by accident.

    >>> has_script("<script>alert(1)"), has_script("a < b")
    (True, False)
    """
    return "<" in text and SCRIPT.search(text) is not None


def without_tags(text: str) -> str:
    """A text without the tags that `has_script` tells; nothing else in it changes.

    >>> without_tags("خبر<script"), without_tags("5 < 6")
    ('خبر', '5 < 6')
    """
    return SCRIPT.sub("", text) if has_script(text) else text


def to_text(markup: str) -> str:
    """The text of HTML.

    >>> to_text("<p>أول&nbsp;سطر<br>ثانٍ</p><p>فقرة</p>")
    'أول\\xa0سطر\\nثانٍ\\n\\nفقرة'
    """
    for opening, closing in UNSEEN:
        markup = _without(markup, opening, closing)
    pieces: list[str] = []
    end = 0
    for tag in TAG.finditer(markup):
        pieces += (_plain(markup[end : tag.start()]), _break(tag))
        end = tag.end()
    pieces.append(_plain(markup[end:]))
    lines = (BLANKS.sub(" ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def unescape(text: str) -> str:
    """A short text with its entities written as characters.

    >>> unescape("&quot;خبر&quot;"), unescape("R&D")
    ('"خبر"', 'R&D')
    """
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def _plain(text: str) -> str:
    return html.unescape(BLANKS.sub(" ", text))


def _break(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name in PARAGRAPHS:
        return "\n\n"
    return "\n" if name in LINES and not tag[0].startswith("</") else ""


def _without(markup: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The markup without what stands between two marks; what is never closed stays."""
    kept: list[str] = []
    start = 0
    while opened := opening.search(markup, start):
        closed = closing.search(markup, opened.end())
        if not closed:
            break
        kept.append(markup[start : opened.start()])
        start = closed.end()
    return "".join((*kept, markup[start:]))
