"""What an operator asks of an import, and what the import answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from articles.importing.reading import ReadOptions
from articles.importing.records import Note, PassedOver

OUTCOMES = ("new", "captured", "updated", "unchanged", "duplicate", "rejected", "failed")
ERRORS = ("rejected", "failed")
ON_DUPLICATE = ("capture", "skip", "update")
STATUSES = ("published", "draft")
MOST_EXAMPLES = 10  # of files passed over, to show the operator


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`most_errors` stops the run at that many rejected and failed items; None goes on to the end.

    `column_map` are columns and their fields as `columns.parse_map` reads them.
    """

    reading: ReadOptions = field(default_factory=ReadOptions)
    column_map: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    collections: tuple[str, ...] = ()
    status: str = "published"
    on_duplicate: str = "capture"
    most_errors: int | None = None
    limit: int | None = None
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """The options as a run keeps them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ItemReport:
    """What became of one item, as a report shows it."""

    origin: str
    locator: str
    outcome: str
    code: str = ""
    message: str = ""
    public_id: str = ""
    title: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Summary:
    """What a run did. `read` always equals the sum of the outcomes."""

    counts: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    passed_examples: list[PassedOver] = field(default_factory=list)
    unused_columns: list[str] = field(default_factory=list)
    run_number: int | None = None
    stopped: bool = False

    @property
    def read(self) -> int:
        return self.counts.total()

    @property
    def errors(self) -> int:
        return sum(self.counts[outcome] for outcome in ERRORS)

    def pass_over(self, file: PassedOver) -> None:
        self.passed_over[file.reason] += 1
        if len(self.passed_examples) < MOST_EXAMPLES:
            self.passed_examples.append(file)
