"""What the desk of the index has done outside of its requests: catching up, checking, building anew."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.jobs.kind import JobKind
from articles.jobs.work import Refused, Work
from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.contract import EngineProblem
from articles.search.index_check import IndexCheck, check_index

PROBLEMS = {
    "index_missing": _("لا فهرس للبحث بعد."),
    "index_damaged": _("تعذّرت قراءة فهرس البحث. يُصلحه بناؤه من جديد."),
    "index_doubtful": _("في ملفات فهرس البحث تلف، وقد تنقص نتائجه أو تخطئ. يُصلحه بناؤه من جديد."),
    "index_outdated": _("بُني فهرس البحث بقواعد لغوية أو حقول سابقة. يُصلحه بناؤه من جديد."),
    "index_busy": _("يكتب في فهرس البحث عملٌ آخر الآن. أعد المحاولة بعد قليل."),
}
OTHERWISE = _("تعذّر العمل في فهرس البحث.")
UPDATE, CHECK, REBUILD = "update_index", "check_index", "rebuild_index"
SECONDS_TO_WAIT = 60.0  # for another writer
NAMED = 10  # keys of each kind of fault that are written down


def update(work: Work) -> None:
    """Write what waits to the index; without an index, or with one of other rules, build it."""
    work.advance(0, total=indexing.waiting())
    _write(work, indexing.bring_up_to_date)


def rebuild(work: Work) -> None:
    """Build the index anew beside the live one, and switch to it."""
    work.advance(0, total=Article.objects.count())
    _write(work, indexing.rebuild)


def _write(work: Work, verb: Any) -> None:
    """Raises Refused where another process writes; Stopped at the next batch where somebody asked for it."""
    try:
        report = verb(wait=SECONDS_TO_WAIT, progress=work.advance)
    except EngineProblem as problem:
        raise Refused(told(problem)) from problem
    work.advance(0, indexed=report.indexed, removed=report.removed)
    work.settle(problem=report.problem)
    if report.problem:
        raise Refused(gettext("لم تكتمل الفهرسة: %(problem)s") % {"problem": report.problem})


def check(work: Work) -> None:
    """Read the whole index and compare it with the database; what was found stands in the result."""
    work.advance(0, total=Article.objects.count())
    try:
        found = check_index(work.advance)
    except EngineProblem as problem:
        raise Refused(told(problem)) from problem
    counts = {name: len(getattr(found, name)) for name in ("missing", "gone", "different", "twice")}
    work.advance(0, **counts, waiting=found.waiting)
    work.settle(check=findings(found))


def findings(found: IndexCheck) -> dict[str, Any]:
    """A check as JSON keeps it."""
    return {
        "problem": found.problem,
        "damage": list(found.damage),
        "rules": found.rules,
        "advice": ""
        if not found.advice
        else ("update" if found.advice.endswith("update_index") else "rebuild"),
        **{name: getattr(found, name)[:NAMED] for name in ("missing", "gone", "different", "twice")},
    }


def told(problem: EngineProblem) -> str:
    """Why the index could not be worked on, in the language of the desk; a file that is damaged is named."""
    return f"{sentence_of(problem.code)} ({problem})" if str(problem) else sentence_of(problem.code)


def sentence_of(code: str) -> str:
    """What a curator is told of a problem of the index; an empty code is none."""
    return str(PROBLEMS.get(code, OTHERWISE)) if code else ""


KINDS = (
    JobKind(UPDATE, update, {"indexed": _("فُهرس"), "removed": _("حُذف من الفهرس")}, is_indexed=False),
    JobKind(REBUILD, rebuild, {"indexed": _("فُهرس"), "removed": _("حُذف من الفهرس")}, is_indexed=False),
    JobKind(
        CHECK,
        check,
        {
            "missing": _("ناقص في الفهرس"),
            "gone": _("في الفهرس وليس في الأرشيف"),
            "different": _("حالته في الفهرس غيرها في الأرشيف"),
            "twice": _("مكرر في الفهرس"),
            "waiting": _("ينتظر الفهرسة"),
        },
        is_indexed=False,
    ),
)
