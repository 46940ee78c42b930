"""A folder with an export of an archive that has something of everything."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from articles.exporting.bag import MANIFEST
from tests.exporting import whole


@pytest.fixture
def exported(db: None, data_folder: Path, tmp_path: Path) -> Path:
    """The export of an archive that stands."""
    whole.fill(tmp_path)
    whole.export_to(tmp_path / "export")
    return tmp_path / "export"


@pytest.fixture
def resealed() -> Callable[[Path], None]:
    """`resealed(folder)` lets the manifests of an export say what its files are now."""

    def reseal(folder: Path) -> None:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        for file in told["files"]:
            path = folder / file["path"]
            if path.exists():
                file |= {"bytes": path.stat().st_size, "sha256": sha256(path.read_bytes()).hexdigest()}
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        (folder / MANIFEST).write_bytes(content)
        (folder / "tagmanifest-sha256.txt").write_text(f"{sha256(content).hexdigest()}  {MANIFEST}\n")

    return reseal
