"""The admin site: its name, its desks, and word of articles that wait for the search index."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.accounts import AccountsAdmin
from articles.admin.articles import ArticleAdmin
from articles.admin.booleans import name_icons
from articles.admin.captures import CaptureAdmin
from articles.admin.catching_up import BY_BUTTON, catch_up_now, few_enough
from articles.admin.collections import CollectionAdmin
from articles.admin.desk import ListingAdmin
from articles.admin.empty_searches import EmptySearchAdmin
from articles.admin.imports import ImportItemAdmin, ImportRunAdmin
from articles.admin.index_desk import IndexDesk, listed, may_index, may_see, open_or_asked
from articles.admin.jobs import JobAdmin, job_address
from articles.admin.queues import waiting_for
from articles.admin.removals import IndexRemovalAdmin
from articles.admin.repeated_lines import RepeatedLineAdmin
from articles.admin.returned_texts import ReturnedTextAdmin
from articles.admin.rules import ExtractionRulesAdmin
from articles.admin.sources import SourceAdmin
from articles.admin.stem_exceptions import StemExceptionAdmin
from articles.admin.stories import NotCopiesAdmin, StoryAdmin
from articles.admin.synonyms import SynonymGroupAdmin
from articles.admin.tags import TagAdmin
from articles.admin.takedowns import TakedownAdmin
from articles.admin.uploads import UploadAdmin
from articles.admin.versions import ArticleVersionAdmin
from articles.jobs.index_work import UPDATE
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.collection import Collection
from articles.models.empty_search import EmptySearch
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import ImportItem, ImportRun
from articles.models.index_removal import IndexRemoval
from articles.models.job import Job
from articles.models.returned_text import ReturnedText
from articles.models.source import Source
from articles.models.stem_exceptions import StemException
from articles.models.story import NotCopies, Story
from articles.models.synonyms import SynonymGroup
from articles.models.tag import Tag
from articles.models.takedown import Takedown
from articles.models.upload import Upload
from articles.models.version import ArticleVersion
from articles.search import indexing

DESKS = {
    Article: ArticleAdmin,
    ArticleVersion: ArticleVersionAdmin,
    Takedown: TakedownAdmin,
    ReturnedText: ReturnedTextAdmin,
    Source: SourceAdmin,
    Collection: CollectionAdmin,
    Tag: TagAdmin,
    Story: StoryAdmin,
    NotCopies: NotCopiesAdmin,
    ExtractionRules: ExtractionRulesAdmin,
    RepeatedLine: RepeatedLineAdmin,
    SynonymGroup: SynonymGroupAdmin,
    EmptySearch: EmptySearchAdmin,
    StemException: StemExceptionAdmin,
    Upload: UploadAdmin,
    Job: JobAdmin,
    Capture: CaptureAdmin,
    ImportRun: ImportRunAdmin,
    ImportItem: ImportItemAdmin,
    IndexRemoval: IndexRemovalAdmin,
}

INDEXED = ngettext_lazy("فُهرس تغيير واحد.", "فُهرس %(number)s تغيير.", "count")


class ArchiveAdminSite(AdminSite):
    site_header = _("مكتب التحرير")
    site_title = _("مكتب التحرير")
    index_title = _("الأرشيف")

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        name_icons()
        self.disable_action("delete_selected")  # what is deleted takes its history along: one at a time
        for model, desk in DESKS.items():
            self.register(model, desk)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Accounts and groups, which Django registers by itself, get lists like all others."""
        if admin_class and not issubclass(admin_class, ListingAdmin):
            admin_class = type(admin_class.__name__, (AccountsAdmin, admin_class), {})
        super().register(model_or_iterable, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Beside Django's own: how many articles wait to be indexed, for the banner on every page."""
        waiting = indexing.waiting()
        return {
            **super().each_context(request),
            "site_name": settings.SITE_NAME,  # Django's page of signing in would say the host's
            "articles_waiting": waiting,
            "index_now_offered": 0 < waiting <= BY_BUTTON and may_index(request),
            "index_desk_offered": waiting > 0 and may_see(request),
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The desks in the order of DESKS: what curators open most stands first."""
        apps = super().get_app_list(request, app_label)
        order = list(DESKS)
        for app in apps:
            app["models"].sort(
                key=lambda shown: order.index(shown["model"]) if shown["model"] in order else 0
            )
            if app["app_label"] == "articles":
                app["models"] += listed(request, reverse("admin:index_desk"))
        return apps

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("index-now/", require_POST(self.admin_view(self.index_now)), name="index_now"),
            path("queues/", self.admin_view(self.queues_view), name="queues"),
        ]
        return [*own, *IndexDesk(self).urls(), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """With what waits above the desks: nothing of a queue that is empty."""
        waiting = [shown for shown in waiting_for(request) if shown.count]
        return super().index(request, {"queues": waiting, **(extra_context or {})})

    def queues_view(self, request: HttpRequest) -> HttpResponse:
        """Every queue that the curator may look at, the empty ones too."""
        context = {
            **self.each_context(request),
            "title": gettext("ما ينتظر"),
            "queues": waiting_for(request),
        }
        return render(request, "admin/queues.html", context)

    def index_now(self, request: HttpRequest) -> HttpResponse:
        """Index what waits and go back to the page the curator was on; what is too much is a job's."""
        if not may_index(request):
            raise PermissionDenied
        if not few_enough(BY_BUTTON):
            return HttpResponseRedirect(job_address(open_or_asked(request, UPDATE)))
        tell(request, catch_up_now())
        return HttpResponseRedirect(page_to_return_to(request))


def tell(request: HttpRequest, report: indexing.IndexReport) -> None:
    """What indexing did, and why something still waits."""
    done = report.indexed + report.removed
    if done or not report.problem:
        messages.success(request, INDEXED % {"count": done, "number": f"{done:,}"})
    if report.problem:
        sentence = gettext("لم تكتمل الفهرسة، وما لم يُفهرس ما زال ينتظر: %(problem)s")
        messages.warning(request, sentence % {"problem": report.problem})


def page_to_return_to(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("admin:index")
