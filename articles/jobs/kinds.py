"""What can be asked for. A kind of work is a module of this package with a KINDS of its own, listed here."""

from collections.abc import Mapping

from articles.jobs import index_work, merging_sources
from articles.jobs.kind import JobKind

KINDS: Mapping[str, JobKind] = {kind.name: kind for kind in (*index_work.KINDS, *merging_sources.KINDS)}
