"""Other names, kept words, sources and the index as a curator works on them in a real browser."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from articles.models.source import Source, SourceName
from articles.models.synonyms import SynonymGroup
from tests.browser.conftest import Reader
from tests.browser.test_takedown import barriers, signed_in
from tests.conftest import Archive


def own_barriers(window: Reader, within: str = "#content") -> list[str]:
    """What axe-core finds, and not what the browser says of axe.

    It copies style sheets that others import into the page, as Django's forms.css does, which our policy refuses.
    """
    before = list(window.complaints)
    found = barriers(window.page, within)
    window.complaints = before
    return found


@pytest.mark.django_db(transaction=True)
def test_a_search_without_results_becomes_a_group_and_finds(library: Archive, reader: Reader) -> None:
    page = signed_in(reader)
    page.goto(f"{reader.home}/search/?q={quote('أم الربيعين')}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("لا مقالات")
    page.get_by_role("link", name="للمحررين: أضف أسماء أخرى لما بُحث عنه").click()
    expect(page.locator("#id_terms-0-text")).to_have_value("أم الربيعين")
    page.fill("#id_terms-1-text", "الموصل")
    page.get_by_role("button", name="معاينة").click()
    expect(page.locator("#preview")).to_contain_text("«أم الربيعين» لا يرد في أي مقال منشور")
    expect(page.locator("#preview mark").first).to_have_text("الموصل")
    assert not SynonymGroup.objects.exists()
    page.click("[name=_save]")
    assert SynonymGroup.objects.count() == 1
    page.goto(f"{reader.home}/search/?q={quote('أم الربيعين')}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("27")
    expect(page.locator("mark").first).to_have_text("الموصل")


@pytest.mark.django_db(transaction=True)
def test_a_word_is_kept_and_its_search_says_so(library: Archive, scripted: Reader) -> None:
    library.add("دفتر", "كُتب في دفتر صغير")
    library.index()
    page = signed_in(scripted)
    page.goto(f"{scripted.home}/admin/articles/stemexception/add/")
    page.fill("#id_word", "دفتر")
    page.get_by_role("button", name="معاينة").click()
    expect(page.locator("#preview")).to_contain_text("يجد البحث عنها الآن")
    assert own_barriers(scripted) == []
    page.click("[name=_save]")
    page.goto(f"{scripted.home}/search/?q={quote('دفتر')}")
    expect(page.locator("main")).to_contain_text("تُبحث كما هي")
    page.goto(f"{scripted.home}/admin/articles/synonymgroup/add/?term={quote('أم الربيعين')}")
    page.fill("#id_terms-1-text", "الموصل")
    page.get_by_role("button", name="معاينة").click()
    expect(page.locator("#preview mark").first).to_have_text("الموصل")
    assert own_barriers(scripted, "#preview") == []


@pytest.mark.django_db(transaction=True)
def test_the_desks_of_sources_and_of_the_index_fit_and_can_be_read(
    library: Archive, scripted: Reader
) -> None:
    source = Source.objects.get(name="جريدة الأفق")
    SourceName.objects.create(source=source, name="Ufuq Daily")
    page = signed_in(scripted)
    for address in (
        f"/admin/articles/source/{source.pk}/change/",
        f"/admin/articles/source/{source.pk}/merge/",
        "/admin/index/",
    ):
        page.goto(scripted.home + address)
        assert own_barriers(scripted, "fieldset.aligned, .index-desk") == []
    page.goto(f"{scripted.home}/admin/articles/source/{source.pk}/merge/")
    page.fill("#id_into", "وكالة الساحل")
    page.get_by_role("button", name="ماذا ينتقل؟").click()
    expect(page.locator(".found")).to_contain_text("يبقى: وكالة الساحل")
    assert own_barriers(scripted) == []
    page.goto(f"{scripted.home}/admin/index/")
    expect(page.locator("#held + table")).to_contain_text("31")
    page.get_by_role("button", name="فحص فهرس البحث").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("فحص فهرس البحث")
