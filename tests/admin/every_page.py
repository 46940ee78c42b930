"""One address of every type of page of the desk, for tests and pictures that look at them all."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.bulk import actions, stories
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.change import Change, Kind
from articles.models.empty_search import EmptySearch
from articles.models.extraction import ExtractionRules
from articles.models.import_run import ImportRun
from articles.models.job import Job, JobState
from articles.models.redirect import ArticleRedirect
from articles.models.source import Source
from articles.models.stem_exceptions import StemException
from articles.models.synonyms import SynonymGroup
from articles.models.takedown import Takedown
from articles.models.upload import Upload, UploadState

MOSUL = quote("الموصل")
NARROWED = f"?q={MOSUL}&status__exact=draft&since=2014&source_named={quote('الأفق')}&surety=0.9&story=any"
ARTICLES = "/admin/articles/article/"


@dataclass(frozen=True, slots=True)
class DeskPage:
    """An address, and what is filled in and pressed there to come to the page."""

    address: str
    press: str = ""
    fill: tuple[tuple[str, str], ...] = ()


def pages(client: Client) -> dict[str, DeskPage]:
    """One of every type of page that the curator signed in may open, by its name, in an archive that was stocked."""
    found = {name: DeskPage(address) for name, address in (_single() | _asked_before() | _of_jobs()).items()}
    for model in admin.site._registry:
        found |= {name: DeskPage(address) for name, address in _of_model(model, client).items()}
    return found | _pressed()


def _of_model(model: Any, client: Client) -> dict[str, str]:
    """The list of a desk, its form for a new row, and the pages of its first row: those there are."""
    name, row = model._meta.model_name, model._default_manager.order_by("pk").first()
    assert row, f"no {name} to look at"
    base = f"/admin/{model._meta.app_label}/{name}/"
    found = {f"{name}-list": base, f"{name}-change": f"{base}{row.pk}/change/"}
    for page, path in (("add", "add/"), ("history", f"{row.pk}/history/"), ("delete", f"{row.pk}/delete/")):
        if client.get(base + path).status_code == 200:
            found[f"{name}-{page}"] = base + path
    return found


def _single() -> dict[str, str]:
    other = Article.objects.order_by("pk")[1]
    filters = quote("q=" + MOSUL)
    read = Capture.objects.filter(media_type__contains="html").latest("pk").article
    assert read
    return {
        "index": "/admin/",
        "queues": "/admin/queues/",
        "index-desk": "/admin/index/",
        "password": "/admin/password_change/",
        "article-list-narrowed": ARTICLES + NARROWED,
        "article-in-a-queue": f"{ARTICLES}{other.pk}/change/?_changelist_filters={filters}",
        "article-with-its-capture": f"{ARTICLES}{read.pk}/change/",
        "article-taken-down": f"{ARTICLES}{Takedown.objects.latest('pk').article_id}/change/",
        "queue-end": f"{ARTICLES}queue/end/?_changelist_filters={filters}",
        "articleversion-list-all": "/admin/articles/articleversion/?edits=all",
        "user-password": f"/admin/auth/user/{User.objects.latest('pk').pk}/password/",
    }


def _asked_before() -> dict[str, str]:
    """Pages that ask before something is done."""
    keys = ",".join(str(key) for key in Article.objects.order_by("pk").values_list("pk", flat=True)[20:23])
    down, merged = Takedown.objects.latest("pk"), ArticleRedirect.objects.latest("pk")
    change = Change.objects.filter(kind=Kind.ARTICLE).latest("pk")
    uploaded = ImportRun.objects.filter(uploads__isnull=False).latest("pk")
    search = quote(EmptySearch.objects.latest("pk").text)
    return {
        "take-down": f"{ARTICLES}take-down/?keys={keys}",
        "restore": reverse("admin:articles_article_restore", args=[down.article_id]),
        "unmerge": reverse("admin:articles_article_unmerge", args=[merged.pk]),
        "give-back": reverse("admin:articles_article_give_back", args=[change.pk]),
        "source-merge": reverse("admin:articles_source_merge", args=[Source.objects.latest("pk").pk]),
        "import-undo": f"{reverse('admin:articles_importrun_undo')}?runs={uploaded.pk}",
        "synonyms-of-a-search": f"/admin/articles/synonymgroup/add/?terms={search}",
    }


def _of_jobs() -> dict[str, str]:
    """Drafts of jobs, each with the page that previews it; jobs, and what was sent, in every state."""
    found = {}
    for draft in Job.objects.filter(state=JobState.DRAFT):
        page = "story_merge" if draft.kind == stories.MERGE_STORIES else "article_bulk"
        found[f"bulk-{draft.kind}"] = reverse(f"admin:articles_{page}", args=[draft.pk])
    for state in (JobState.RUNNING, JobState.FAILED, JobState.FINISHED):
        job = Job.objects.filter(state=state).latest("pk")
        found[f"job-{state}"] = reverse("admin:articles_job_change", args=[job.pk])
    for sent in (UploadState.PREVIEWED, UploadState.IMPORTED):
        upload = Upload.objects.filter(state=sent).latest("pk")
        found[f"upload-{sent}"] = reverse("admin:articles_upload_change", args=[upload.pk])
    return found


def _pressed() -> dict[str, DeskPage]:
    """What a form shows after a button: a preview, a trial, another tab, complaints."""
    article = f"{ARTICLES}{Article.objects.order_by('pk')[0].pk}/change/"
    author = Job.objects.get(kind=actions.SET_AUTHOR)
    bulk = reverse("admin:articles_article_bulk", args=[author.pk])
    merge = reverse("admin:articles_source_merge", args=[Source.objects.latest("pk").pk])
    return {
        "article-difference": DeskPage(article, "[name=_beside][value=difference]"),
        "article-reads": DeskPage(_single()["article-with-its-capture"], "[name=_beside][value=text]"),
        "article-mended": DeskPage(article, "[name=_save]", (("#id_title", ""), ("#id_url", "سدّ"))),
        "synonyms-preview": DeskPage(change_of(SynonymGroup), "[name=_preview]"),
        "synonyms-mended": DeskPage("/admin/articles/synonymgroup/add/", "[name=_save]"),
        "kept-word-preview": DeskPage(change_of(StemException), "[name=_preview]"),
        "rules-tried": DeskPage(change_of(ExtractionRules), "[name=_try]",
            (("#id_trial-html", "<h1>خبر</h1><div class=text><p>متن الخبر كامل.</p></div>"),)),
        "bulk-set_author-previewed": DeskPage(bulk, ".submit-row .default", (("[name=author]", "سعاد الحسن"),)),
        "source-merge-previewed": DeskPage(merge, ".submit-row .default", (("[name=into]", "جريدة الأفق"),)),
    }  # fmt: skip


def change_of(model: Any) -> str:
    """The form of the first row of a model."""
    return f"/admin/articles/{model._meta.model_name}/{model.objects.order_by('pk')[0].pk}/change/"
