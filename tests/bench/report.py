"""The measurements as Markdown: a size after another, how cost grows between them, and the bars that are met."""

from typing import Any

from tests.bench.compared import growth, markdown_of_engines
from tests.bench.verdicts import verdicts


def markdown(told: dict[str, Any]) -> str:
    sizes = told["sizes"]
    lines = [f"Load of the machine when this began: {told['load']:.1f} on {told['cores']} cores.", ""]
    lines += [line for size in sizes for line in _lines(size)]
    return "\n".join([*lines, *growth(sizes), *verdicts(told)]) + "\n"


def _lines(size: dict[str, Any]) -> list[str]:
    articles = size["articles"]
    stages = {"import": size.get("import"), "the same again: adds nothing": size.get("second import")}
    return [
        f"## {articles:,} articles ({size['corpus']})",
        "",
        f"{size['machine']}.",
        "",
        *([f"Resampled in {size['resampled']:.0f} s.", ""] if "resampled" in size else []),
        *_stages(articles, stages),
        *_indexing(size["indexing"]),
        *_updates(size),
        "Suggestions while typing, a whole answer through Django, in milliseconds:",
        "",
        "| typed | first time, median | p95 | asked again, median | p95 |",
        "|---|---|---|---|---|",
        *(_suggestions(name, times) for name, times in size["suggestions"].items()),
        "",
        *markdown_of_engines(size["engines"]),
    ]


def _stages(articles: int, stages: dict[str, Any]) -> list[str]:
    rows = [
        f"| {name} | {articles / told['seconds']:,.0f} | {told['seconds']:.1f} | {told['megabytes']:.0f} |"
        for name, told in stages.items()
        if told
    ]
    head = ["| stage | articles a second | seconds | peak memory, MB |", "|---|---|---|---|"]
    return [*head, *rows, ""] if rows else []


def _indexing(told: dict[str, Any]) -> list[str]:
    return [
        f"Indexing {told['articles']:,} articles from the database in one process: ours with all it keeps, plain "
        "Whoosh with those of our fields that it has, stock Haystack's `update` with the fields of its tutorial:",
        "",
        "| | articles a second | a processor second | bytes an article |",
        "|---|---|---|---|",
        *(
            f"| {name} | {each['a second']:.0f} | {each['a processor second']:.0f} | {each['bytes an article']:,.0f} |"
            for name, each in told.items()
            if name != "articles"
        ),
        "",
    ]


def _updates(size: dict[str, Any]) -> list[str]:
    if "updates" not in size:
        return []
    told = size["updates"]
    return [
        f"An update of one article is found after {told['wall median']:.0f} ms (median; 95th percentile "
        f"{told['wall p95']:.0f}, most {told['most']:.0f}; processor {told['processor median']:.0f}).",
        "",
    ]


def _suggestions(name: str, times: dict[str, float]) -> str:
    columns = ("first median", "first p95", "later median", "later p95")
    return f"| {name} | " + " | ".join(f"{times[column]:.0f}" for column in columns) + " |"
