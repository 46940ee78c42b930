"""A collection for machines that have none: articles of random words with the frequencies of a language.

Words are those of the sample collection with clitics put before them, drawn by Zipf's law with a fixed seed, so
that common, middling and rare words, phrases, sources and dates all occur as in a newspaper.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from articles.arabic.tokenization import words

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
CLITICS = ("", "و", "ال", "ب", "وال", "بال", "لل", "ف", "ك", "ل")
PARAGRAPH_WORDS = 45
ARTICLE_WORDS = (60, 600)


def write_collection(path: Path, size: int) -> Path:
    """Write `size` articles as JSON lines; the same size gives the same file."""
    with path.open("w", encoding="utf-8") as file:
        for article in generated(size):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return path


def generated(size: int) -> Iterator[dict[str, str]]:
    chance = random.Random(size)
    vocabulary = _vocabulary()
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(vocabulary))))
    authors = [" ".join(chance.sample(vocabulary, 2)) for _number in range(max(20, size // 10))]
    first = date(2014, 1, 1)
    for number in range(size):
        text = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(*ARTICLE_WORDS))
        yield {
            "id": f"generated-{number}",
            "url": f"https://example.org/{number}",
            "title": " ".join(text[:9]),
            "body": "\n\n".join(
                " ".join(text[i : i + PARAGRAPH_WORDS]) for i in range(0, len(text), PARAGRAPH_WORDS)
            ),
            "source": f"صحيفة {number % 14}",
            "author": chance.choice(authors),
            "published": (first + timedelta(days=chance.randrange(1400))).isoformat(),
        }


def _vocabulary() -> list[str]:
    """Distinct words, the frequent ones of the sample collection first, each with every clitic."""
    counts: dict[str, int] = {}
    for path in sorted(SEEDS.rglob("*.json*")):
        for word in words(path.read_text("utf-8")):
            if word.isalpha() and not word.isascii():
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ranked + [clitic + word for clitic in CLITICS[1:] for word in ranked]
