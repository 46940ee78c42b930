"""The layers of articles/__init__.py hold: imports point downwards, and engines stay behind their seam."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "articles"

EDGES = (
    "views",
    "admin",
    "templatetags",
    "management",
    "urls",
    "forms",
    "feeds",
    "exports",
    "apps",
    "checks",
)
VERBS = (
    "importing.run", "importing.reextraction", "exporting.run", "exporting.restoring", "curation", "line_curation",
    "history", "takedown", "empty_searches", "reverting", "jobs", "uploading", "bulk", "merging", "unmerging",
    "source_merging",
    "search.indexing", "search.index_check", "search.interpreting", "search.searching", "search.ways",
    "search.did_you_mean", "search.copies", "search.holdings", "search.suggestions", "search.reading", "search.warming",
    "search.neighbours", "search.evaluating", "search.marking", "search.what_if", "story_finding", "story_writing",
    "story_review",
)  # fmt: skip
STORAGE = (
    "models",
    "importing.store",
    "exporting.store",
    "search.engines",
    "search.names",
    "search_indexes",
    "migrations",
)
# What passes through the seam is plain data that the pure modules may name.
PURE = ("search.engines.contract", "search.engines.deadline", "search.engines.schema")
LAYERS = {"edge": 3, "verb": 2, "storage": 1, "pure": 0}

ENGINE_LIBRARIES = {"haystack", "whoosh", "pysolr"}
SEAM = ("search.engines", "search_indexes")
FRAMEWORKS = {"django", "haystack", "whoosh", "newsroom", "csp", "whitenoise"}

MODULES = sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    """«search.parser» for articles/search/parser.py; a package goes by its folder."""
    parts = path.relative_to(APP).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def within(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(place + ".") for place in places)


def layer_of(module: str) -> str:
    for layer, places in (("pure", PURE), ("edge", EDGES), ("verb", VERBS), ("storage", STORAGE)):
        if within(module, places):
            return layer
    return "pure"


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports, wherever the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def inside(name: str) -> str | None:
    """The module of ours that an imported name is in, None for everybody else's."""
    if name != "articles" and not name.startswith("articles."):
        return None
    parts = name.split(".")[1:]
    while parts and not ((APP / Path(*parts)).is_dir() or (APP / Path(*parts)).with_suffix(".py").exists()):
        parts.pop()
    return ".".join(parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_downwards(path: Path) -> None:
    here = layer_of(name_of(path))
    upward = [
        f"{path.relative_to(ROOT)}:{line} ({here}) imports {name} ({layer_of(target)})"
        for line, name in imports_of(path)
        if (target := inside(name)) and LAYERS[layer_of(target)] > LAYERS[here]
    ]
    assert upward == []


@pytest.mark.parametrize("path", [path for path in MODULES if layer_of(name_of(path)) == "pure"], ids=name_of)
def test_pure_modules_know_no_framework(path: Path) -> None:
    assert [name for _line, name in imports_of(path) if name.split(".")[0] in FRAMEWORKS] == []


@pytest.mark.parametrize("path", [path for path in MODULES if not within(name_of(path), SEAM)], ids=name_of)
def test_only_the_seam_knows_the_engines(path: Path) -> None:
    assert [name for _line, name in imports_of(path) if name.split(".")[0] in ENGINE_LIBRARIES] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small_enough_to_read(path: Path) -> None:
    text = path.read_text("utf-8")
    long_functions = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ]
    assert long_functions == []
    assert text.count("\n") <= 400


def test_the_layers_are_told_apart() -> None:
    """The guard itself: a name of each layer lands in it, and an upward arrow would be seen."""
    assert [layer_of(name) for name in ("views.home", "search.searching", "models.article", "search.parser")] == [
        "edge", "verb", "storage", "pure",
    ]  # fmt: skip
    assert inside("articles.search.parser.parse") == "search.parser"
    assert inside("django.db") is None
