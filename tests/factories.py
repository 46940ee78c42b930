"""Rows for tests: each function makes one, with everything the test does not care about filled in."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from articles.models.article import Article, Precision
from articles.models.capture import Capture
from articles.models.collection import Collection
from articles.models.import_run import ImportItem, ImportRun, Outcome
from articles.models.source import Source
from articles.models.stem_exceptions import StemException
from articles.models.story import Story, StoryMember, StoryState
from articles.models.synonyms import SynonymGroup, SynonymTerm

PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def make_source(name: str = "صحيفة الأفق", **values: Any) -> Source:
    """The source of this name, made on the first call."""
    source = Source.objects.named(name)
    for field, value in values.items():
        setattr(source, field, value)
    source.save()
    return source


def make_collection(name: str = "ملفات الموصل", **values: Any) -> Collection:
    """The collection of this name, made on the first call."""
    collection = Collection.objects.named(name)
    for field, value in values.items():
        setattr(collection, field, value)
    collection.save()
    return collection


def make_article(
    title: str = "خبر",
    body: str = "",
    *,
    source: Source | str | None = None,
    published_on: date | str | None = None,
    status: str = "published",
    collections: Iterable[Collection | str] = (),
    **values: Any,
) -> Article:
    """An article, published unless said otherwise and waiting to be indexed.

    Sources and collections may be given by name. A date may be «2015-07-21», «2015-07» or «2015», which sets
    the precision; a date object is known to the day.
    """
    article = Article.objects.create(
        title=title,
        body=body,
        source=make_source(source) if isinstance(source, str) else source,
        status=status,
        **date_fields(published_on),
        **values,
    )
    article.collections.set(make_collection(held) if isinstance(held, str) else held for held in collections)
    return article


def date_fields(published_on: date | str | None) -> dict[str, Any]:
    """The two columns of a date: its first day, and how much of it is known."""
    if published_on is None:
        return {}
    written = published_on if isinstance(published_on, str) else published_on.isoformat()
    first_day = date.fromisoformat(written + "0000-01-01"[len(written) :])
    return {"published_on": first_day, "published_precision": PRECISIONS[len(written)]}


def make_run(**values: Any) -> ImportRun:
    """An import run that has read nothing yet."""
    return ImportRun.objects.create(**values)


def make_item(run: ImportRun | None = None, *, outcome: str = Outcome.NEW, **values: Any) -> ImportItem:
    """What became of one item of a run."""
    return ImportItem.objects.create(
        run=run or make_run(), outcome=outcome, **{"origin": "file.json", "locator": "item 1", **values}
    )


def make_capture(article: Article | None = None, *, content: bytes = b"", **values: Any) -> Capture:
    """A capture of `content`, bytes of its own when none are given; the bytes themselves are not stored."""
    number = Capture.objects.count() + 1
    content = content or f"capture {number}".encode()
    fields = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "media_type": "application/json",
        "charset": "utf-8",
        "origin": "file.json",
        "locator": f"item {number}",
    }
    return Capture.objects.create(article=article, **{**fields, **values})


def make_group(*terms: str, kind: str = "name", sources: int = 0, **values: Any) -> SynonymGroup:
    """A group of other names; in a one-way group the first `sources` terms lead to the others."""
    group = SynonymGroup.objects.create(kind=kind, **{"label": terms[0], **values})
    for order, text in enumerate(terms):
        SynonymTerm.objects.create(group=group, text=text, order=order, is_source=order < sources)
    return group


def make_story(*articles: Article, state: str = "found", **values: Any) -> Story:
    """A story of these articles, the first its lead; of a confirmed one every copy is reviewed."""
    story = Story.objects.create(lead=articles[0], state=state, **values)
    for article in articles:
        words = len(article.body.split())
        StoryMember.objects.create(
            story=story, article=article, words=words, is_reviewed=state == StoryState.CONFIRMED
        )
    return story


def make_kept_word(word: str, **values: Any) -> StemException:
    """A word that is searched as it stands: a name, unless said otherwise."""
    return StemException.objects.create(word=word, **values)
