"""Measure how well the search finds what a set of questions should bring up."""

import csv
import json
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import quantiles
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter

from articles.management.progress import progress_bar
from articles.search.engines.contract import EngineProblem
from articles.search.evaluating import (
    BASELINES,
    Outcome,
    QuestionSet,
    QuestionSetProblem,
    Setup,
    evaluate,
    headline_set,
    read_question_set,
)
from articles.search.metrics import NAMES, Estimate, differences, estimates
from articles.search.request import Need
from articles.search.syntax import FieldName, Level

FIELDS = (FieldName.TITLE.value, FieldName.BODY.value)
REPORTS = (".json", ".csv")

EPILOG = """
exit status: 0 measured, 1 not (nothing to ask, a wrong file, no index)

Queries are lines of an id, a tab and the text; judgements those of TREC (query, 0, document, grade) or the same
without the second column. A document is the id that came with an article when it was imported.

examples:
  manage.py evaluate_search --queries queries.tsv --qrels qrels.tsv --baseline light10
  manage.py evaluate_search --headlines 1000 --baseline light10 --report headlines.json

docs/relevance.md tells what is measured and what came of it.
"""


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    pass


class Command(BaseCommand):
    help = "Measure how well the search finds what a set of questions, or the archive's own headlines, should bring up."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = _Formatter
        parser.epilog = EPILOG
        _add_questions(parser)
        _add_asking(parser)
        parser.add_argument(
            "--report", type=_report_file, metavar="FILE", help="every query's measures, as .json or .csv"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            questions = _question_set(options)
            if not questions.asked:
                raise CommandError(f"there is nothing to ask: {_left_out(questions)}")
            outcomes = self._outcomes(questions, _setups(options))
        except (QuestionSetProblem, EngineProblem) as problem:
            raise CommandError(str(problem)) from problem
        self._report(questions, outcomes, options["seed"])
        if options["report"]:
            _write(options["report"], questions, outcomes, options["seed"])

    def _outcomes(self, questions: QuestionSet, setups: Sequence[Setup]) -> list[Outcome]:
        with progress_bar(len(questions.asked) * len(setups), " queries", self.stderr) as bar:
            return [evaluate(questions.asked, setup, bar.update) for setup in setups]

    def _report(self, questions: QuestionSet, outcomes: Sequence[Outcome], seed: int) -> None:
        self.stdout.write(f"{len(questions.asked)} queries asked, {_left_out(questions)}")
        self.stdout.write(" " * 12 + "".join(f"{name:>24}" for name in NAMES.values()))
        for outcome in outcomes:
            self._row(outcome.setup.ranking, estimates(outcome.measures, seed=seed), "{:.3f}")
        for other in outcomes[1:]:
            compared = differences(outcomes[0].measures, other.measures, seed=seed)
            self._row("difference", compared, "{:+.3f}")
        for outcome in outcomes:
            self.stdout.write(f"{outcome.setup.ranking}: {_timing(outcome)}")

    def _row(self, name: str, means: dict[str, Estimate], number: str) -> None:
        cells = (
            f"{number.format(mean.mean)} [{number.format(mean.low)}, {number.format(mean.high)}]"
            for mean in means.values()
        )
        self.stdout.write(f"{name:<12}" + "".join(f"{cell:>24}" for cell in cells))


def _add_questions(parser: CommandParser) -> None:
    group = parser.add_argument_group("questions")
    group.add_argument("--queries", type=Path, metavar="FILE", help="the questions: id, tab, text")
    group.add_argument("--qrels", type=Path, metavar="FILE", help="the documents that each should bring up")
    group.add_argument(
        "--headlines",
        type=_positive,
        metavar="N",
        help="instead of files: headlines of N articles drawn at random, each to find its article by its body alone",
    )
    group.add_argument(
        "--lines",
        choices=("all", "odd", "even"),
        default="all",
        help="every second question: those on odd lines to report on, on even ones to tune by (all)",
    )
    group.add_argument("--limit-queries", type=_positive, metavar="N", help="ask N of them, drawn at random")
    group.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="another seed draws other questions and resamples (0)",
    )


