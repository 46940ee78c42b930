"""One engine as the bench has it built and asked: in processes of its own, on the articles of a data folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import run
from tests.bench.comparing import OURS, answered, built, environment
from tests.bench.keeping import analysed

WORDS = {"common word": 3, "phrase of 2": 2, "sorted by date": 1}  # classes, and of how many queries


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for command in (["migrate"], ["collectstatic", "--noinput"], ["import_articles", "seeds"]):
        run(data, *command)
    folder = analysed(data, environment(data))
    drawn = json.loads((folder / "queries.json").read_text("utf-8"))
    few = {kind: drawn[kind][:number] for kind, number in WORDS.items()}
    (folder / "queries.json").write_text(json.dumps(few), "utf-8")
    return folder


def found(told: dict[str, Any]) -> dict[str, list[int]]:
    return {kind: answers["totals"] for kind, answers in told["answers"].items()}


def test_our_engine_and_another_are_built_and_asked_and_find_the_same(
    collection: Path, tmp_path: Path
) -> None:
    data, keep = tmp_path / "data", tmp_path / "keep"
    told = {}
    for engine in (OURS, "sqlite_fts5"):
        made = built(engine, data, collection, keep)
        assert made.get("articles", 0) > 0, made
        told[engine] = answered(engine, data, collection, keep)
        assert "skipped" not in told[engine]
    assert found(told[OURS]) == found(told["sqlite_fts5"])
    assert {kind: len(totals) for kind, totals in found(told[OURS]).items()} == WORDS
    assert set(told[OURS]["pages"]) == set(WORDS)
