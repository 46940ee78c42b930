"""Measure, one size after another, and print a report in Markdown; `--json FILE` and `--markdown FILE` keep it.

Each stage runs in a process of its own with a data folder of its own, so that memory is told apart and nothing
of the project's data is touched.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench import extraction
from tests.bench.collection import write_collection
from tests.bench.comparing import compare
from tests.bench.pairs import print_pairs
from tests.bench.report import markdown

ROOT = Path(__file__).resolve().parents[2]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, help="a folder that import_articles reads; else one is generated"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[31_000, 100_000], help="numbers of articles")
    parser.add_argument(
        "--compare", type=int, default=3_000, help="articles for the comparison with plain Whoosh"
    )
    parser.add_argument("--map", action="append", default=[], help="passed on to import_articles")
    parser.add_argument("--pairs", type=Path, help="pairs of words with a verdict: see tests/bench/pairs.py")
    parser.add_argument(
        "--resample-above", type=int, default=31_000, metavar="N",
        help="the number of articles in --corpus: larger sizes are resampled from them",
    )  # fmt: skip
    parser.add_argument(
        "--no-engines", dest="engines", action="store_false", help="leave the other engines out"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    return parser.parse_args()


def main() -> None:
    options = arguments()
    print(extraction.markdown(extraction.scores()))
    if options.pairs:
        print_pairs(options.pairs)
    measured = [measure(size, options) for size in options.sizes]
    text = markdown(measured)
    print(text)
    if options.json:
        options.json.write_text(json.dumps(measured, ensure_ascii=False, indent=2), "utf-8")
    if options.markdown:
        options.markdown.write_text(text, "utf-8")


def measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as folder:
        data = Path(folder) / "data"
        corpus = options.corpus or write_collection(Path(folder) / "generated.jsonl", size)
        command = ["import_articles", str(corpus), "--limit", str(size), "--no-index"]
        command += [part for mapping in options.map for part in ("--map", mapping)]
        run(data, "migrate", "--verbosity", "0")
        run(data, "collectstatic", "--noinput", "--verbosity", "0")
        first, second = imported(data, command, corpus, size, options)
        index = timed(data, "rebuild_index")
        stages = subprocess.run(
            [sys.executable, "-m", "tests.bench.stages", str(options.compare)],
            cwd=ROOT, env=environment(data), check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        engines = compare(data, Path(folder) / "engines", size) if options.engines else {}
        sizes = {name: bytes_in(data / name) for name in ("captures", "index")}
        corpus_name = str(options.corpus.name) if options.corpus else "generated"
        return {"corpus": corpus_name, "import": first, "second import": second, "index": index, "bytes": sizes,
                "engines": engines, **json.loads(stages.stdout)}  # fmt: skip


def imported(
    data: Path, command: list[str], corpus: Path, size: int, options: argparse.Namespace
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Import the collection, and once more; one that is larger than it is resampled from it instead: (None, None)."""
    if options.corpus is None or size <= options.resample_above:
        return timed(data, *command), timed(data, *command)
    small = ["--corpus", str(corpus), *(part for mapping in options.map for part in ("--map", mapping))]
    resampling = [*small, "--size", str(size), "--database"]
    subprocess.run(
        [sys.executable, "-m", "tests.bench.resampling", *resampling],
        cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return None, None


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def run(data: Path, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(data), check=True)


def timed(data: Path, *command: str) -> dict[str, Any]:
    """Seconds, peak resident memory in megabytes and the last lines that the command printed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.PIPE,
        text=True,
    )
    output = process.stdout.read() if process.stdout else ""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return {
        "seconds": time.perf_counter() - begun,
        "megabytes": peak_megabytes(usage),
        "output": output.strip(),
    }


def peak_megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