def _add_asking(parser: CommandParser) -> None:
    group = parser.add_argument_group("how they are asked")
    group.add_argument(
        "--need",
        choices=[need.value for need in Need],
        default=Need.ANY.value,
        help="how many of its words a hit must hold (any)",
    )
    group.add_argument(
        "--level",
        choices=[level.value for level in Level],
        help="how much words may differ and still match (as the site's readers have it)",
    )
    group.add_argument("--field", choices=FIELDS, help="the only field that is looked in (title and body)")
    group.add_argument(
        "--baseline", choices=BASELINES, help="a ranking to compare with, question by question"
    )


def _question_set(options: dict[str, Any]) -> QuestionSet:
    files = [options["queries"], options["qrels"]]
    if options["headlines"]:
        if any(files) or options["field"] == FieldName.TITLE.value:
            raise CommandError(
                "--headlines are looked for in bodies, and take no --queries, --qrels or --field title"
            )
        questions = headline_set(options["headlines"], options["seed"])
    elif all(files):
        questions = read_question_set(*files)
    else:
        raise CommandError("give --queries and --qrels, or --headlines N")
    return questions.lines(options["lines"]).sample(options["limit_queries"], options["seed"])


def _setups(options: dict[str, Any]) -> list[Setup]:
    field = FieldName.BODY.value if options["headlines"] else options["field"]
    ours = Setup(
        need=Need(options["need"]),
        level=Level(options["level"]) if options["level"] else None,
        field=FieldName(field) if field else None,
    )
    return [ours, replace(ours, ranking=options["baseline"])] if options["baseline"] else [ours]


def _left_out(questions: QuestionSet) -> str:
    return f"{questions.unjudged} without judgements, {questions.absent} with no such document in the archive"


def _timing(outcome: Outcome) -> str:
    times = [1000 * seconds for seconds in outcome.seconds]
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return f"{cuts[9]:.0f} ms a query, 95 % within {cuts[18]:.0f} ms, {outcome.too_costly} ran out of time"


# The report


def _write(path: Path, questions: QuestionSet, outcomes: Sequence[Outcome], seed: int) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            if path.suffix == ".csv":
                csv.writer(file).writerows(_csv_rows(questions, outcomes))
            else:
                json.dump(_summary(questions, outcomes, seed), file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise CommandError(f"the report {path} cannot be written: {error.strerror}") from error


def _csv_rows(questions: QuestionSet, outcomes: Sequence[Outcome]) -> Iterable[list[object]]:
    """A row a question: its id, and each ranking's measures."""
    yield ["query", *(f"{each.setup.ranking} {name}" for each in outcomes for name in NAMES.values())]
    for place, asked in enumerate(questions.asked):
        yield [asked.name, *(value for each in outcomes for value in asdict(each.measures[place]).values())]


def _summary(questions: QuestionSet, outcomes: Sequence[Outcome], seed: int) -> dict[str, Any]:
    return {
        "queries": len(questions.asked),
        "unjudged": questions.unjudged,
        "absent": questions.absent,
        "seed": seed,
        "rankings": [_ranking(outcome, seed) for outcome in outcomes],
        "differences": {
            other.setup.ranking: _estimates(differences(outcomes[0].measures, other.measures, seed=seed))
            for other in outcomes[1:]
        },
        "questions": [
            {"query": asked.name, **{each.setup.ranking: asdict(each.measures[place]) for each in outcomes}}
            for place, asked in enumerate(questions.asked)
        ],
    }


def _ranking(outcome: Outcome, seed: int) -> dict[str, Any]:
    return {
        **asdict(outcome.setup),
        "too_costly": outcome.too_costly,
        "milliseconds": round(1000 * sum(outcome.seconds) / len(outcome.seconds), 1),
        "means": _estimates(estimates(outcome.measures, seed=seed)),
    }


def _estimates(means: dict[str, Estimate]) -> dict[str, dict[str, float]]:
    return {name: asdict(mean) for name, mean in means.items()}


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise ArgumentTypeError(f"must be a whole number above 0, not {text!r}")
    return int(text)


def _report_file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in REPORTS:
        raise ArgumentTypeError(f"must end in {' or '.join(REPORTS)}, not {text!r}")
    if not path.parent.is_dir():  # said before hours of measuring, not after
        raise ArgumentTypeError(f"there is no folder {path.parent}")
    return path
