"""The measurements as Markdown."""

from typing import Any

from tests.bench import compared
from tests.bench.compared import growth


def markdown(measured: list[dict[str, Any]]) -> str:
    return "\n".join([*(line for size in measured for line in _lines(size)), *growth(measured)]) + "\n"


def _lines(size: dict[str, Any]) -> list[str]:
    articles = size["articles"]
    importing, again, index = size["import"], size["second import"], size["index"]
    return [
        f"## {articles:,} articles ({size['corpus']})",
        "",
        f"{size['machine']}.",
        "",
        "| stage | articles a second | seconds | peak memory, MB |",
        "|---|---|---|---|",
        *([_stage("import", articles, importing)] if importing else []),
        *([_stage("the same again: adds nothing", articles, again)] if again else []),
        _stage("rebuild the index", articles, index),
        "",
        f"Indexing {size['indexing']['articles']:,} articles in the same run: {size['indexing']['ours']:.0f} a second; "
        f"plain Whoosh with those of the fields that it has {size['indexing']['plain Whoosh']:.0f} a second.",
        f"Index {size['bytes']['index'] / articles / 1000:.1f} kB an article, captures "
        f"{size['bytes']['captures'] / articles / 1000:.1f} kB. A process opens the index in "
        f"{size['open seconds'] * 1000:.0f} ms.",
        "",
        "The whole results page through Django (20 hits, passages marked, facets, exact total), in milliseconds:",
        "",
        "| query | first time, median | p95 | asked again, median | p95 |",
        "|---|---|---|---|---|",
        *(_page(name, times) for name, times in size["pages"].items()),
        "",
        "Suggestions while typing, a whole answer through Django, in milliseconds:",
        "",
        "| typed | first time, median | p95 | asked again, median | p95 |",
        "|---|---|---|---|---|",
        *(_page(name, times) for name, times in size["suggestions"].items()),
        "",
        *(compared.markdown(size["engines"]) if size["engines"] else []),
    ]


def _stage(name: str, articles: int, stage: dict[str, Any]) -> str:
    return (
        f"| {name} | {articles / stage['seconds']:,.0f} | {stage['seconds']:.1f} | {stage['megabytes']:.0f} |"
    )


def _page(name: str, times: dict[str, float]) -> str:
    columns = ("first median", "first p95", "later median", "later p95")
    return f"| {name} | " + " | ".join(f"{times[column]:.0f}" for column in columns) + " |"
