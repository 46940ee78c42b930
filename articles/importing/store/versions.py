"""The versions of an article: every text it was known to have, in the order in which the archive learned them.

What a capture says is compared with what the newspaper said last, not with what a curator made of it: so a
correction is never taken for a change of the newspaper's, nor hides one.
"""

from dataclasses import dataclass, fields
from datetime import date

from django.contrib.auth.models import User

from articles.importing.fingerprints import text_digest
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from articles.models.version import ArticleVersion, Cause


@dataclass(frozen=True, slots=True)
class Said:
    """A text of an article; `text_digest` is that of the text as it came in, before anyone corrected it."""

    title: str
    body: str
    author: str
    section: str
    dateline: str
    published_on: date | None
    published_precision: str
    text_digest: str


SAID = tuple(field.name for field in fields(Said))


def said_by(article: Article | ArticleVersion) -> Said:
    return Said(*(getattr(article, name) for name in SAID))


def add(
    article: Article,
    before: Said,
    after: Said,
    *,
    cause: Cause,
    capture: Capture | None = None,
    run: ImportRun | None = None,
    actor: User | None = None,
) -> ArticleVersion | None:
    """Write `after` as the article's next version, and `before` as number 1 where it has none yet.

    None where both say the same, letter for letter. The caller saves the article, and holds a transaction.
    """
    if _words(before) == _words(after):
        return None
    last = ArticleVersion.objects.filter(article=article).order_by("-number").first()
    if last is None:
        last = _first(article, before)
        last.save()
    made = ArticleVersion(
        article=article,
        number=last.number + 1,
        cause=cause,
        capture=capture,
        run=run,
        actor=actor,
        **_columns(after),
    )
    made.save()
    return made


def _words(said: Said) -> tuple[object, ...]:
    return tuple(getattr(said, name) for name in SAID if name != "text_digest")


def _columns(said: Said) -> dict[str, object]:
    digest = said.text_digest or text_digest(said.title, said.body)
    return {name: getattr(said, name) for name in SAID} | {"text_digest": digest}


def _first(article: Article, said: Said) -> ArticleVersion:
    """What the article said before its first change: of its first capture, or else written by a curator."""
    capture = Capture.objects.filter(article=article).order_by("pk").first()
    cause = Cause.CAPTURE if capture else Cause.CURATOR
    run = capture.run if capture else None
    return ArticleVersion(article=article, number=1, cause=cause, capture=capture, run=run, **_columns(said))
