"""Several processes build one index: the same answers as one, and nothing left when one of them dies."""

import subprocess
from pathlib import Path

from articles.search.syntax import Everything, Word
from tests.search.engines.shelf import Shelf
from tests.search.engines.whoosh.processes import ARTICLES
from tests.search.engines.whoosh.test_processes import MODULE, command, place


def test_an_index_built_by_two_processes_holds_every_article(tmp_path: Path) -> None:
    told = subprocess.run(
        command(MODULE, "building"), **place(tmp_path), capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == ["2", "processes"]
    shelf = Shelf(tmp_path / "index")
    assert shelf.find(Everything()).total == ARTICLES
    assert shelf.find(Word("نفط"), count=5).total == ARTICLES
    assert [path.name for path in shelf.generation.iterdir() if "tmp" in path.name] == []


def test_a_process_that_dies_ends_the_build_and_leaves_the_live_index(tmp_path: Path) -> None:
    told = subprocess.run(
        command(MODULE, "building_killed"), **place(tmp_path), capture_output=True, text=True, timeout=120
    )
    assert told.returncode == 0, told.stderr
    assert "a process that built the search index was ended" in told.stdout
    assert Shelf(tmp_path / "index").find(Everything()).total == ARTICLES
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 1
