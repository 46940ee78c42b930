"""The versions of an article: every text it was known to have, in the order in which the archive learned them.

What a capture says is compared with what the newspaper said last, not with what a curator made of it: so a
correction is never taken for a change of the newspaper's, nor hides one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Min, QuerySet

from articles.importing.edits import edit_between
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


def said_by(article: Article) -> Said:
    return Said(*(getattr(article, name) for name in SAID))


def said_in(version: ArticleVersion) -> Said:
    return Said(*(getattr(version, name) for name in SAID))


def add(
    article: Article,
    before: Said,
    after: Said,
    *,
    cause: Cause,
    capture: Capture | None = None,
    run: ImportRun | None = None,
    actor: User | None = None,
    base: int | None = None,
) -> ArticleVersion | None:
    """Write `after` as the article's next version, and `before` as number 1 where it has none yet.

    `base` is the number of the version that `after` was taken from; without one it is that of `before`. None where
    both say the same, letter for letter. The caller saves the article, and holds a transaction that has the article's
    row locked.
    """
    if _words(before) == _words(after):
        return None
    held = ArticleVersion.objects.filter(article=article)
    last = held.order_by("-number").values_list("number", flat=True).first()
    if last is None:
        first_version(article.pk, before, first_captures([article.pk]).get(article.pk)).save()
        last = 1
    edit = edit_between(before.title, before.body, after.title, after.body)
    made = ArticleVersion(
        **columns(after),
        article=article,
        number=last + 1,
        base=base or _number_of(held, before) or last,
        cause=cause,
        was_headline_changed=edit.headline,
        were_numbers_changed=edit.numbers,
        is_silent=edit.is_silent and cause == Cause.CAPTURE,
        capture=capture,
        run=run,
        actor=actor,
    )
    made.save()
    return made


def add_each(
    changed: Sequence[tuple[Article, Said]], *, cause: Cause, actor: User | None = None
) -> list[ArticleVersion]:
    """As `add` for each of many articles whose words stay and whose other fields changed, with what each said before.

    The caller holds a transaction that has their rows locked, and saves them.
    """
    changed = [(article, before) for article, before in changed if _words(before) != _words(said_by(article))]
    keys = [article.pk for article, _before in changed]
    numbers = _numbers(changed)
    captures = first_captures([key for key in keys if key not in numbers])
    made = []
    for article, before in changed:
        if article.pk not in numbers:
            made.append(first_version(article.pk, before, captures.get(article.pk)))
        last, base = numbers.get(article.pk, (1, 1))
        after = said_by(article)
        digest = text_digest(after.title, after.body)
        said = {**columns(after), "text_digest": digest}
        made.append(
            ArticleVersion(**said, article=article, number=last + 1, base=base, cause=cause, actor=actor)
        )
    return ArticleVersion.objects.bulk_create(made)


def _numbers(changed: Sequence[tuple[Article, Said]]) -> dict[int, tuple[int, int]]:
    """Of each article with versions the highest number, and that of the latest which says exactly what it said."""
    said = {article.pk: before for article, before in changed}
    found: dict[int, tuple[int, int]] = {}
    rows = ArticleVersion.objects.filter(article__in=list(said)).order_by("article", "number")
    for key, number, merged, title, author, day, body in rows.values_list(
        *("article", "number", "merged_from", "title", "author", "published_on", "body")
    ).iterator():
        before = said[key]
        is_same = (title, author, day, body) == (
            *(before.title, before.author, before.published_on, before.body),
        )
        base = number if is_same and not merged else found.get(key, (0, 0))[1]
        found[key] = (number, base)
    return {key: (last, base or last) for key, (last, base) in found.items()}


def _words(said: Said) -> tuple[object, ...]:
    return tuple(getattr(said, name) for name in SAID if name != "text_digest")


def _number_of(held: QuerySet[ArticleVersion], said: Said) -> int | None:
    """The number of the latest version of its own that says exactly this."""
    same = held.filter(
        merged_from=None, title=said.title, author=said.author, published_on=said.published_on, body=said.body
    )
    return same.order_by("-number").values_list("number", flat=True).first()


def columns(said: Said) -> dict[str, Any]:
    """The columns of a version that hold the text."""
    digest = said.text_digest or text_digest(said.title, said.body)
    return {name: getattr(said, name) for name in SAID} | {"text_digest": digest}


def first_version(article: int, said: Said, capture: Capture | None) -> ArticleVersion:
    """What an article said before its first change: in its first capture, or else as a curator wrote it."""
    return ArticleVersion(
        **columns(said),
        article_id=article,
        number=1,
        cause=Cause.CAPTURE if capture else Cause.CURATOR,
        capture=capture,
        run_id=capture.run_id if capture else None,
    )


def first_captures(articles: list[int]) -> dict[int, Capture]:
    """The first capture of each article that has any of its own."""
    own = Capture.objects.filter(article__in=articles, merged_from=None).order_by()
    first = own.values("article").annotate(key=Min("pk"))
    rows = Capture.objects.filter(pk__in=first.values("key")).only("article_id", "run_id", "captured_at")
    return {capture.article_id: capture for capture in rows.order_by() if capture.article_id}


@dataclass(frozen=True, slots=True)
class Brought:
    """Versions to take back with a run, each with its article; and articles whose text was made of one since."""

    of: dict[int, int]
    built_upon: set[int]


def brought_by(run: ImportRun, articles: Iterable[int]) -> Brought:
    """What a run brought to articles that stay. With the last change goes number 1: such an article has no versions."""
    held: dict[int, list[ArticleVersion]] = {}
    # The run is not asked for: see the queries of `undoing`.
    rows = ArticleVersion.objects.filter(article__in=list(articles)).order_by("article", "number")
    for version in rows.only("article_id", "number", "base", "cause", "run_id"):
        held.setdefault(version.article_id, []).append(version)
    brought = Brought({}, set())
    for article, versions in held.items():
        own = {version.number for version in versions if version.number > 1 and version.run_id == run.pk}
        others = [version for version in versions if version.number not in own]
        if any(version.base in own and version.cause != Cause.CAPTURE for version in others):
            brought.built_upon.add(article)
        elif own:
            brought.of.update(
                (version.pk, article) for version in versions if version.number in own or others == [version]
            )
    return brought
