"""How well articles come out of pages of HTML, beside trafilatura alone on the same pages; `make bench` prints it.

The pages are those of tests/importing/pages/newsrooms, each with what must come out of it. Title, author and date
count when they are exactly that; a text by its words: F1 of words found and words expected, spelling folded.

    python -m tests.bench.extraction            the table
    python -m tests.bench.extraction --pages    and each page whose text or fields are not wholly right
"""

import argparse
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import mean

import trafilatura

from articles.importing.records import ExtractedArticle
from tests.importing.pages.samples import Newsroom, newsrooms, token_f1

FIELDS = ("title", "author", "published")


@dataclass(frozen=True, slots=True)
class Found:
    """What one extractor made of a page."""

    title: str = ""
    author: str = ""
    published: tuple[str, str] = ("", "unknown")
    body: str = ""


@dataclass(slots=True)
class Score:
    """How one extractor did on all pages."""

    name: str
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    texts: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, page: Newsroom, found: Found) -> None:
        expected = expected_of(page)
        wrong = [name for name in FIELDS if getattr(found, name) != getattr(expected, name)]
        for name in FIELDS:
            self.right[name] += name not in wrong
        self.texts.append(token_f1(found.body, expected.body))
        if wrong or self.texts[-1] < 1:
            self.misses.append(f"{page.name}: {', '.join(wrong) or 'text'} (F1 {self.texts[-1]:.3f})")

    def line(self) -> str:
        shares = " | ".join(f"{self.right[name] / len(self.texts):.1%}" for name in FIELDS)
        worst, speed = min(self.texts), len(self.texts) / self.seconds
        return f"| {self.name} | {shares} | {mean(self.texts):.4f} | {worst:.3f} | {speed:,.0f} |"


def expected_of(page: Newsroom) -> Found:
    told = page.expected
    return Found(told["title"], told["author"], (told["published"], told["precision"]), page.body)


def ours(page: Newsroom) -> Found:
    found = page.extract()
    if not isinstance(found, ExtractedArticle):
        return Found()
    day = found.published.day.isoformat() if found.published.day else ""
    return Found(found.title, found.author, (day, found.published.precision), found.body)


def trafilatura_alone(page: Newsroom) -> Found:
    found = trafilatura.bare_extraction(
        page.content, url=page.expected.get("address"), include_comments=False, with_metadata=True
    )
    if found is None:
        return Found()
    date = getattr(found, "date", None) or ""
    return Found(
        getattr(found, "title", None) or "",
        getattr(found, "author", None) or "",
        (date, "day" if date else "unknown"),
        getattr(found, "text", None) or "",
    )


def score(name: str, extract: Callable[[Newsroom], Found], pages: Sequence[Newsroom]) -> Score:
    for page in pages:  # tables are built, patterns compiled
        extract(page)
    scored = Score(name)
    begun = time.perf_counter()
    found = [extract(page) for page in pages]
    scored.seconds = time.perf_counter() - begun
    for page, result in zip(pages, found, strict=True):
        scored.add(page, result)
    return scored


def scores() -> list[Score]:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pages = list(newsrooms())
    return [score("Warraq", ours, pages), score("trafilatura alone", trafilatura_alone, pages)]


def markdown(scored: Sequence[Score]) -> str:
    return "\n".join(
        [
            f"## Articles out of {len(scored[0].texts)} pages of HTML",
            "",
            "| | title exact | author exact | date exact | text, mean F1 | text, worst F1 | pages a second |",
            "|---|---|---|---|---|---|---|",
            *(each.line() for each in scored),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--pages", action="store_true", help="name each page that is not wholly right")
    options = parser.parse_args()
    scored = scores()
    print(markdown(scored))
    for each in scored if options.pages else ():
        print(each.name, *each.misses, "", sep="\n  ")


if __name__ == "__main__":
    main()
