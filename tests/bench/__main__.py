"""Measure, one size after another, and print a report in Markdown; `--json FILE` and `--markdown FILE` keep it.

Each stage runs in a process of its own with a data folder of its own, so that memory is told apart and nothing
of the project's data is touched. `--keep FOLDER` keeps resampled collections and indexes for the next run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from operator import itemgetter
from pathlib import Path
from typing import Any

from tests.bench import extraction
from tests.bench.collection import write_collection
from tests.bench.comparing import ENGINES, OURS, ROOT, answered, built, environment, others
from tests.bench.keeping import analysed, data_folder
from tests.bench.pairs import print_pairs
from tests.bench.report import markdown

QUICKLY_BUILT = 100_000  # articles; of more, an index that an earlier run built will do


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, help="a folder that import_articles reads; else one is generated"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[31_000, 100_000], help="numbers of articles")
    parser.add_argument(
        "--compare", type=int, default=3_000, help="articles on which ways of indexing are compared"
    )
    parser.add_argument("--map", action="append", default=[], help="passed on to import_articles")
    parser.add_argument("--pairs", type=Path, help="pairs of words with a verdict: see tests/bench/pairs.py")
    parser.add_argument(
        "--resample-above", type=int, default=31_000, metavar="N",
        help="the number of articles in --corpus: larger sizes are resampled from them",
    )  # fmt: skip
    parser.add_argument("--keep", type=Path, help="a folder for what the next run can use again")
    parser.add_argument(
        "--engines", nargs="*", choices=list(ENGINES), default=list(ENGINES), help="those to be measured"
    )
    parser.add_argument("--endurance", type=Path, help="what tests.bench.endurance printed")
    parser.add_argument("--killing", type=Path, help="what tests.bench.killing --commands printed")
    parser.add_argument(
        "--beside", type=Path, help="the --json of an earlier run, whose sizes this report tells too"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    return parser.parse_args()


def main() -> None:
    options = arguments()
    print(extraction.markdown(extraction.scores()))
    if options.pairs:
        print_pairs(options.pairs)
    told: dict[str, Any] = {"load": os.getloadavg()[0], "cores": len(os.sched_getaffinity(0)), "sizes": []}
    for name, findings in {"endurance": options.endurance, "killing": options.killing}.items():
        if findings:
            told[name] = json.loads(findings.read_text("utf-8"))
    if options.beside:
        told["sizes"] = json.loads(options.beside.read_text("utf-8"))["sizes"]
    for size in options.sizes:
        told["sizes"] = sorted([*told["sizes"], measure(size, options)], key=itemgetter("articles"))
        text = markdown(told)
        if options.json:
            options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        if options.markdown:
            options.markdown.write_text(text, "utf-8")
    print(text)


def measure(size: int, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="archive-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        keep = (options.keep or folder / "keep").absolute()
        keep.mkdir(parents=True, exist_ok=True)
        data, importing = made(size, folder, keep, options)
        run(data, "migrate", "--verbosity", "0")
        run(data, "collectstatic", "--noinput", "--verbosity", "0")
        collection = analysed(data, environment(data))
        engines = {ENGINES[OURS]: built(OURS, data, collection, keep)}
        engines[ENGINES[OURS]] |= answered(OURS, data, collection, keep)
        for module in others(size, options.sizes, options.engines):
            engines[ENGINES[module]] = told = built(module, data, collection, keep)
            if "skipped" not in told:
                engines[ENGINES[module]] |= answered(module, data, collection, keep)
            if not options.keep:
                for index in keep.glob(f"{module}-*"):
                    shutil.rmtree(index)
        stages = [sys.executable, "-m", "tests.bench.stages", str(options.compare)]
        stages += ["--update"] if size <= QUICKLY_BUILT else []
        ended = subprocess.run(
            stages, cwd=ROOT, env=environment(data), check=True, stdout=subprocess.PIPE, text=True
        )
        corpus = str(options.corpus.name) if options.corpus else "generated"
        return {"corpus": corpus, **importing, "captures": bytes_in(data / "captures"),
                "engines": engines, **json.loads(ended.stdout)}  # fmt: skip


def made(size: int, folder: Path, keep: Path, options: argparse.Namespace) -> tuple[Path, dict[str, Any]]:
    """An archive of so many articles, its data folder and what making it took: imported twice, or resampled."""
    if options.corpus and size > options.resample_above:
        return resampled(size, keep, options)
    data = folder / "data"
    corpus = options.corpus or write_collection(folder / "generated.jsonl", size)
    command = ["import_articles", str(corpus), "--limit", str(size), "--no-index", *mapped(options)]
    run(data, "migrate", "--verbosity", "0")
    return data, {"import": timed(data, *command), "second import": timed(data, *command)}


def resampled(size: int, keep: Path, options: argparse.Namespace) -> tuple[Path, dict[str, Any]]:
    """The archive of an earlier run, or one that is made now; half-made ones are made again."""
    data = data_folder(keep, options.corpus, options.map, size)
    note = data / "made.json"
    if not note.exists():
        if data.exists():
            for part in data.iterdir():
                shutil.rmtree(part) if part.is_dir() else part.unlink()
        command = [sys.executable, "-m", "tests.bench.resampling", "--corpus", str(options.corpus)]
        command += [*mapped(options), "--size", str(size), "--database"]
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL)
        note.write_text(json.dumps({"resampled": time.perf_counter() - begun}), "utf-8")
    return data, json.loads(note.read_text("utf-8"))


def mapped(options: argparse.Namespace) -> list[str]:
    return [part for mapping in options.map for part in ("--map", mapping)]


def run(data: Path, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(data), check=True)


def timed(data: Path, *command: str) -> dict[str, float]:
    """Seconds and peak resident memory in megabytes."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return {"seconds": time.perf_counter() - begun, "megabytes": usage.ru_maxrss / 1024}


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
