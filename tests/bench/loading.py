"""Resampled articles straight into the database of DATA_DIR, without captures and in constant memory.

Run by `python -m tests.bench.resampling --database`. Rows are those that an import would make; they wait to be
indexed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.core.management import call_command
from django.db import transaction

from articles.importing.fingerprints import fingerprints
from articles.models.article import Article, Precision, Status
from articles.models.source import Source
from articles.models.statistics import refresh_statistics
from tests.bench.resampling import Resampling, Sample, add_arguments, small_collection

BATCH = 1000


def load(articles: Iterable[Sample]) -> int:
    """Store the articles as published ones; their number."""
    sources: dict[str, Source | None] = {"": None}
    rows, stored = enumerate(articles), 0
    while batch := list(islice(rows, BATCH)):
        for _number, sample in batch:
            if sample.source not in sources:
                sources[sample.source] = Source.objects.named(sample.source)
        with transaction.atomic():
            Article.objects.bulk_create(
                row(number, sample, sources[sample.source]) for number, sample in batch
            )
        stored += len(batch)
    refresh_statistics()
    return stored


def row(number: int, sample: Sample, source: Source | None) -> Article:
    address = f"https://example.org/articles/{number}"
    digests = fingerprints(address, sample.title, sample.body)
    return Article(
        title=sample.title[:500] or "…",
        body=sample.body,
        author=sample.author[:300],
        source=source,
        published_on=date.fromisoformat(sample.published) if sample.published else None,
        published_precision=Precision.DAY if sample.published else Precision.UNKNOWN,
        status=Status.PUBLISHED,
        url=address,
        url_digest=digests.url,
        text_digest=digests.text,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--database", action="store_true")
    options = parser.parse_args()
    call_command("migrate", verbosity=0, skip_checks=True)
    if Article.objects.exists():
        sys.exit("the archive of DATA_DIR holds articles already: name an empty folder")
    with tempfile.TemporaryDirectory(prefix="archive-resampling-") as folder:
        small = small_collection(options, Path(folder))
        begun = time.perf_counter()
        stored = load(Resampling(small, options.seed).articles(options.size))
    seconds = time.perf_counter() - begun
    print(f"{stored:,} articles in {seconds:.0f} s, {stored / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
