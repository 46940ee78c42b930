"""What captures say anew of articles that the archive has: the versions of one chunk of an import.

1 `read`: what the articles and their versions say, before the chunk changes anything
2 `Histories.hear`: what each capture says, in the order of the chunk
3 `Histories.write`: the versions that came of it
The same captures make the same versions in one chunk or in many. Each step asks as often for one article as for many.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from articles.importing import titles
from articles.importing.edits import Edit, edit_between
from articles.importing.fingerprints import text_digest
from articles.importing.folding import FOLDS, INVISIBLE, MARKS, key
from articles.importing.records import ExtractedArticle
from articles.importing.store.rows import CURATOR
from articles.importing.store.versions import (
    SAID,
    Said,
    columns,
    first_captures,
    first_version,
    said_by,
    said_in,
)
from articles.models.article import Article, Precision
from articles.models.capture import Capture
from articles.models.version import ArticleVersion, Cause

# What holds a part of the text only says nothing of the whole.
PARTIAL = {"feed_summary", "body_cut", "capture_truncated", "body_from_metadata"}
# Differences that no reader sees as another wording; forms of letters and punctuation are not among them.
BARE = {
    code: folded for code, folded in FOLDS.items() if folded.isdigit() or chr(code) in [*MARKS, *INVISIBLE]
}
PRECISIONS = (Precision.UNKNOWN, Precision.YEAR, Precision.MONTH, Precision.DAY)

# What tells one wording from another without reading it: digest of the words, author, date.
Mark = tuple[str, str, date | None]


@dataclass(slots=True)
class _Heard:
    """The newspaper's last wording of an article; `number` is 0 while it has no version."""

    said: Said
    number: int
    moment: datetime | None

    @property
    def is_derived(self) -> bool:
        """Whether the title is the first sentence and no headline; a headline said twice has a line of its own."""
        line = self.said.body.lstrip().partition("\n")[0].rstrip()
        return titles.derive(self.said.body) == self.said.title != line


@dataclass(slots=True)
class _History:
    """What the archive knows of the wordings of one article.

    `first` is the capture that an article without versions was made of; `fixed` are fields whose value is a curator's.
    """

    article: int
    last: _Heard
    highest: int = 0
    marks: set[Mark] = field(default_factory=set)
    fixed: frozenset[str] = frozenset()
    first: Capture | None = None


@dataclass(slots=True)
class Histories:
    """The articles of a chunk, and the versions that were heard of them."""

    of: dict[int, _History]
    made: list[ArticleVersion] = field(default_factory=list)

    def begin(self, article: int, capture: Capture) -> None:
        """Name the capture that an article of this chunk was made of."""
        history = self.of[article]
        if not history.highest:
            history.first, history.last.moment = capture, capture.captured_at

    def hear(self, article: int, found: ExtractedArticle, capture: Capture) -> None:
        """Take in what a capture says of an article."""
        history, moment = self.of[article], capture.captured_at
        last = history.last
        said = _said_now(found, last, history.fixed)
        if not _is_new(said, moment, history):
            return
        if not history.highest:
            self.made.append(first_version(article, last.said, history.first))
            last.number = history.highest = 1
        is_older = bool(moment and last.moment and moment < last.moment)
        edit = _edit(last.said, said, is_older, last.is_derived or found.title_is_derived)
        history.highest += 1
        self.made.append(
            ArticleVersion(
                **columns(said),
                article_id=article,
                number=history.highest,
                base=last.number or history.highest - 1,
                cause=Cause.CAPTURE,
                was_headline_changed=edit.headline,
                were_numbers_changed=edit.numbers,
                is_silent=edit.is_silent,
                capture=capture,
                run_id=capture.run_id,
            )
        )
        history.marks.add(_mark(said))
        history.fixed = frozenset()
        if not is_older:
            history.last = _Heard(said, history.highest, moment)

    def write(self) -> None:
        ArticleVersion.objects.bulk_create(self.made)
        self.made.clear()


