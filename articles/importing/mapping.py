"""From a record with named columns to an article: JSON objects and CSV rows.

The body of a record keeps its own line breaks and its own first words: a dateline in it is understood where
columns are silent, and left standing.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from articles.importing import cleaning, dateline, dates, html_text, language
from articles.importing.columns import Plan
from articles.importing.draft import Draft
from articles.importing.folding import INVISIBLE
from articles.importing.records import ExtractedArticle, PartialDate, Rejected

# Where a value is an object, its text stands under one of these: {"name": "..."}, {"rendered": "..."}.
INNER_NAMES = ("name", "rendered", "text", "title", "value", "@value", "#text")
SHORT = ("title", "author", "source", "section", "city", "country", "external_id")
LINE = re.compile(r"[^\n\t]+")
LONGEST_UNSEEN = (
    20  # characters nobody sees, such as direction marks, that may fill a field which is really empty
)
UNSEEN = str.maketrans(dict.fromkeys(INVISIBLE, ""))


def extract_record(fields: Mapping[str, object], plan: Plan) -> ExtractedArticle | Rejected:
    """The article in a record; rejected when it has neither title nor body."""
    columns = plan.columns(tuple(fields))
    draft = Draft()
    body = _body(fields, columns.get("body", ()), draft)
    for name in SHORT:
        _take_short(name, fields, columns.get(name, ()), draft)
    if not body and not draft.has("title"):
        return Rejected("empty", _nothing_found(fields, columns))
    _take_address(fields, columns, draft)
    _take_language(fields, columns, draft)
    _take_own_date(fields, columns, draft)
    _take_dateline(body, draft)
    _take_capture(fields, columns, draft)
    return draft.finish(body)


def as_text(value: object, *, joint: str = "، ") -> str:
    """A value of any JSON type as text.

    >>> as_text(["هدى", {"name": "سالم"}]), as_text(None), as_text(2015)
    ('هدى، سالم', '', '2015')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return joint.join(text for part in value if (text := as_text(part).strip()))
    if isinstance(value, dict):
        return next((text for name in INNER_NAMES if (text := as_text(value.get(name)))), "")
    return "" if value is None or isinstance(value, bool) else str(value)


def _first(fields: Mapping[str, object], columns: Sequence[str], *, joint: str = "، ") -> tuple[str, str]:
    """The first column that says anything, and what it says."""
    for column in columns:
        text = as_text(fields[column], joint=joint).strip()
        if len(text) > LONGEST_UNSEEN or text.translate(UNSEEN).strip():
            return column, text
    return "", ""


def _body(fields: Mapping[str, object], columns: Sequence[str], draft: Draft) -> str:
    _column, text = _first(fields, columns, joint="\n\n")
    if html_text.has_markup(text):
        text = html_text.to_text(text)
        draft.note("html")
    text, replaced = cleaning.tidy(text)
    if replaced:
        draft.note("replaced_characters")
    arabic = language.guess(text) == "ar"
    lines, draft.links, related = cleaning.take_related(text.split("\n"))
    lines, furniture = cleaning.drop_trailing(lines, arabic=arabic)
    draft.notes += [*related, *furniture]
    return cleaning.join_lines(lines)


def _take_short(name: str, fields: Mapping[str, object], columns: Sequence[str], draft: Draft) -> None:
    column, text = _first(fields, columns)
    if not text:
        return
    plain = html_text.unescape(text)
    if plain != text:
        draft.note("entities", f"{name}: {text}")
    if name == "title" and html_text.has_markup(plain):
        plain = html_text.to_text(plain)
    tidied, replaced = cleaning.tidy(plain)
    if replaced:
        draft.note("replaced_characters", name)
    draft.set(name, " ".join(map(str.strip, LINE.findall(tidied))), f"column {column}", text)


def _take_address(fields: Mapping[str, object], columns: Mapping[str, Sequence[str]], draft: Draft) -> None:
    column, text = _first(fields, columns.get("url", ()))
    draft.set("url", cleaning.tidy(text)[0], f"column {column}")


def _take_language(fields: Mapping[str, object], columns: Mapping[str, Sequence[str]], draft: Draft) -> None:
    column, text = _first(fields, columns.get("language", ()))
    draft.set("language", language.code(text), f"column {column}", text)


def _take_own_date(fields: Mapping[str, object], columns: Mapping[str, Sequence[str]], draft: Draft) -> None:
    column, text = _first(fields, columns.get("published_on", ()))
    known = dates.parse(text)
    if text and not known.day:
        draft.note("date_unread", text)
    draft.set("published", known, f"column {column}", text)


def _take_dateline(body: str, draft: Draft) -> None:
    """City, country, outlet and date from the first line, which stays where it is."""
    first_line = body.partition("\n")[0].strip()
    opened = dateline.opening(first_line)
    found = dateline.parse(first_line) or (opened[0] if opened else None)
    if found:
        for name in ("city", "country", "source", "author", "published"):
            draft.set(name, getattr(found, name), "dateline", found.text)


def _take_capture(fields: Mapping[str, object], columns: Mapping[str, Sequence[str]], draft: Draft) -> None:
    """When the record was captured; for want of any other date, the day stands in for that of publication."""
    column, text = _first(fields, columns.get("captured_at", ()))
    captured_at = dates.moment(text)
    if text and not captured_at:
        draft.note("date_unread", text)
    draft.set("captured_at", captured_at, f"column {column}", text)
    if captured_at:
        draft.set("published", PartialDate(captured_at.date(), "day"), "crawl", text)


def _nothing_found(fields: Mapping[str, object], columns: Mapping[str, Any]) -> str:
    if "title" in columns or "body" in columns:
        return "title and body are empty"
    names = ", ".join(list(fields)[:20])
    return f"no column holds a title or a body; the columns are {names}. Say which with --map COLUMN=body"
