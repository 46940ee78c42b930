"""The articles of DATA_DIR as every engine is given them, and the queries, drawn with a seed from their own words.

    python -m tests.bench.engines.analysed FOLDER

writes articles.tsv, queries.json and collection.json: how many articles, and digests of them as printed and as
analysed, by which indexes of an earlier run are known again.
"""

import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from articles.arabic.analysis import STEM, terms
from articles.arabic.tokenization import words
from articles.models.article import Article

SEED = 4
A_CLASS = 15  # queries
SAMPLE = 1500  # articles from which words and phrases are drawn
COMMON, MIDDLE, RARE = (0.1, 0.6), (0.005, 0.02), (2, 20)  # shares of articles; of rare words, articles
PREFIX = 3  # letters

Query = dict[str, Any]


class Sampled:
    """Articles drawn evenly, as words as printed with their stems."""

    def __init__(self, size: int) -> None:
        self.step = max(1, size // SAMPLE)
        self.texts: list[list[tuple[str, str]]] = []

    def look(self, number: int, article: Article) -> None:
        if number % self.step == 0:
            found = words(article.body)
            self.texts.append(list(zip(found, terms(article.body, STEM), strict=True)))


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    printed, analysed = hashlib.sha256(), hashlib.sha256()
    counts: Counter[str] = Counter()
    sampled = Sampled(Article.objects.count())
    number = 0
    with (folder / "articles.tsv").open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles(), start=1):
            title, body = terms(article.title, STEM), terms(article.body, STEM)
            counts.update({*title, *body})
            sampled.look(number, article)
            day = article.published_on.strftime("%Y%m%d") if article.published_on else "0"
            source = article.source.slug if article.source else ""
            row = f"{article.pk}\t{source}\t{day}\t{' '.join(title)}\t{' '.join(body)}\n"
            file.write(row)
            analysed.update(row.encode())
            printed.update(
                f"{article.pk}\t{source}\t{day}\t{article.author}\t{article.title}\t{article.body}\n".encode()
            )
    drawn = classes(sampled.texts, counts, number)
    (folder / "queries.json").write_text(json.dumps(drawn, ensure_ascii=False), "utf-8")
    about = {"articles": number, "printed": printed.hexdigest(), "analysed": analysed.hexdigest()}
    (folder / "collection.json").write_text(json.dumps(about), "utf-8")


def articles() -> Iterator[Article]:
    rows = Article.objects.visible().select_related("source").order_by("pk")
    yield from rows.only("title", "body", "author", "published_on", "source__slug").iterator(500)


def classes(texts: list[list[tuple[str, str]]], counts: Counter[str], size: int) -> dict[str, list[Query]]:
    """Queries by class, each with its words as printed and their stems; phrases occur."""
    chance = random.Random(SEED)
    known = {word: stem for text in texts for word, stem in text if word.isalpha() and len(word) > 2}
    by_stem = {stem: word for word, stem in sorted(known.items())}
    pairs = sorted((word, stem) for stem, word in by_stem.items())
    common = [pair for pair in pairs if COMMON[0] <= counts[pair[1]] / size <= COMMON[1]] or pairs
    middle = [pair for pair in pairs if MIDDLE[0] <= counts[pair[1]] / size <= MIDDLE[1]] or pairs
    rare = [pair for pair in pairs if RARE[0] <= counts[pair[1]] <= RARE[1]] or pairs

    def made(kind: str, *groups: list[tuple[str, str]], **more: Any) -> list[Query]:
        return [_query(kind, [chance.choice(group) for group in groups], **more) for _each in range(A_CLASS)]

    def phrases(length: int) -> list[Query]:
        long = [text for text in texts if len(text) > 20] or [text for text in texts if len(text) >= length]
        starts = [
            (text := chance.choice(long), chance.randrange(len(text) - length + 1))
            for _each in range(A_CLASS)
        ]
        return [_query("phrase", text[start : start + length]) for text, start in starts]

    return {
        "common word": made("word", common), "middle word": made("word", middle), "rare word": made("word", rare),
        "all of 2": made("all", common, middle), "all of 4": made("all", common, common, common, middle),
        "any of 2": made("any", common, middle), "any of 4": made("any", common, middle, middle, rare),
        "phrase of 2": phrases(2), "phrase of 3": phrases(3), "near": made("near", common, common),
        "prefix": [_patterned("prefix", query, slice(PREFIX)) for query in made("prefix", middle)],
        "wildcard": [_patterned("wildcard", query, slice(2), slice(-1, None)) for query in made("wildcard", middle)],
        "in the title": made("title", common), "date range": made("dated", common, **_days()),
        "sorted by date": made("sorted", common), "facets": made("facets", common),
    }  # fmt: skip


def _query(kind: str, pairs: list[tuple[str, str]], **more: Any) -> Query:
    return {
        "kind": kind,
        "words": [word for word, _stem in pairs],
        "stems": [stem for _word, stem in pairs],
        **more,
    }


def _patterned(kind: str, query: Query, *kept: slice) -> Query:
    """A query of parts of its word: those of the stem are what the others look for."""
    parts = {name: [query[name][0][part] for part in kept] for name in ("words", "stems")}
    return {"kind": kind, **parts}


def _days() -> dict[str, int]:
    """Two months in the middle of the archive."""
    dated = (
        Article.objects.visible()
        .exclude(published_on=None)
        .order_by("published_on")
        .values_list("published_on")
    )
    if not (count := dated.count()):
        return {"from": 20150101, "to": 20151231}
    first, last = (int(dated[place][0].strftime("%Y%m%d")) for place in (count // 2, count * 3 // 5))
    return {"from": first, "to": last}


if __name__ == "__main__":
    main()
