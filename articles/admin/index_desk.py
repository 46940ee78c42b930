"""The desk of the search index: what it holds and what waits, by which rules, and the buttons that mend it.

It is read without the index wherever that can be: the page that says what is wrong must not fail for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.jobs import job_address
from articles.arabic.analysis import STEM, SURFACE, fingerprint
from articles.jobs import asking
from articles.jobs.index_work import CHECK, REBUILD, UPDATE, sentence_of
from articles.models.article import Article
from articles.models.index_removal import IndexRemoval
from articles.models.job import OPEN, Job, JobState
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, Standing

WORKS = (UPDATE, CHECK, REBUILD)
TITLES = {
    UPDATE: _("فهرسة ما ينتظر"),
    CHECK: _("فحص فهرس البحث"),
    REBUILD: _("بناء فهرس البحث من جديد"),
}
JOBS_SHOWN = 5
EXAMPLES = ("الأمريكيّة", "وللمقاتلين", "سيكتبون", "٢٠١٤")
RULES = (
    _("تُهمل الحركات والتطويل وأشكال العرض."),
    _("تُقرأ أ وإ وآ ألفاً، والتاء المربوطة هاء، والألف المقصورة ياء."),
    _("تُقرأ الأرقام العربية والفارسية واللاتينية واحدة."),
    _("تُجمع صور الكلمة الواحدة بجذعها، من معجم فيه مفردها وجمعها ومؤنثها وتصريفها."),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Changes that the index has not seen, and since when the oldest waits."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the desk shows. `articles` is None where the index cannot be read, `problem` then says why, in words.

    `detail` is the engine's own message, which names what file is damaged; `rules` is the fingerprint of the rules
    that built the index.
    """

    standing: Standing
    articles: int | None
    problem: str
    detail: str
    rules: str | None
    in_force: str
    waiting: Waiting

    @property
    def has_other_rules(self) -> bool:
        return self.rules is not None and self.rules != self.in_force


def index_state() -> IndexState:
    held, problem, detail = None, "", ""
    try:
        held = engine().document_count()
    except EngineProblem as found:
        problem, detail = sentence_of(found.code), str(found)
    standing = engine().standing()
    if standing.damage and not problem:
        problem, detail = sentence_of("index_doubtful"), "; ".join(standing.damage)
    return IndexState(standing, held, problem, detail, engine().rules(), fingerprint(), waiting())


def waiting() -> Waiting:
    changed = Article.objects.needing_index().order_by().aggregate(first=Min("stale_since"))["first"]
    removed = IndexRemoval.objects.aggregate(first=Min("removed_at"))["first"]
    moments = [moment for moment in (changed, removed) if moment]
    return Waiting(indexing.waiting(), min(moments, default=None))


def may_see(request: HttpRequest) -> bool:
    return may_index(request) or may_rebuild(request)


def may_index(request: HttpRequest) -> bool:
    return bool(request.user.is_staff) and request.user.has_perm("articles.change_article")


def may_rebuild(request: HttpRequest) -> bool:
    return bool(request.user.is_staff) and request.user.has_perm("articles.rebuild_index")


ALLOWED = {UPDATE: may_index, CHECK: may_rebuild, REBUILD: may_rebuild}


class IndexDesk:
    """The pages of the desk on one admin site."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        view = self.site.admin_view
        return [
            path("index/", view(self.show), name="index_desk"),
            path("index/<slug:kind>/", require_POST(view(self.ask)), name="index_work"),
        ]

    def show(self, request: HttpRequest) -> HttpResponse:
        if not may_see(request):
            raise PermissionDenied
        jobs = Job.objects.filter(kind__in=WORKS).select_related("actor").order_by("-pk")
        checked = jobs.filter(kind=CHECK, state=JobState.FINISHED).first()
        context = {
            **self.site.each_context(request),
            "title": gettext("فهرس البحث"),
            "state": index_state(),
            "failed": jobs.filter(state=JobState.FAILED).first(),
            "jobs": [(job, job_address(job)) for job in jobs[:JOBS_SHOWN]],
            "checked": checked,
            "found": checked.result.get("check", {}) if checked else {},
            "rules": RULES,
            "examples": [(word, SURFACE(word), STEM(word)) for word in EXAMPLES],
            "works": [(kind, TITLES[kind]) for kind in WORKS if ALLOWED[kind](request)],
        }
        return render(request, "admin/index_desk.html", context)

    def ask(self, request: HttpRequest, kind: str) -> HttpResponse:
        """A job of this kind, or the one that is open already."""
        if kind not in ALLOWED or not ALLOWED[kind](request):
            raise PermissionDenied
        return HttpResponseRedirect(job_address(open_or_asked(request, kind)))


def open_or_asked(request: HttpRequest, kind: str) -> Job:
    """The job of this kind that waits or is at work, or a new one."""
    if at_work := Job.objects.filter(kind=kind, state__in=OPEN).first():
        messages.info(request, gettext("طُلب هذا من قبل، ولم ينته بعد."))
        return at_work
    return asking.ask(kind, str(TITLES[kind]), by=cast(User, request.user))


def listed(request: HttpRequest, address: str) -> list[dict[str, Any]]:
    """The desk as a line of the list of desks, for who may see it."""
    if not may_see(request):
        return []
    name = gettext("فهرس البحث")
    allowed = {"add": False, "change": False, "delete": False, "view": True}
    return [
        {
            "model": IndexDesk,
            "name": name,
            "object_name": "Index",
            "perms": allowed,
            "admin_url": address,
            "add_url": None,
            "view_only": True,
        }
    ]
