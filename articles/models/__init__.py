"""What the archive keeps. Django finds models here, so this one package lists its modules."""

from articles.models import (
    article,
    capture,
    change,
    collection,
    extraction,
    import_run,
    index_removal,
    job,
    source,
    stem_exceptions,
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
    "extraction",
    "import_run",
    "index_removal",
    "job",
    "source",
    "stem_exceptions",
    "story",
    "synonyms",
    "takedown",
    "version",
]
