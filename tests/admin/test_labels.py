"""Everything the desk calls by a name is called so in Arabic: models, columns, fields, help, actions, headings."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from tests.admin.conftest import Desk
from tests.conftest import Archive
from tests.factories import make_capture, make_item, make_run, make_story

ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)>|<bdi\b[^>]*>.*?</bdi>|<[^>]+>|&[a-z#0-9]+;", re.DOTALL
)
NAMED = re.compile(r"""<(?:img|input|a|button)\b[^>]*?\s(?:alt|title|aria-label|placeholder)="([^"]+)\"""")
PUBLIC_ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{10}\b")
# Names that Arabic writes in Latin letters, and values of the rows that these tests make.
AS_THEY_ARE = {"SHA", "UTC", "CSS", "ID", "json", "utf", "file", "item", "capture", "application", "example", "org",
    "news", "https", "http", "admin", "Control", "Command", "Mac", "sha256", "algorithm",
    "RSS", "Atom", "WARC", "ARC", "WACZ", "txt", "csv", "jsonl", "zip", "tar", "gz", "warc", "arc", "body",
    "pbkdf", "md5", "html"}  # fmt: skip

TYPED_ONCE = {"usable_password", "password1", "password2"}  # of a form of Django's that is not its model's


def untranslated(text: str) -> list[str]:
    return [word for word in LATIN_WORD.findall(text) if word not in AS_THEY_ARE]


def names(request: Any, desk: Any) -> Iterator[tuple[str, str]]:
    """Where each name of a desk stands, and the name."""
    meta = desk.model._meta
    yield "model", str(meta.verbose_name)
    yield "models", str(meta.verbose_name_plural)
    yield "search", str(desk.search_help_text or "بحث")
    form = desk.get_form(request, change=True)
    for name, field in form.base_fields.items():
        if field.widget.is_hidden:
            continue
        yield f"label of {name}", str(field.label)
        yield f"help of {name}", str(field.help_text or "عون")
        for _value, label in (
            getattr(field, "choices", ()) if isinstance(getattr(field, "choices", ()), list) else ()
        ):
            yield f"choice of {name}", str(label)
    for name in desk.get_list_display(request):
        if name not in ("__str__", "action_checkbox"):
            yield f"column {name}", str(admin.utils.label_for_field(name, desk.model, desk))
    for name, (_function, _name, label) in desk.get_actions(request).items():
        yield f"action {name}", str(label) % {"verbose_name_plural": "صفوف"}
    for title, options in desk.get_fieldsets(request):
        yield "fieldset", str(title or "حقول")
        for name in set(admin.utils.flatten(options["fields"])) - TYPED_ONCE:
            yield f"field {name}", str(admin.utils.label_for_field(name, desk.model, desk, form))
    for inline in desk.inlines:
        for field in inline.model._meta.fields:
            if field.name in (inline.fields or ()):
                yield f"inline {field.name}", str(field.verbose_name)


@pytest.mark.django_db
def test_every_name_of_every_desk_is_arabic() -> None:
    request = RequestFactory().get("/admin/")
    request.user = User.objects.create_superuser("ليلى")
    left = [
        (desk.model.__name__, place, name)
        for desk in admin.site._registry.values()
        for place, name in names(request, desk)
        if not ARABIC.search(name)
    ]
    assert left == []


@pytest.mark.parametrize("page", ["", "add/", "1", "history"])
def test_no_page_of_a_desk_says_a_word_in_latin_letters(desk: Desk, archive: Archive, page: str) -> None:
    article = archive.add("سدّ الموصل", source="الأفق", collections=["ملف"], published_on="2015-07-21")
    make_story(article, archive.add("سد الموصل"))
    make_capture(article)
    make_item(make_run(), article=article)
    archive.index()
    found = {}
    for model in admin.site._registry:
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = model._default_manager.order_by("pk").first()
        if page in ("1", "history"):
            if row is None:
                continue
            address += f"{row.pk}/{'change' if page == '1' else 'history'}/"
        elif page:
            address += page
        response = desk.client.get(address)
        if response.status_code != 200:
            continue  # there is none of this page
        text = response.content.decode()
        words = [word for name in NAMED.findall(text) for word in untranslated(name)]
        values = {str(value) for value in vars(row).values()} if row else set()
        body = re.sub(
            r"<(code|kbd|td|option|textarea)\b[^>]*>[^<]*</\1>",
            " ",
            text.partition("<body")[2].partition(">")[2],
        )
        shown = PUBLIC_ID.sub(" ", SHOWN.sub(" ", body))
        for value in sorted(values, key=len, reverse=True):
            shown = shown.replace(value, " ") if len(value) > 3 else shown
        words += untranslated(shown)
        if words:
            found[address] = sorted(set(words))
    assert found == {}
