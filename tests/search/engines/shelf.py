"""A shelf: an index of articles that stand in no database, for tests of what the engine makes of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from whoosh.index import open_dir

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.models.story import Story, StoryMember
from articles.search.engines.contract import Found, Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search.engines.whoosh.snapshot import Snapshot, forget
from articles.search.engines.whoosh.writing import all_in_one, open_writer
from articles.search.syntax import Node
from articles.search_indexes import ArticleIndex
from tests.factories import date_fields


def article(
    key: int,
    title: str = "خبر",
    body: str = "",
    *,
    source: str = "",
    published_on: str | None = None,
    status: str = "published",
    collections: Iterable[str] = (),
    author: str = "",
    section: str = "",
    city: str = "",
    country: str = "",
    story: int = 0,
    is_lead: bool = False,
) -> Article:
    """An article that is in no database; its source and collections are given by slug, which is their name too."""
    outlet = Source(pk=1, slug=source, name=source) if source else None
    if outlet:
        outlet._prefetched_objects_cache = {"names": []}
    made = Article(
        pk=key, title=title, body=body, author=author, section=section, city=city, country=country, status=status,
        source=outlet, **date_fields(published_on),
    )  # fmt: skip
    made._prefetched_objects_cache = {
        "collections": [Collection(slug=slug, name=slug) for slug in collections]
    }
    known = Story(pk=story, lead_id=key if is_lead else 0)
    made._state.fields_cache["story_member"] = StoryMember(story=known, article_id=key) if story else None
    return made


class Shelf:
    """An index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder)
        self.backend = ArchiveBackend("default", PATH=str(folder), SILENTLY_FAIL=False)

    def put(self, *articles: Article) -> None:
        """Write the articles in one commit, in the place of earlier ones with their keys."""
        self.backend.update(ArticleIndex(), iter(articles))

    def take(self, key: int) -> None:
        self.backend.remove(f"articles.article.{key}")

    def merge(self) -> None:
        """Make one segment of all."""
        if self.snapshot.size:
            open_writer(open_dir(str(self.generation))).commit(mergetype=all_in_one)

    def find(self, tree: Node, **question: Any) -> Found:
        return self.backend.find(Question(tree, **question))

    def keys(self, tree: Node, **question: Any) -> set[int]:
        """The keys of all that is found."""
        return set(self.find(tree, count=10_000, **question).keys)

    def totals(self, *trees: Node) -> list[int | None]:
        return self.backend.totals([Question(tree) for tree in trees])

    @property
    def snapshot(self) -> Snapshot:
        return self.backend.snapshot()

    @property
    def generation(self) -> Path:
        """The folder of the live generation."""
        current = self.folder.current()
        assert current is not None
        return current


@contextmanager
def temporary_shelf() -> Iterator[Shelf]:
    """For property tests, which need a new one for every example."""
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "index")
        try:
            yield shelf
        finally:
            forget(shelf.folder)
