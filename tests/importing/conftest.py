"""Files to import, and an import that goes into the test's own archive."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from articles.importing.options import ImportOptions, ItemReport, Summary
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore


class Importer:
    """Runs imports and remembers what they reported of each item."""

    def __init__(self) -> None:
        self.reports: list[ItemReport] = []

    def __call__(self, *paths: Path | str, stdin: bytes = b"", **options: Any) -> Summary:
        self.reports.clear()
        return import_paths(
            [str(path) for path in paths],
            options=ImportOptions(**options),
            store=self.store,
            stdin=io.BytesIO(stdin),
            report=self.reports.append,
        )

    @property
    def store(self) -> CaptureStore:
        return CaptureStore(settings.CAPTURES_DIR)

    @property
    def outcomes(self) -> list[str]:
        return [report.outcome for report in self.reports]

    @property
    def codes(self) -> list[str]:
        return [report.code for report in self.reports]


@pytest.fixture
def importer(db: None, data_folder: Path) -> Importer:
    """`importer(path, ..., on_duplicate="skip")` imports; `importer.reports` says what became of each item."""
    return Importer()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write("a/b.txt", "نص")` makes a file of text or bytes; returns its path."""

    def make(name: str, content: str | bytes, *, encoding: str = "utf-8") -> Path:
        path = tmp_path / "inputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def write_json(write: Callable[..., Path]) -> Callable[..., Path]:
    def make(name: str, records: Iterable[Mapping[str, object]], **options: Any) -> Path:
        return write(name, json.dumps(list(records), ensure_ascii=False, indent=2), **options)

    return make


@pytest.fixture
def write_zip(tmp_path: Path) -> Callable[..., Path]:
    """`write_zip("a.zip", {"folder/x.txt": "نص"})` makes an archive."""

    def make(name: str, members: Mapping[str, str | bytes]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return make