def read(articles: Iterable[int]) -> Histories:
    """What the articles and their versions say now."""
    keys = sorted(set(articles))
    if not keys:
        return Histories({})
    versions: dict[int, list[ArticleVersion]] = {}
    rows = ArticleVersion.objects.filter(article__in=keys).select_related("capture")
    heads = rows.only(
        *("article_id", "number", "cause", "author", "published_on", "text_digest", "capture__captured_at"),
        "merged_from_id",
    )
    for version in heads.order_by("article", "number"):
        versions.setdefault(version.article_id, []).append(version)
    last = {article: heard for article, held in versions.items() if (heard := _last(held))}
    texts = ArticleVersion.objects.in_bulk([version.pk for version in last.values()]) if last else {}
    held_articles = Article.objects.filter(pk__in=keys).only(*SAID, "evidence").order_by()
    unversioned = [key for key in keys if key not in versions]
    first = first_captures(unversioned) if unversioned else {}
    return Histories(
        {
            article.pk: _history(article, versions.get(article.pk, []), last.get(article.pk), texts, first)
            for article in held_articles
        }
    )


def _last(versions: Sequence[ArticleVersion]) -> ArticleVersion | None:
    """What the newspaper said last: a capture that came later may be of an earlier moment."""
    last: ArticleVersion | None = None
    for version in versions:
        if version.cause == Cause.CURATOR or version.merged_from_id:
            continue
        moment, latest = _moment(version), _moment(last) if last else None
        if not (moment and latest and moment < latest):
            last = version
    return last


def _moment(version: ArticleVersion) -> datetime | None:
    return version.capture.captured_at if version.capture else None


def _history(
    article: Article,
    versions: Sequence[ArticleVersion],
    last: ArticleVersion | None,
    texts: dict[int, ArticleVersion],
    captures: dict[int, Capture],
) -> _History:
    shown, first = said_by(article), captures.get(article.pk)
    said = said_in(texts[last.pk]) if last else shown
    heard = _Heard(
        said,
        number=last.number if last else 0,
        moment=_moment(last) if last else first.captured_at if first else None,
    )
    marks = {_mark(version) for version in versions}
    corrected = (name for name, found in article.evidence.items() if found.get("place") == CURATOR)
    return _History(
        article=article.pk,
        last=heard,
        highest=versions[-1].number if versions else 0,
        marks=marks or {_mark(shown)},
        fixed=frozenset() if last else frozenset(corrected),
        first=first,
    )


def _said_now(found: ExtractedArticle, last: _Heard, fixed: frozenset[str]) -> Said:
    """What a capture says; what it is silent about is as the newspaper said it last.

    Where that is a curator's text, of an article that was corrected before it had versions, what was corrected is
    not known any more: it is as the curator left it, as long as the words are those that came in.
    """
    said = last.said
    keeps_title = found.title_is_derived and not last.is_derived
    keeps_body = not found.body or bool(said.body) and any(note.code in PARTIAL for note in found.notes)
    title, body = said.title if keeps_title else found.title, said.body if keeps_body else found.body
    digest = text_digest(title, body)
    if digest == said.text_digest and fixed & {"title", "body"}:
        title, body = said.title, said.body
    given = {
        name: value
        for name in ("author", "section", "dateline")
        if (value := getattr(found, name)) and name not in fixed
    }
    if "published_on" not in fixed and _tells_more(found, said):
        given |= {
            "published_on": found.published.day,
            "published_precision": found.published.precision,
        }
    return replace(said, title=title, body=body, text_digest=digest, **given)


def _tells_more(found: ExtractedArticle, said: Said) -> bool:
    """Whether a capture has a date of its own: not the day of its crawl, nor the month of a day that is known."""
    day, precision = found.published.day, Precision(found.published.precision)
    shown = found.evidence.get("published_on")
    if day is None or (shown and shown.place == "crawl"):
        return False
    held = said.published_on
    if held is None or PRECISIONS.index(precision) >= PRECISIONS.index(Precision(said.published_precision)):
        return True
    return day.year != held.year or (precision == Precision.MONTH and day.month != held.month)


def _is_new(said: Said, moment: datetime | None, history: _History) -> bool:
    """Whether the newspaper did not say this before, or went back to it at a later moment."""
    last, mark = history.last, _mark(said)
    if mark == _mark(last.said):
        return (_bare(said.title), _bare(said.body)) != (_bare(last.said.title), _bare(last.said.body))
    return mark not in history.marks or bool(moment and last.moment and moment > last.moment)


def _mark(said: Said | ArticleVersion) -> Mark:
    return said.text_digest, key(said.author), said.published_on


def _bare(text: str) -> str:
    return "".join(text.translate(BARE).split())


def _edit(last: Said, said: Said, is_older: bool, is_derived: bool) -> Edit:
    """What the newspaper changed; a title that was made of the first sentence is no headline."""
    older, newer = (said, last) if is_older else (last, said)
    edit = edit_between(older.title, older.body, newer.title, newer.body)
    return replace(edit, headline=False) if is_derived else edit
