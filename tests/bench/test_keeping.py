"""An index of an earlier run is used again when it is of the same articles and made by the same engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.engines import sqlite_fts5
from tests.bench.engines.asking import ask, build, place
from tests.bench.memory import Watch, family, megabytes

ABOUT = {"articles": 2, "printed": "p", "analysed": "a"}


def collection(folder: Path) -> Path:
    (folder / "articles.tsv").write_text(
        "1\tsource\t20150721\tخبر\tمتن اول\n2\tsource\t20150722\tخبر\tمتن ثاني\n", "utf-8"
    )
    return folder


def test_a_kept_index_is_used_again_and_said_to_be(tmp_path: Path) -> None:
    folder = place(sqlite_fts5, "sqlite_fts5", ABOUT, tmp_path / "keep")
    first = build(sqlite_fts5, collection(tmp_path), folder)
    again = build(sqlite_fts5, tmp_path, folder)
    assert "reused" not in first
    assert again == {**json.loads(json.dumps(first)), "reused": True}


def test_other_articles_have_another_folder(tmp_path: Path) -> None:
    other = {**ABOUT, "analysed": "b"}
    assert place(sqlite_fts5, "a", ABOUT, tmp_path) != place(sqlite_fts5, "a", other, tmp_path)


def test_an_index_that_was_not_finished_is_built_again(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / sqlite_fts5.FILE).write_text("half of it")
    assert build(sqlite_fts5, collection(tmp_path), folder)["articles"] == 2


def test_each_class_is_asked_in_a_process_that_has_just_opened_the_index(tmp_path: Path) -> None:
    build(sqlite_fts5, collection(tmp_path), tmp_path / "index")
    told = ask(sqlite_fts5, tmp_path / "index", {"word": [{"kind": "word", "stems": ["متن"]}]})
    assert told["answers"]["word"]["totals"] == [2]
    assert told["pages"] == {}


def test_memory_is_that_of_a_process_and_its_children() -> None:
    with Watch() as watch:
        held = bytearray(50_000_000)
    assert os.getpid() in set(family(os.getpid()))
    assert watch.megabytes >= megabytes([os.getpid()]) - len(held) / 1_000_000


def test_processor_time_is_that_of_children_of_children_too() -> None:
    busy = "import subprocess, sys; sum(range(10**7)); subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])"
    with Watch() as watch:
        subprocess.run([sys.executable, "-c", busy], check=True)
    assert watch.seconds > 0
    assert len(watch.after) >= 2
