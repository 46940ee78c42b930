"""What can be asked for. A kind of work is in a module of this package with a KINDS of its own, listed here."""

from collections.abc import Iterable, Mapping

from articles.jobs import bulk, index_work, merging_sources, trying_again, uploads
from articles.jobs.kind import JobKind

MODULES: Iterable[Iterable[JobKind]] = (
    bulk.KINDS,
    index_work.KINDS,
    merging_sources.KINDS,
    trying_again.KINDS,
    uploads.KINDS,
)

KINDS: Mapping[str, JobKind] = {kind.name: kind for kinds in MODULES for kind in kinds}
