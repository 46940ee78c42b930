"""A curator sends a file, looks at what would become of it, imports it and takes it back, in a real browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.upload import Upload
from tests.browser.conftest import Reader
from tests.browser.test_names import own_barriers
from tests.browser.test_takedown import signed_in

pytestmark = pytest.mark.django_db


def test_a_file_is_sent_previewed_imported_and_taken_back(scripted: Reader, tmp_path: Path) -> None:
    file = tmp_path / "أخبار.jsonl"
    items = [{"title": "افتتاح جسر الكوت", "body": "افتُتح الجسر صباح اليوم."}, {"title": "", "body": ""}]
    file.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items), "utf-8")
    page = signed_in(scripted)
    page.goto(f"{scripted.home}/admin/articles/upload/add/")
    assert own_barriers(scripted) == []
    page.set_input_files("#id_sent", file)
    page.select_option("#id_status", "published")
    page.click("text=أرسل وعاين")
    page.wait_for_url("**/change/")
    expect(page.locator("#job-progress")).to_contain_text("ينتظر")
    do_waiting()

    # The page looks by itself, and shows the preview when it is there.
    expect(page.get_by_text("افتتاح جسر الكوت")).to_be_visible()
    expect(page.get_by_text("لا عنوان فيه ولا متن")).to_be_visible()
    assert own_barriers(scripted) == []
    assert not Article.objects.exists()

    page.click("button:text-is('استورد')")
    page.wait_for_url("**/change/")
    do_waiting()
    expect(page.get_by_text("ما استُورد")).to_be_visible()
    assert own_barriers(scripted) == []
    assert Article.objects.get().title == "افتتاح جسر الكوت"

    page.click("text=ألغِ الاستيراد…")
    assert own_barriers(scripted) == []
    page.click("button:text-is('ألغِ الاستيراد')")
    expect(page.locator("#job-progress")).to_be_visible()
    do_waiting()
    expect(page.locator("#job-progress")).to_contain_text("مقالات أُلغيت")
    assert own_barriers(scripted) == []
    assert not Article.objects.exists()
    assert Upload.objects.get().state == "undone"
