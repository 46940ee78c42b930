"""The sample collection of seeds/ in an index, asked as readers ask it."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from articles.importing import inputs
from articles.importing.columns import Plan
from articles.importing.deriving import derive
from articles.importing.reading import ReadOptions, read
from articles.importing.records import ExtractedArticle, RawDocument
from articles.search.composition import any_of_words
from articles.search.engines.whoosh.snapshot import forget
from articles.search.expansion import expand
from articles.search.name_book import NameBook
from articles.search.parser import parse
from articles.search.syntax import Level, Node
from tests.search.engines.shelf import Shelf, article

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TODAY = date(2026, 1, 1)


def samples() -> Iterator[ExtractedArticle]:
    for item in read(inputs.expand([str(SEEDS)]), ReadOptions(), stdin=io.BytesIO()):
        if isinstance(item, RawDocument) and not item.revisit:
            found = derive(item, Plan({})).found
            assert isinstance(found, ExtractedArticle)
            yield found


class Library:
    """Articles with the titles under which they are found."""

    def __init__(self, shelf: Shelf, titles: dict[int, str]) -> None:
        self.shelf = shelf
        self.titles = titles

    def ranked(self, text: str, *, any_word: bool = False) -> list[str]:
        """The titles of what a reader finds with these words, best first."""
        tree: Node = expand(parse(text, TODAY).tree, Level.STEM, NameBook()).tree
        found = self.shelf.find(any_of_words(tree) if any_word else tree, facets=(), count=100)
        return [self.titles[key] for key in found.keys]


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample collection, indexed once for all questions."""
    shelf = Shelf(tmp_path_factory.mktemp("seeds") / "index")
    held = dict(enumerate(samples(), start=1))
    shelf.put(*(article(key, each.title, each.body) for key, each in held.items()))
    yield Library(shelf, {key: each.title for key, each in held.items()})
    forget(shelf.folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "index")
    yield made
    forget(made.folder)
