"""Chosen articles written to a file in DATA_DIR/exports, a few at a time; files are kept for some days."""

import csv
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import history
from articles.citations import bibtex, csl, ris
from articles.citations.record import CitedArticle
from articles.models.article import Article

BATCH = 200  # articles in memory at a time
DAYS_KEPT, FILES_KEPT = 7, 50
FOLDER = "exports"
NAME = re.compile(r"articles-[0-9]+-[0-9a-f]{16}\.(csv|jsonl|bib|ris|json)")
COLUMNS = (
    *("public_id", "status", "embargoed_until", "title", "author", "source", "published_on"),
    *("published_precision", "section", "language", "dateline", "city", "country", "url", "external_id"),
    *("address", "collections", "tags", "body"),
)
SEVERAL = " | "  # between names in one cell
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, Any]
Make = Callable[[Article, str], str]


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form of file: what stands at its head, what each article is, what stands between two and at the end."""

    label: Any
    media_type: str
    make: Make
    head: str = ""
    between: str = ""
    end: str = ""


def _cells(values: Iterable[Any]) -> str:
    line = StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue()


def _cell(value: Any) -> str:
    """
    >>> _cell("=1+1"), _cell(None), _cell(["أ", "ب"])
    ("'=1+1", '', 'أ | ب')
    """
    text = SEVERAL.join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _row(article: Article, base: str) -> Row:
    named = {
        "source": article.source.name if article.source else "",
        "address": f"{base}{article.get_absolute_url()}",
        "collections": sorted(held.name for held in article.collections.all()),
        "tags": sorted(held.name for held in article.tags.all()),
    }
    return {name: named[name] if name in named else history.plain(getattr(article, name)) for name in COLUMNS}


def _cited(article: Article, base: str) -> CitedArticle:
    return CitedArticle(
        public_id=article.public_id,
        title=article.title,
        url=f"{base}{article.get_absolute_url()}",
        archive=settings.SITE_NAME,
        accessed=timezone.localdate(),
        written_access="",
        written_date="",
        title_is_derived=article.title_is_derived,
        author=article.author,
        source=article.source.name if article.source else "",
        section=article.section,
        language=article.language,
        day=article.published_on,
        precision=article.published_precision,
        date_is_from_crawl=article.date_is_from_crawl,
        original_url=article.url,
    )


def _citation(make: Callable[[CitedArticle], str]) -> Make:
    return lambda article, base: make(_cited(article, base))


def _csv(article: Article, base: str) -> str:
    return _cells(_row(article, base).values())


def _jsonl(article: Article, base: str) -> str:
    return json.dumps(_row(article, base), ensure_ascii=False) + "\n"


FORMS: dict[str, FileForm] = {
    # The mark tells a spreadsheet that the letters are UTF-8.
    "csv": FileForm(_("CSV، بالنصوص كلها"), "text/csv", _csv, head="\ufeff" + _cells(COLUMNS)),
    "jsonl": FileForm(_("JSON Lines، بالنصوص كلها"), "application/jsonl", _jsonl),
    "bib": FileForm(_("BibTeX، للاستشهاد"), bibtex.MEDIA_TYPE, _citation(bibtex.bibtex), between="\n"),
    "ris": FileForm(_("RIS، للاستشهاد"), ris.MEDIA_TYPE, _citation(ris.ris), between="\r\n"),
    "json": FileForm(
        _("CSL-JSON، للاستشهاد"), csl.MEDIA_TYPE, _citation(csl.item), head="[\n", between=",\n", end="\n]\n"
    ),
}
LABELS = [(name, form.label) for name, form in FORMS.items()]


def folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER


def file_name(number: int, form: str) -> str:
    """A name that nobody guesses."""
    return f"articles-{number}-{secrets.token_hex(8)}.{form}"


def path_of(name: str) -> Path | None:
    """Where an export of this name is; None where it is gone, or is no name of one."""
    path = folder() / name if NAME.fullmatch(name) else None
    return path if path and path.is_file() else None


def write(chunks: Iterable[list[int]], form: str, base: str, name: str) -> Iterator[int]:
    """Write the articles of these keys, each list in its order; after each batch the number written.

    The file has its name when it is whole.
    """
    kind, target = FORMS[form], folder() / name
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(kind.head)
            is_first = True
            for keys in chunks:
                for article in _articles(keys):
                    file.write("" if is_first else kind.between)
                    file.write(kind.make(article, base))
                    is_first = False
                yield len(keys)
            file.write(kind.end)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _articles(keys: list[int]) -> Iterator[Article]:
    rows = Article.objects.select_related("source").prefetch_related("collections", "tags")
    for start in range(0, len(keys), BATCH):
        held = rows.in_bulk(keys[start : start + BATCH])
        yield from (held[key] for key in keys[start : start + BATCH] if key in held)


def tidy_up() -> int:
    """Remove files that are old, and the oldest where there are too many; how many."""
    if not folder().is_dir():
        return 0
    files = sorted(folder().iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    oldest = time.time() - DAYS_KEPT * 24 * 60 * 60
    gone = [path for place, path in enumerate(files) if place >= FILES_KEPT or path.stat().st_mtime < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
