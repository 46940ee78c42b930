"""What stands beside the form: the capture behind glass, the text as the rules read it now, the difference."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from articles import curation
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.change import Change
from tests.admin.conftest import Desk, address_of
from tests.conftest import Archive
from tests.factories import make_capture
from tests.importing.crawls import page as html
from tests.importing.samples import FIRST, SECOND


@pytest.fixture
def imported(db: None, data_folder: Path, tmp_path: Path) -> Article:
    """An article read from a saved page, its capture in the store."""
    file = tmp_path / "saved.html"
    file.write_text(html(4, head='<link rel="canonical" href="https://saved.example.org/4">'), "utf-8")
    import_paths(
        [str(file)], options=ImportOptions(), store=CaptureStore(settings.CAPTURES_DIR), stdin=io.BytesIO()
    )
    return Article.objects.get()


def look(desk: Desk, article: Article, **sent: Any) -> HttpResponse:
    """Press a button beside the form, with something typed into it."""
    typed = desk.typed(desk.open(article))
    return desk.post(address_of(article), typed | sent)


def value(page: HttpResponse, name: str) -> Any:
    return page.context["adminform"].form[name].value()


def test_the_capture_stands_beside_the_form_in_a_frame_where_nothing_acts(
    desk: Desk, imported: Article
) -> None:
    page = desk.open(imported)
    stored = reverse("admin:articles_capture_stored", args=[Capture.objects.get().pk])
    assert f'<iframe src="{stored}"' in page.content.decode()
    assert 'sandbox=""' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]

    answer = desk.client.get(stored)
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert FIRST in b"".join(answer.streaming_content).decode()


def test_a_record_of_data_is_shown_as_plain_text(desk: Desk, archive: Archive) -> None:
    content = b'{"title": "<script>alert(1)</script>"}'
    capture = make_capture(archive.add(), content=content)
    CaptureStore(settings.CAPTURES_DIR).write(capture.sha256, content)
    answer = desk.client.get(reverse("admin:articles_capture_stored", args=[capture.pk]))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_the_bytes_of_a_capture_are_for_who_may_look_at_captures(looker: Desk, imported: Article) -> None:
    stored = reverse("admin:articles_capture_stored", args=[Capture.objects.get().pk])
    assert looker.client.get(stored).status_code == 403


def test_looking_at_something_else_saves_nothing_and_keeps_what_was_typed(
    desk: Desk, imported: Article
) -> None:
    page = look(desk, imported, title="عنوان أكتبه", body="متن\r\nأكتبه", _beside="text")
    assert page.context["beside"] == "text"
    assert (value(page, "title"), value(page, "body")) == ("عنوان أكتبه", "متن\nأكتبه")
    assert "data-unsaved" in page.content.decode()
    before = imported.title
    imported.refresh_from_db()
    assert imported.title == before


def test_what_was_typed_is_saved_afterwards_as_if_nothing_had_been_looked_at(
    desk: Desk, imported: Article
) -> None:
    page = look(desk, imported, title="عنوان أكتبه", _beside="text")
    desk.post(address_of(imported), desk.typed(page))
    imported.refresh_from_db()
    assert imported.title == "عنوان أكتبه"
    assert [name for name, shown in imported.evidence.items() if shown["place"] == "curator"] == ["title"]


def test_others_are_not_overlooked_because_something_was_looked_at(desk: Desk, archive: Archive) -> None:
    """The form still knows what it was opened with."""
    article = archive.add()
    typed = desk.typed(desk.open(article))
    Article.objects.filter(pk=article.pk).update(author="غيري")
    page = desk.post(address_of(article), typed | {"title": "عنواني", "_beside": "text"})
    told = desk.post(address_of(article), desk.typed(page))
    assert [met.now for met in told.context["adminform"].form.meanwhile] == ["غيري"]


def test_the_text_is_read_anew_and_taken_field_by_field(desk: Desk, imported: Article) -> None:
    read = imported.title, imported.body
    Article.objects.filter(pk=imported.pk).update(title="عنوان آخر", body="متن آخر")
    page = look(desk, imported, _beside="text")
    told = {each.name: each for each in page.context["reads"]}
    assert (told["title"].text, told["title"].is_same) == (read[0], False)
    assert SECOND in told["body"].text

    taken = look(desk, imported, _take="title", author="أكتبه")
    assert (value(taken, "title"), value(taken, "body")) == (read[0], "متن آخر")
    assert value(taken, "author") == "أكتبه"
    everything = look(desk, imported, _take="all")
    assert (value(everything, "title"), value(everything, "body")) == read
    imported.refresh_from_db()
    assert imported.title == "عنوان آخر"


def test_a_capture_without_bytes_is_said_to_be_one(desk: Desk, archive: Archive) -> None:
    article = archive.add()
    make_capture(article)
    assert look(desk, article, _beside="text").context["not_read"].startswith("no capture")


def test_the_difference_from_any_version_can_be_chosen(desk: Desk, archive: Archive) -> None:
    article = archive.add("أول", "متن")
    for title in ("ثانٍ", "ثالث"):
        desk.save(article, title=title)
    page = look(desk, article, _beside="difference")
    assert page.context["chosen_version"].number == 2
    chosen = look(desk, article, _beside="difference", _version="1")
    pieces = chosen.context["difference"].title
    assert [(piece.before, piece.after) for piece in pieces] == [("أول", "ثالث")]


@pytest.mark.parametrize("tab", ["capture", "text", "difference", "nothing"])
def test_every_tab_opens_by_its_address_and_on_an_article_without_anything(
    desk: Desk, archive: Archive, tab: str
) -> None:
    page = desk.get(address_of(archive.add()), beside=tab)
    assert page.context["beside"] in ("capture", "text", "difference")


# Where values came from


def test_each_field_says_where_its_value_came_from(desk: Desk, archive: Archive) -> None:
    evidence = {"author": {"place": "dateline", "text": "(ديما <b>)", "confidence": 0.6}}
    form = desk.open(archive.add(author="ديما", evidence=evidence)).context["adminform"].form
    note = str(form.fields["author"].help_text)
    assert "سطر المكان" in note and "(ديما &lt;b&gt;)" in note and "60٪" in note
    assert not form.fields["body"].help_text


def test_a_corrected_field_says_who_corrected_it_and_offers_to_give_it_back(
    desk: Desk, archive: Archive
) -> None:
    article = archive.add(author="خطأ", evidence={"author": {"place": "byline", "text": "خطأ"}})
    desk.save(article, author="ديما صادق")
    note = str(desk.open(article).context["adminform"].form.fields["author"].help_text)
    assert "صحّحه محرر" in note and "admin" in note
    assert 'name="_give_back" value="author"' in note


def test_a_field_given_back_keeps_its_value_and_loses_its_protection(desk: Desk, archive: Archive) -> None:
    article = archive.add(author="خطأ")
    desk.save(article, author="ديما صادق")
    page = look(desk, article, _give_back="author", title="أكتبه ولم أحفظه")
    assert value(page, "title") == "أكتبه ولم أحفظه"
    article.refresh_from_db()
    assert (article.author, article.evidence, article.title) == ("ديما صادق", {}, "خبر")
    assert Change.objects.latest("pk").reason == "أُعيد الحقل «الكاتب» إلى المستورد."
    assert "أُعيد الحقل" in desk.get(f"/admin/articles/article/{article.pk}/history/").content.decode()


def test_what_no_curator_gave_is_not_given_back(admin_user: Any, archive: Archive) -> None:
    article = archive.add(evidence={"author": {"place": "byline", "text": ""}})
    assert not curation.release(article, "author", by=admin_user)
    assert not Change.objects.exists()


def test_who_may_only_look_takes_nothing_and_gives_nothing_back(looker: Desk, archive: Archive) -> None:
    article = archive.add(evidence={"author": {"place": "curator", "text": ""}})
    for button in ("_give_back", "_take", "_beside"):
        assert looker.client.post(address_of(article), {button: "author"}).status_code == 403
    article.refresh_from_db()
    assert article.evidence


def test_every_text_box_has_its_own_direction(desk: Desk, archive: Archive) -> None:
    form = desk.open(archive.add()).context["adminform"].form
    boxes = [str(form[name]) for name in form.fields]
    typed = [box for box in boxes if "<textarea" in box or 'type="text"' in box]
    assert len(typed) >= 12
    assert [box for box in typed if 'dir="auto"' not in box] == []


def test_a_capture_without_its_bytes_is_said_to_be_one(desk: Desk, archive: Archive) -> None:
    article = archive.add("خبر")
    make_capture(article)
    page = desk.open(article).content.decode()
    assert "وبايتاتها ليست فيه" in page
    assert "<iframe" not in page
