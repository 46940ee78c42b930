"""A takedown as an administrator does it, in a real browser: asked why, gone from readers, lifted again."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import curation
from articles.models.article import Article
from articles.models.change import Change
from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES
from tests.conftest import Archive

WIDTHS = (1280, 360)


def signed_in(reader: Reader) -> Page:
    User.objects.create_superuser("ليلى", password="pw")
    page = reader.open("/admin/")
    page.fill("#id_username", "ليلى")
    page.fill("#id_password", "pw")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def barriers(page: Page, within: str = "#content") -> list[str]:
    """What axe-core finds on the page, and by how much it is wider than its window, at a desk's width and a phone's."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{page.url} {width}: {wide} px too wide"] if wide else []
        violations = Axe().run(page, options=RULES, context=within).response["violations"]
        found += [f"{page.url} {width}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in violations]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return found


@pytest.mark.django_db(transaction=True)
def test_an_article_is_taken_down_and_given_back(library: Archive, scripted: Reader) -> None:
    article = Article.objects.get(title="خبر من الموصل رقم 0")
    desk = signed_in(scripted)
    desk.goto(f"{scripted.home}/admin/articles/article/{article.pk}/change/")
    desk.get_by_role("link", name="حجب بطلب…").click()
    assert barriers(desk) == []
    desk.select_option("[name=reason]", "privacy")
    desk.fill("[name=public_sentence]", "طلبت أسرة حذف اسمها.")
    desk.fill("[name=requester]", "سعاد")
    desk.get_by_role("button", name="احجب").click()
    expect(desk.locator(".messagelist")).to_contain_text("حُجب مقال واحد بطلب")
    expect(desk.locator(".taken-down")).to_contain_text("سعاد")
    answer = desk.goto(scripted.home + article.get_absolute_url())
    assert answer and answer.status == 410
    expect(desk.locator("main")).to_contain_text("طلبت أسرة حذف اسمها.")
    assert barriers(desk, "main") == []
    assert "سعاد" not in desk.content() and article.title not in desk.content()
    desk.goto(f"{scripted.home}/search/?q={quote('الموصل رقم 0')}")
    assert article.public_id not in desk.content()
    desk.goto(f"{scripted.home}/admin/articles/article/{article.pk}/change/")
    desk.get_by_role("link", name="ارفع الحجب…").click()
    assert barriers(desk) == []
    desk.get_by_role("button", name="ارفع الحجب").click()
    answer = desk.goto(scripted.home + article.get_absolute_url())
    assert answer and answer.status == 200
    scripted.complaints = [told for told in scripted.complaints if "410" not in told]  # the answer itself


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_history_and_of_two_curators_fit_and_can_be_read(
    library: Archive, scripted: Reader
) -> None:
    article = Article.objects.get(title="خبر من الموصل رقم 0")
    desk = signed_in(scripted)
    desk.goto(f"{scripted.home}/admin/articles/article/{article.pk}/change/")
    article.title = "عنوان غيّره آخر"
    curation.save_correction(article, ["title"], by=User.objects.get())
    desk.fill("#id_title", "عنواني أنا")
    desk.click(".submit-row [name=_continue]")
    expect(desk.locator(".meanwhile")).to_contain_text("عنوان غيّره آخر")
    assert desk.input_value("#id_title") == "عنواني أنا"
    desk.click(".submit-row [name=_continue]")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    desk.goto(f"{scripted.home}/admin/articles/article/{article.pk}/history/")
    expect(desk.locator(".changes")).to_contain_text("عنواني أنا")
    assert barriers(desk) == []
    change = Change.objects.latest("pk")
    desk.goto(f"{scripted.home}/admin/articles/article/changes/{change.pk}/")
    assert barriers(desk) == []
