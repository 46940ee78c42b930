"""An archive in which every desk has something to show."""

import io
import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import curation, takedown
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store import versions
from articles.importing.store.captures import CaptureStore
from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.empty_search import EmptySearch
from articles.models.extraction import ExtractionRules, RepeatedLine
from articles.models.import_run import Outcome
from articles.models.index_removal import IndexRemoval
from articles.models.job import Job, JobState
from articles.models.redirect import ArticleRedirect
from articles.models.returned_text import ReturnedText
from articles.models.source import Source
from articles.models.story import NotCopies, Story
from articles.models.tag import Tag
from articles.models.upload import Upload
from articles.models.version import Cause
from articles.takedown import Demand
from tests.conftest import Archive
from tests.factories import make_capture, make_group, make_item, make_kept_word, make_run, make_story
from tests.importing.crawls import page as saved_page

LONG_TITLE = "خبر من الموصل رقم {} وفيه عنوان طويل يمتد على أكثر من سطر في النافذة الضيقة"
BODY = "قال شهود إن الوثائق نُقلت إلى بغداد.\n\nوأضافوا أنها كثيرة، ولم يُعرف بعد من نقلها."
SENT = [{"title": "افتتاح جسر الكوت", "body": "افتُتح الجسر صباح اليوم بعد عامين."}, {"title": "", "body": ""}]


def stock(archive: Archive, curator: User) -> None:
    """A page and more of articles, and a row for every desk."""
    _articles(archive)
    _saved_page()
    _edited(curator)
    _taken_down(curator)
    _proposed(curator)
    _imported()
    _asked(curator)
    archive.index()
    IndexRemoval.objects.create(article_key=9_999_999)
    archive.add("خبر ينتظر الفهرسة", BODY, status="draft")


def _articles(archive: Archive) -> None:
    doubt = {"author": {"place": "dateline", "text": "(ديما)", "confidence": 0.4}}
    for number in range(53):
        archive.add(
            LONG_TITLE.format(number),
            BODY,
            source=("جريدة الأفق", "وكالة الساحل")[number % 2],
            author=("ليلى الحداد", "")[number % 2],
            status=("draft", "published")[number % 2],
            published_on="2015-07-21",
            collections=["ملفات الموصل"],
            evidence=doubt,
        )


def _saved_page() -> None:
    """An article read from a saved page, which can be shown beside its form."""
    file = settings.DATA_DIR / "saved.html"
    file.write_text(saved_page(4, head='<link rel="canonical" href="https://saved.example.org/4">'), "utf-8")
    store = CaptureStore(settings.CAPTURES_DIR)
    import_paths([str(file)], options=ImportOptions(), store=store, stdin=io.BytesIO())


def _edited(curator: User) -> None:
    """Corrected by a curator, edited in silence by its source, merged with another."""
    article, copy = Article.objects.order_by("pk")[:2]
    make_capture(article, url="https://x.example/" + "long/" * 30, origin="/in/" + "x" * 90 + ".json")
    before = versions.said_by(article)
    after = replace(before, title="زلزال قوي يضرب الساحل", body="هزّ زلزال قوته 6 درجات المدينة فجراً.")
    versions.add(article, before, after, cause=Cause.CAPTURE)
    article.title = "خبر صُحح عنوانه"
    curation.save_correction(article, ["title"], by=curator)
    curation.withdraw(copy, by=curator)
    article.tags.add(*Tag.objects.named(["زلازل"]))
    ArticleRedirect.objects.create(public_id="0123456789", article=article, title="نسخة من الخبر")


def _taken_down(curator: User) -> None:
    gone, again = Article.objects.order_by("pk")[5:7]
    demand = Demand(reason="privacy", sentence="طلبت أسرة حذف اسمها.", requester="سعاد")
    takedown.take_down(gone, demand, by=curator)
    standing = takedown.standing_takedown(gone)
    assert standing
    ReturnedText.objects.create(article=again, takedown=standing)


def _proposed(curator: User) -> None:
    """What waits for somebody's decision, and words."""
    rows = list(Article.objects.order_by("pk")[8:13])
    make_story(*rows[:3])
    NotCopies.objects.create(first=rows[3], second=rows[4], said_by=curator)
    source = Source.objects.named("جريدة الأفق")
    ExtractionRules.objects.create(source=source, hosts="ufuq.example.org", body="div.text")
    RepeatedLine.objects.create(
        source=source, key="تابعونا", text="تابعونا على مواقع التواصل", articles=40, of=53,
        examples=[rows[0].public_id],
    )  # fmt: skip
    make_group("داعش", "تنظيم الدولة")
    make_kept_word("الأهرام")
    today = timezone.localdate()
    EmptySearch.objects.create(key="زعفران", text="زعفران بري", count=5, first_on=today, last_on=today)
    Group.objects.get_or_create(name="محررون")


def _imported() -> None:
    run = make_run(inputs=["أخبار.jsonl"])
    article = Article.objects.order_by("pk")[0]
    make_item(run, article=article, origin="/in/" + "y" * 90 + ".json")
    make_item(run, outcome=Outcome.FAILED, origin="/in/" + "z" * 90 + ".json", locator="item 2")


def _asked(curator: User) -> None:
    """Files sent, looked at, imported; a job that is at work, one that stopped, and drafts of others."""
    client = Client()
    client.force_login(curator)
    for name in ("خبر الصباح.jsonl", "خبر المساء.jsonl"):
        text = "\n".join(json.dumps({**item, "url": f"https://a.example/{quote(name)}"}) for item in SENT)
        sent = SimpleUploadedFile(name, text.encode())
        form = {"sent": sent, "status": "draft", "on_duplicate": "capture"}
        _done(client.post(reverse("admin:articles_upload_add"), form))
        do_waiting()
    upload = Upload.objects.order_by("pk")[0]
    _done(client.post(reverse("admin:articles_upload_import", args=[upload.pk])))
    do_waiting()
    rows = list(Article.objects.filter(status="draft", title__contains="الموصل").order_by("pk")[20:23])
    for action in ("publish", "set_author", "merge", "take_down"):
        chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
        _done(client.post(reverse("admin:articles_article_changelist"), chosen))
    story = Story.objects.all()[:1]
    chosen = {"action": "merge_chosen", "_selected_action": [row.pk for row in story]}
    _done(client.post(reverse("admin:articles_story_changelist"), chosen))
    Job.objects.create(kind="rebuild", title="بناء فهرس البحث من جديد", actor=curator, done=3, total=9,
        state=JobState.RUNNING)  # fmt: skip
    Job.objects.create(kind="publish", title="انشر المقالات المختارة", actor=curator, done=3, total=9,
        counts={"changed": 3}, state=JobState.FAILED, problem="database is locked")  # fmt: skip


def _done(response: Any) -> None:
    assert response.status_code == 302, response.content.decode()
