"""What can be asked for. A kind of work is a module of this package with a KINDS of its own, listed here."""

from collections.abc import Mapping

from articles.jobs import trying_again
from articles.jobs.kind import JobKind

KINDS: Mapping[str, JobKind] = {kind.name: kind for kind in (*trying_again.KINDS,)}
