"""A report file: one entry an item, written as the import goes, so that its size does not matter."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Protocol

from articles.importing.options import ItemReport, Summary

COLUMNS = ("origin", "locator", "outcome", "code", "message", "public_id", "title", "notes")


class WrongReport(ValueError):
    """A report that cannot be written; the message says why."""


class ReportWriter(Protocol):
    def item(self, report: ItemReport) -> None: ...

    def totals(self, summary: Summary) -> None: ...

    def close(self) -> None: ...


@contextmanager
def report_file(path: Path) -> Iterator[ReportWriter]:
    """A report in the format its name tells; raises WrongReport."""
    try:
        writer = WRITERS[path.suffix.lower()]
    except KeyError:
        raise WrongReport(f"--report {path}: the name must end in {' or '.join(WRITERS)}") from None
    try:
        # Excel reads Arabic in a CSV file only behind a byte order mark.
        file = path.open("w", encoding="utf-8-sig" if writer is _Csv else "utf-8", newline="")
    except OSError as error:
        raise WrongReport(f"--report {path}: {error.strerror}") from error
    with file:
        report = writer(file)
        try:
            yield report
        finally:
            report.close()


def _defused(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class _Csv:
    def __init__(self, file: IO[str]) -> None:
        self.rows = csv.DictWriter(file, COLUMNS)
        self.rows.writeheader()

    def item(self, report: ItemReport) -> None:
        notes = "; ".join(f"{note.code}: {note.text}".removesuffix(": ") for note in report.notes)
        row = asdict(report) | {"notes": notes}
        self.rows.writerow({name: _defused(value) for name, value in row.items()})

    def totals(self, summary: Summary) -> None:
        """A table of items has no place for totals."""

    def close(self) -> None:
        pass


class _Json:
    """{"items": [...], "totals": {...}, "passed_over": {...}}"""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.separator = '{"items": [\n'
        self.sums: dict[str, int] = {}
        self.passed_over: dict[str, int] = {}

    def item(self, report: ItemReport) -> None:
        self.file.write(self.separator + json.dumps(asdict(report), ensure_ascii=False))
        self.separator = ",\n"

    def totals(self, summary: Summary) -> None:
        self.sums = {"read": summary.read, **summary.counts}
        self.passed_over = dict(summary.passed_over)

    def close(self) -> None:
        opening = self.separator if self.separator.startswith("{") else ""
        sums, passed_over = json.dumps(self.sums), json.dumps(self.passed_over)
        self.file.write(f'{opening}\n], "totals": {sums}, "passed_over": {passed_over}}}\n')


WRITERS: dict[str, Callable[[IO[str]], ReportWriter]] = {".json": _Json, ".csv": _Csv}
