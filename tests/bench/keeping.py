"""What one run leaves for the next: collections that were resampled, with what is drawn from them, and indexes.

A folder's name ends in a digest of what it was made of. Indexes are named in `engines.asking`.
"""

import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from articles.arabic.analysis import fingerprint
from tests.bench.resampling import SEED

RESAMPLING = 1  # to be raised when the same small collection is made into other articles
QUERIES = 1  # to be raised when other queries are drawn


def digest(*made_of: Any) -> str:
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:12]


def data_folder(keep: Path, corpus: Path, mappings: list[str], size: int) -> Path:
    """The data folder of an archive of `size` articles resampled from a corpus."""
    files = sorted((str(path.relative_to(corpus)), path.stat().st_size) for path in corpus.rglob("*"))
    return keep / f"data-{size}-{digest(files, mappings, SEED, RESAMPLING)}"


def analysed(data: Path, environment: dict[str, str]) -> Path:
    """The folder of an archive's articles as other engines are given them, made where it is not there."""
    folder = data / f"analysed-{digest(fingerprint(), QUERIES)}"
    if not (folder / "collection.json").exists():
        begun = time.perf_counter()
        command = [sys.executable, "-m", "tests.bench.engines.analysed", str(folder)]
        subprocess.run(command, env=environment, check=True)
        print(f"analysed for the other engines in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return folder
