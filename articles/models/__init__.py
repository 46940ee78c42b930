"""What the archive keeps. Django finds models here, so this one package lists its modules."""

from articles.models import (
    article,
    capture,
    change,
    collection,
    empty_search,
    extraction,
    import_run,
    index_removal,
    job,
    returned_text,
    source,
    story,
    synonyms,
    takedown,
    version,
)

__all__ = [
    "article",
    "capture",
    "change",
    "collection",
    "empty_search",
    "extraction",
    "import_run",
    "index_removal",
    "job",
    "returned_text",
    "source",
    "story",
    "synonyms",
    "takedown",
    "version",
]
