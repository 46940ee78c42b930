"""Rows as lines of JSON, one object a line, in UTF-8."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from articles.exporting.verifying import BadExport
from articles.importing.limits import CHUNK_BYTES, CHUNK_ITEMS

Row = dict[str, Any]


def line(row: Mapping[str, object]) -> bytes:
    """A row as a line; half a pair of surrogates, which no UTF-8 can hold, is written as an escape."""
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row).encode() + b"\n"


def rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Each row with the number of its line; raises BadExport."""
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            try:
                row = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise BadExport(f"{path.name} line {number}: no JSON: {error}") from error
            if not isinstance(row, dict):
                raise BadExport(f"{path.name} line {number}: no object")
            yield number, row


def batches(path: Path) -> Iterator[list[tuple[int, Row]]]:
    """Rows in groups bounded in number and, roughly, in bytes."""
    batch: list[tuple[int, Row]] = []
    size = 0
    for number, row in rows(path):
        batch.append((number, row))
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(batch) == CHUNK_ITEMS or size >= CHUNK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
