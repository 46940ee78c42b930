"""The desk of the index answers in every state the index can be in, and its work is done outside the request."""

import fcntl
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.job import Job, JobState
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.whoosh.columnar.layout import ALIGNED
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk
from tests.conftest import Archive

DESK = "/admin/index/"


def ask(desk: Desk, kind: str) -> Job:
    """Press a button, and have the work done."""
    desk.post(f"{DESK}{kind}/", {})
    do_waiting()
    return Job.objects.latest("pk")


def page(desk: Desk) -> str:
    return desk.get(DESK).content.decode()


@pytest.fixture
def three(archive: Archive) -> Archive:
    for number in range(3):
        archive.add(f"نفط {number}")
    archive.index()
    return archive


def damage(index_folder: Path, files: str = "*.terms", at: int | None = None) -> str:
    """Change a byte of one file, in the middle where it is not said which; its name."""
    path = next(index_folder.glob(f"current/{files}"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 0xFF
    path.write_bytes(content)
    return path.name


def test_a_sound_index_says_what_it_holds(desk: Desk, three: Archive) -> None:
    state = desk.get(DESK).context["state"]
    assert (state.articles, state.problem, state.standing.segments, state.waiting.count) == (3, "", 1, 0)
    assert state.standing.size > 1000
    assert state.standing.built_at <= state.standing.changed_at
    assert not state.standing.is_being_written
    assert not state.has_other_rules


def test_it_tells_the_rules_in_words_and_with_what_they_make_of_words(desk: Desk, three: Archive) -> None:
    shown = page(desk)
    assert indexing.fingerprint() in shown
    assert "<td>الامريكيه</td><td>امريكا</td>" in shown


def test_it_tells_what_waits_and_since_when(desk: Desk, three: Archive) -> None:
    three.add("خبر ينتظر")
    state = desk.get(DESK).context["state"]
    assert state.waiting.count == 1
    assert state.waiting.oldest == Article.objects.get(title="خبر ينتظر").stale_since


def test_what_waits_is_indexed_by_a_job(desk: Desk, three: Archive) -> None:
    three.add("غاز")
    job = ask(desk, "update_index")
    assert (job.state, job.counts) == (JobState.FINISHED, {"indexed": 1, "removed": 0})
    assert search(SearchRequest("غاز")).total == 1


def test_without_an_index_the_page_stands_and_the_button_builds_one(desk: Desk, archive: Archive) -> None:
    archive.add("نفط")
    shown = page(desk)
    assert "لا فهرس للبحث بعد" in shown
    assert ask(desk, "update_index").state == JobState.FINISHED
    assert search(SearchRequest("نفط")).total == 1


def test_while_another_writes_the_page_says_so_and_the_job_says_why_it_failed(
    desk: Desk, three: Archive, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.jobs.index_work.SECONDS_TO_WAIT", 0.1)
    three.add("غاز")
    with (index_folder / "write.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "يكتب في الفهرس عملٌ الآن" in page(desk)
        for kind in ("update_index", "rebuild_index"):
            assert ask(desk, kind).state == JobState.FAILED
    shown = page(desk)
    assert "آخر ما تعثّر: بناء فهرس البحث من جديد" in shown
    assert "يكتب في فهرس البحث عملٌ آخر الآن" in shown
    assert ask(desk, "update_index").state == JobState.FINISHED


def test_an_index_of_another_format_is_told_and_built_anew(
    desk: Desk, three: Archive, index_folder: Path
) -> None:
    rules = index_folder / "current" / "rules.json"
    rules.write_text(json.dumps({**json.loads(rules.read_text("utf-8")), "format": 1}), "utf-8")
    shown = page(desk)
    assert "بقواعد لغوية أو حقول سابقة" in shown
    assert ask(desk, "update_index").state == JobState.FINISHED
    assert "بقواعد لغوية أو حقول سابقة" not in page(desk)
    assert search(SearchRequest("نفط")).total == 3


def test_an_index_of_other_rules_says_that_it_must_be_built_anew(
    desk: Desk, three: Archive, index_folder: Path
) -> None:
    rules = index_folder / "current" / "rules.json"
    rules.write_text(json.dumps({**json.loads(rules.read_text("utf-8")), "analysis": "another"}), "utf-8")
    response = desk.get(DESK)
    assert response.context["state"].has_other_rules
    assert "ابنه من جديد" in response.content.decode()
    assert ask(desk, "rebuild_index").state == JobState.FINISHED
    assert not desk.get(DESK).context["state"].has_other_rules


@pytest.mark.parametrize("files", ["*.terms", "*.toc", "rules.json"])
def test_a_broken_index_leaves_the_page_standing_and_is_built_anew(
    desk: Desk, three: Archive, index_folder: Path, files: str
) -> None:
    path = next(index_folder.glob(f"current/{files}"))
    path.write_bytes(b"nothing")
    assert desk.get(DESK).context["state"].standing.exists
    assert ask(desk, "rebuild_index").state == JobState.FINISHED
    assert search(SearchRequest("نفط")).total == 3


def test_a_check_names_the_damaged_file(desk: Desk, three: Archive, index_folder: Path) -> None:
    name = damage(index_folder)
    job = ask(desk, "check_index")
    assert job.state == JobState.FINISHED
    shown = page(desk)
    assert name in shown
    assert "الفهرس يخالف الأرشيف: ابنه من جديد" in shown


def test_damage_that_searches_do_not_notice_is_told_when_the_files_were_read(
    desk: Desk, three: Archive, index_folder: Path
) -> None:
    name = damage(index_folder, at=ALIGNED)
    assert desk.get(DESK).context["state"].problem == ""
    engine().verify(lambda: None)
    shown = page(desk)
    assert "في ملفات فهرس البحث تلف" in shown
    assert name in shown
    assert ask(desk, "rebuild_index").state == JobState.FINISHED
    assert desk.get(DESK).context["state"].problem == ""


def test_a_check_counts_what_differs(desk: Desk, three: Archive) -> None:
    Article.objects.filter(title="نفط 1").update(status="withdrawn")
    job = ask(desk, "check_index")
    assert job.counts["different"] == 1
    assert job.result["check"]["advice"] == "rebuild"


def test_a_check_of_a_sound_index_and_of_none(desk: Desk, archive: Archive) -> None:
    archive.add("نفط")
    ask(desk, "check_index")
    assert "there is no search index" in page(desk)
    archive.index()
    ask(desk, "check_index")
    assert "الفهرس سليم، وهو على حال الأرشيف" in page(desk)


def test_a_rebuild_tells_how_far_it_is(desk: Desk, three: Archive) -> None:
    job = ask(desk, "rebuild_index")
    assert (job.state, job.done, job.total) == (JobState.FINISHED, 3, 3)


def test_a_work_that_is_open_is_not_asked_for_twice(desk: Desk, three: Archive) -> None:
    for _time in range(2):
        desk.post(f"{DESK}rebuild_index/", {})
    assert Job.objects.count() == 1


def test_who_may_change_articles_may_index_and_no_more(looker: Desk, three: Archive) -> None:
    assert looker.client.get(DESK).status_code == 403
    user = User.objects.get(username="زائر")
    user.user_permissions.add(Permission.objects.get(codename="change_article"))
    assert "rebuild_index" not in looker.get(DESK).content.decode()
    assert looker.client.post(f"{DESK}rebuild_index/").status_code == 403
    looker.post(f"{DESK}update_index/", {})
    assert Job.objects.get().kind == "update_index"


@pytest.mark.parametrize("kind", ["merge_sources", "nothing"])
def test_no_other_work_is_asked_for_here(desk: Desk, three: Archive, kind: str) -> None:
    assert desk.client.post(f"{DESK}{kind}/").status_code == 403
    assert not Job.objects.exists()


def test_the_desk_is_in_the_list_of_desks(desk: Desk, three: Archive) -> None:
    assert f'href="{DESK}"' in desk.get("/admin/").content.decode()


def test_the_banner_leads_to_the_desk(desk: Desk, three: Archive) -> None:
    assert "فهرس البحث" not in banner(desk)
    three.add("خبر ينتظر")
    assert DESK in banner(desk)


def banner(desk: Desk) -> str:
    text = desk.get("/admin/articles/source/").content.decode()
    found: Any = text.partition('class="waiting"')[2].partition("</div>")[0]
    return str(found)


def test_the_number_of_queries_is_fixed(
    desk: Desk, three: Archive, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        three.add(f"خبر {number}")
    with django_assert_max_num_queries(14):
        page(desk)
    assert Article.objects.needing_index().count() == 5
