"""Merged articles: everything goes to the lead, every address leads there, and a merge can be undone."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from articles import curation, merging, takedown, unmerging
from articles.exporting.restoring import restore
from articles.exporting.run import ExportOptions, export
from articles.exporting.verifying import opened
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store import undoing
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.change import Change
from articles.models.import_run import ImportItem, ImportRun
from articles.models.redirect import ArticleRedirect
from articles.models.returned_text import ReturnedText
from articles.models.story import NotCopies, Story, StoryMember
from articles.models.tag import Tag
from articles.models.version import ArticleVersion
from articles.takedown import Demand
from tests.conftest import Archive
from tests.exporting import whole
from tests.factories import make_article, make_capture, make_item, make_story

pytestmark = pytest.mark.django_db
BELOW = ("", "cite/", "cite.bib", "cite.ris", "captures/", "versions/")


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("ليلى")


@pytest.fixture
def lead() -> Article:
    return make_article("زلزال يضرب الساحل", "هزّ زلزال المدينة.", published_on="2016-03-09", source="الأفق")


@pytest.fixture
def other() -> Article:
    """With everything that an article can have."""
    article = make_article(
        "زلزال قوي", "هزّ زلزال المدينة فجراً.", published_on="2016-03", source="الساحل",
        collections=["ملفات"], url="https://sahel.example/1", url_digest="d" * 64, external_id="77",
    )  # fmt: skip
    article.tags.set(Tag.objects.named(["للمراجعة"]))
    make_item(article=article)
    make_capture(article, content=b"<p>x</p>", url="https://sahel.example/1")
    return article


def merge(lead: Article, *others: Article, by: User, **more: Any) -> ArticleRedirect:
    return merging.merge(lead, others, by=by, reason="مكرر", **more)[0]


def everything(article: Article) -> dict[str, Any]:
    """What an article has, for a comparison before and after."""
    held = Article.objects.get(pk=article.pk)
    return {
        "columns": {**merging.columns_of(held), "stale_since": None, "updated_at": None},
        "captures": list(held.captures.values_list("pk", "merged_from")),
        "versions": list(held.versions.order_by("number").values_list("number", "base", "title")),
        "items": list(ImportItem.objects.filter(article=held).values_list("pk", flat=True)),
        "collections": set(held.collections.values_list("name", flat=True)),
        "tags": set(held.tags.values_list("name", flat=True)),
    }


def test_a_text_taken_down_that_came_in_again_is_not_merged_before_somebody_decided(
    lead: Article, other: Article, curator: User
) -> None:
    gone = make_article("زلزال قوي", "هزّ زلزال المدينة فجراً.")
    takedown.take_down(gone, Demand(reason="rights"), by=curator)
    ReturnedText.objects.create(article=other, takedown=takedown.standing_takedown(gone))
    with pytest.raises(merging.CannotMerge, match="لم يُبتّ فيه"):
        merging.merge(lead, [other], by=curator)
    assert Article.objects.filter(pk=other.pk).exists()


def test_everything_of_the_other_goes_to_the_lead(lead: Article, other: Article, curator: User) -> None:
    redirect = merge(lead, other, by=curator)
    lead.refresh_from_db()
    assert list(Article.objects.all()) == [lead]
    assert (redirect.public_id, redirect.article, redirect.reason) == (other.public_id, lead, "مكرر")
    assert Capture.objects.get().article == ImportItem.objects.get().article == lead
    assert [held.name for held in (*lead.collections.all(), *lead.tags.all())] == ["ملفات", "للمراجعة"]
    assert [(held.number, held.title) for held in lead.versions.order_by("number")] == [
        (1, "زلزال يضرب الساحل"), (2, "زلزال قوي"),
    ]  # fmt: skip
    assert lead.title == "زلزال يضرب الساحل"


def test_the_merge_and_its_reason_stand_in_the_leads_history(
    lead: Article, other: Article, curator: User
) -> None:
    redirect = merge(lead, other, by=curator)
    change = Change.objects.latest("pk")
    assert (change.key, change.actor, change.reason) == (lead.pk, curator, "مكرر")
    (collection,), (tag,) = lead.collections.all(), lead.tags.all()
    assert change.fields == {
        "merged": [None, str(redirect)],
        "collections": [[], [collection.pk]],
        "tags": [[], [tag.pk]],
    }


def test_different_days_stop_it_until_somebody_says_which_holds(lead: Article, curator: User) -> None:
    other = make_article("زلزال", published_on="2016-03-10")
    with pytest.raises(merging.DatesDiffer, match="أيام مختلفة"):
        merge(lead, other, by=curator)
    assert Article.objects.count() == 2
    merge(lead, other, by=curator, day=date(2016, 3, 10))
    lead.refresh_from_db()
    assert lead.published_on == date(2016, 3, 10)
    assert lead.evidence["published_on"]["place"] == "curator"


def test_the_only_known_day_is_the_leads_from_then_on(other: Article, curator: User) -> None:
    lead = make_article("زلزال", published_on="2016")
    day = make_article("زلزال", published_on="2016-03-10")
    merge(lead, other, day, by=curator)
    lead.refresh_from_db()
    assert (lead.published_on, lead.published_precision) == (date(2016, 3, 10), "day")


def test_what_was_taken_down_or_withdrawn_or_is_embargoed_is_not_merged(
    lead: Article, other: Article, curator: User
) -> None:
    hidden = make_article("محجوب", status="withdrawn")
    embargoed = make_article("لم يحن", embargoed_until="2990-01-01")
    takedown.take_down(other, Demand(), by=curator)
    for barred in (other, hidden, Article.objects.get(pk=embargoed.pk)):
        with pytest.raises(merging.CannotMerge):
            merge(lead, barred, by=curator)
    assert Article.objects.count() == 4


def test_every_address_of_a_merged_article_leads_to_the_same_page_of_the_lead(
    lead: Article, other: Article, curator: User, client: Client
) -> None:
    merge(lead, other, by=curator)
    for below in BELOW:
        response = client.get(f"/a/{other.public_id}/{below}?q=x")
        assert (response.status_code, response["Location"]) == (301, f"/a/{lead.public_id}/{below}?q=x"), (
            below
        )
    numbered = client.get(f"/a/{other.public_id}/versions/1/")
    assert numbered["Location"] == f"/a/{lead.public_id}/versions/2/"
    assert client.get(numbered["Location"]).status_code == 200
    at_address = client.get("/url/https://sahel.example/1")
    assert at_address.status_code == 302 and lead.public_id in at_address["Location"]


def test_readers_are_told_which_versions_came_with_a_merge(curator: User, client: Client) -> None:
    lead, copy = make_article("خبر", "متن واحد"), make_article("خبر", "متن واحد")
    merge(lead, copy, by=curator)
    page = client.get(f"/a/{lead.public_id}/versions/").content.decode()
    assert page.count("من مقال دُمج في هذا") == 1
    assert page.count("هي المعروضة") == 1
    assert page.index("هي المعروضة") < page.index("من مقال دُمج في هذا")


def test_what_is_corrected_after_a_merge_is_based_on_the_leads_own_text(curator: User) -> None:
    lead, copy = make_article("خبر", "متن واحد"), make_article("خبر", "متن واحد")
    redirect = merge(lead, copy, by=curator)
    lead.refresh_from_db()
    lead.author = "سعاد"
    curation.save_correction(lead, ["author"], by=curator)
    assert (lead.versions.latest("number").base, unmerging.obstacle(redirect)) == (1, "")


def test_a_chain_of_merges_leads_to_its_end(
    lead: Article, other: Article, curator: User, client: Client
) -> None:
    merge(other, make_article("أقدم"), by=curator)
    oldest = ArticleRedirect.objects.get()
    merge(lead, other, by=curator)
    oldest.refresh_from_db()
    response = client.get(f"/a/{oldest.public_id}/versions/1/")
    assert response["Location"] == f"/a/{lead.public_id}/versions/3/"
    assert "أقدم" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize("is_legal, answer", [(True, 451), (False, 410)])
def test_when_the_lead_is_taken_down_its_other_addresses_say_so(
    is_legal: bool, answer: int, lead: Article, other: Article, curator: User, client: Client
) -> None:
    merge(lead, other, by=curator)
    takedown.take_down(lead, Demand(reason="court", is_legal=is_legal), by=curator)
    for below in BELOW:
        assert client.get(f"/a/{other.public_id}/{below}").status_code == answer, below


def test_when_the_lead_is_withdrawn_or_a_draft_nothing_leads_to_it(
    lead: Article, other: Article, curator: User, client: Client
) -> None:
    merge(lead, other, by=curator)
    curation.withdraw(lead, by=curator)
    assert client.get(other.get_absolute_url()).status_code == 410
    curation.to_draft(lead, by=curator)
    response = client.get(other.get_absolute_url())
    assert response.status_code == 404 and lead.public_id not in response.content.decode()


def test_nothing_tells_of_a_merged_article_but_the_way_to_the_lead(
    archive: Archive, curator: User, client: Client, tmp_path: Path
) -> None:
    lead, other = archive.add("زلزال الساحل"), archive.add("زعفران القلعة")
    archive.index()
    merge(lead, other, by=curator)
    for address in ("/", "/search/?q=زعفران", "/search/feed/?q=زعفران"):
        assert other.public_id not in client.get(address).content.decode(), address
    export(
        tmp_path / "e", options=ExportOptions(published_only=True), store=CaptureStore(settings.CAPTURES_DIR)
    )
    assert other.public_id not in (tmp_path / "e" / "data" / "articles.jsonl").read_text("utf-8")
    told = json.loads((tmp_path / "e" / "data" / "redirects.jsonl").read_text("utf-8"))
    assert told == {"public_id": other.public_id, "article": lead.public_id, "version_offset": 1}


def test_the_lead_stands_in_the_others_story_and_no_story_keeps_the_other(
    lead: Article, other: Article, curator: User
) -> None:
    third, stranger = make_article("ثالث"), make_article("غريب")
    story = make_story(other, third)
    NotCopies.objects.create(first=other, second=stranger)
    merge(lead, other, by=curator)
    story.refresh_from_db()
    assert story.lead == lead
    assert {member.article for member in story.members.all()} == {lead, third}
    assert {NotCopies.objects.get().first, NotCopies.objects.get().second} == {lead, stranger}


def test_two_copies_of_one_story_become_one(lead: Article, other: Article, curator: User) -> None:
    make_story(other, lead)
    merge(lead, other, by=curator)
    assert not Story.objects.exists() and not StoryMember.objects.exists()


# Imports afterwards


def imported(folder: Path, name: str, *rows: dict[str, str], **options: Any) -> Any:
    path = folder / name
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    store = CaptureStore(settings.CAPTURES_DIR)
    return import_paths([str(path)], options=ImportOptions(**options), store=store, stdin=io.BytesIO())


def row(number: int, **more: str) -> dict[str, str]:
    body = f"هزّ زلزال المدينة فجراً للمرة {number} وخرج الناس إلى الشوارع."
    return {"title": f"زلزال {number}", "body": body, "url": f"https://a.example/{number}", **more}


@pytest.mark.parametrize("on_duplicate", ["capture", "update", "skip"])
def test_an_import_knows_a_merged_article_by_its_bytes_and_by_its_address(
    on_duplicate: str, curator: User, tmp_path: Path
) -> None:
    imported(tmp_path, "a.jsonl", row(1), row(2))
    lead, other = Article.objects.order_by("pk")
    merge(lead, other, by=curator)
    before = everything(lead)["columns"]
    again = imported(tmp_path, "a.jsonl", row(1), row(2), on_duplicate=on_duplicate)
    assert again.counts == {"unchanged": 2}
    newer = imported(tmp_path, "b.jsonl", row(2, title="زلزال آخر"), on_duplicate=on_duplicate)
    assert newer.counts == {"skip": {"duplicate": 1}}.get(on_duplicate, {"captured": 1})
    assert Article.objects.get() == lead
    assert everything(lead)["columns"] == before
    assert lead.versions.count() == 2


def test_a_capture_of_a_merged_address_is_never_where_the_leads_text_is_from(
    curator: User, tmp_path: Path
) -> None:
    imported(tmp_path, "a.jsonl", row(1), row(2))
    lead, other = Article.objects.order_by("pk")
    redirect = merge(lead, other, by=curator)
    imported(tmp_path, "b.jsonl", row(2, title="زلزال آخر"))
    assert Capture.objects.filter(merged_from=redirect).count() == 2
    newer = imported(tmp_path, "c.jsonl", row(1, title="زلزال 1 قوي"))
    assert newer.counts == {"captured": 1}
    last = lead.versions.latest("number")
    assert (last.title, last.base) == ("زلزال 1 قوي", 1)


def test_an_import_that_brought_merged_articles_is_not_undone_over_the_merge(
    curator: User, tmp_path: Path
) -> None:
    first = imported(tmp_path, "a.jsonl", row(1))
    second = imported(tmp_path, "b.jsonl", row(2))
    lead, other = Article.objects.order_by("pk")
    merge(lead, other, by=curator)
    store = CaptureStore(settings.CAPTURES_DIR)
    for summary in (second, first):
        undone = undoing.undo(ImportRun.objects.get(pk=summary.run_number), store=store)
        assert (undone.articles, undone.captures, undone.kept) == (0, 0, 1)
    assert (Article.objects.get(), Capture.objects.count()) == (lead, 2)


# Exports from before and after


def test_an_export_from_before_a_merge_makes_no_merged_article_anew(curator: User, tmp_path: Path) -> None:
    imported(tmp_path, "a.jsonl", row(1), row(2))
    lead, other = Article.objects.order_by("pk")
    curation.save_correction(other, ["author"], by=curator)
    other.author = "سعاد"
    curation.save_correction(other, ["author"], by=curator)
    store = CaptureStore(settings.CAPTURES_DIR)
    export(tmp_path / "e", options=ExportOptions(), store=store)
    merge(lead, other, by=curator)
    before = everything(lead)
    done = restore(opened(tmp_path / "e"), store=store)
    assert done.restored.total() == 0
    assert (Article.objects.get(), everything(lead)) == (lead, before)


def test_a_restored_archive_leads_on_and_knows_merged_articles(curator: User, tmp_path: Path) -> None:
    imported(tmp_path, "a.jsonl", row(1), row(2))
    lead, other = Article.objects.order_by("pk")
    merge(lead, other, by=curator)
    store = CaptureStore(settings.CAPTURES_DIR)
    export(tmp_path / "e", options=ExportOptions(), store=store)
    whole.empty()
    restore(opened(tmp_path / "e"), store=store)
    redirect = ArticleRedirect.objects.get()
    assert (redirect.public_id, redirect.article.public_id) == (other.public_id, lead.public_id)
    assert imported(tmp_path, "b.jsonl", row(2, title="آخر")).counts == {"captured": 1}
    assert Capture.objects.filter(merged_from=redirect).count() == 2


# Undoing


def test_an_undone_merge_leaves_both_as_they_were(lead: Article, other: Article, curator: User) -> None:
    make_story(other, make_article("ثالث"))
    before, of_lead = everything(other), everything(lead)
    redirect = merge(lead, other, by=curator)
    back = unmerging.unmerge(redirect, by=curator, reason="ليسا واحداً")
    after = everything(back)
    assert {**after, "versions": []} == {**before, "versions": []}
    assert [(number, title) for number, _base, title in after["versions"]] == [(1, "زلزال قوي")]
    assert {**everything(lead), "versions": []} == {**of_lead, "versions": []}
    assert StoryMember.objects.get(article=back).story.lead == back
    assert not ArticleRedirect.objects.exists()
    assert Change.objects.latest("pk").fields == {"merged": [str(redirect), None]}


def test_an_undone_merge_is_found_by_readers_again(archive: Archive, curator: User, client: Client) -> None:
    lead, other = archive.add("زلزال الساحل"), archive.add("زعفران القلعة")
    archive.index()
    redirect = merge(lead, other, by=curator)
    archive.index()
    unmerging.unmerge(redirect, by=curator)
    archive.index()
    assert other.public_id in client.get("/search/?q=زعفران").content.decode()
    assert client.get(other.get_absolute_url()).status_code == 200


def test_a_merge_on_which_something_was_built_is_not_undone(
    lead: Article, other: Article, curator: User
) -> None:
    redirect = merge(lead, other, by=curator)
    lead.refresh_from_db()
    curation.take_version(lead, ArticleVersion.objects.get(number=2), by=curator)
    with pytest.raises(unmerging.CannotUndo, match="بصيغة"):
        unmerging.unmerge(redirect, by=curator)


def test_a_chain_is_undone_from_its_end(lead: Article, other: Article, curator: User) -> None:
    first = merge(other, make_article("أقدم"), by=curator)
    second = merge(lead, other, by=curator)
    with pytest.raises(unmerging.CannotUndo, match="في غيره"):
        unmerging.unmerge(ArticleRedirect.objects.get(pk=first.pk), by=curator)
    unmerging.unmerge(second, by=curator)
    unmerging.unmerge(ArticleRedirect.objects.get(pk=first.pk), by=curator)
    assert Article.objects.count() == 3


def test_a_merge_that_came_with_a_restored_archive_says_why_it_stays(
    lead: Article, other: Article, curator: User
) -> None:
    redirect = merge(lead, other, by=curator)
    ArticleRedirect.objects.update(held={})
    redirect.refresh_from_db()
    assert "مستعاد" in unmerging.obstacle(redirect)


def test_an_address_that_is_another_articles_since_keeps_the_merge(
    lead: Article, other: Article, curator: User
) -> None:
    redirect = merge(lead, other, by=curator)
    make_article("آخر", url_digest="d" * 64)
    assert "رابط" in unmerging.obstacle(redirect)
