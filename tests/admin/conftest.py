"""A curator at the desk: what is opened, saved and done there goes through the admin's own pages."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models.article import Article


class Desk:
    """A curator signed in. What is to happen after a commit happens."""

    def __init__(self, client: Client, after_commit: Callable[..., Any]) -> None:
        self.client = client
        self.after_commit = after_commit

    def get(self, address: str, **query: Any) -> HttpResponse:
        response = self.client.get(address, query)
        assert response.status_code == 200, address
        return response

    def post(self, address: str, data: dict[str, Any]) -> HttpResponse:
        with self.after_commit(execute=True):
            return self.client.post(address, data, follow=True)

    def listed(self, model: str = "article", **query: Any) -> Any:
        """The list of a model."""
        return self.get(reverse(f"admin:articles_{model}_changelist"), **query).context["cl"]

    def titles(self, **query: Any) -> list[str]:
        """The titles of the articles listed."""
        return [article.title for article in self.listed(**query).result_list]

    def open(self, shown: Any) -> HttpResponse:
        return self.get(address_of(shown))

    def save(self, shown: Any, **values: Any) -> HttpResponse:
        """Open the form, give some fields other values, send it as a browser does."""
        return self.post(address_of(shown), self.typed(self.open(shown)) | values)

    def typed(self, page: HttpResponse) -> dict[str, Any]:
        form = page.context["adminform"].form
        shown = {name: form[name].value() for name in form.fields}
        data = {name: as_typed(value) for name, value in shown.items() if value is not None}
        for inline in page.context["inline_admin_formsets"]:
            management = inline.formset.management_form
            data |= {f"{management.prefix}-{name}": value for name, value in management.initial.items()}
        return data

    def choose(self, action: str, articles: Iterable[Article], query: str = "", **more: Any) -> HttpResponse:
        """Choose articles in the list and what to do: the page that previews it."""
        chosen = {"action": action, "_selected_action": [article.pk for article in articles], **more}
        return self.post(f"{reverse('admin:articles_article_changelist')}{query}", chosen)

    def confirm(self, preview: HttpResponse, **values: Any) -> HttpResponse:
        """Type values into the page of a preview and confirm it; where values are new, they are previewed first."""
        address = reverse("admin:articles_article_bulk", args=[preview.context["draft"].pk])
        page = self.post(address, {**values, "_confirm": "1"})
        return self.post(address, {**values, "_confirm": "1"}) if "draft" in (page.context or ()) else page

    def act(self, action: str, articles: Iterable[Article], **values: Any) -> HttpResponse:
        """Choose articles in the list, and confirm what is to be done to them."""
        page = self.choose(action, articles)
        return self.confirm(page, **values) if "draft" in (page.context or ()) else page


def address_of(shown: Any) -> str:
    return reverse(f"admin:articles_{shown._meta.model_name}_change", args=[shown.pk])


def as_typed(value: Any) -> Any:
    """A form's value as a browser sends it back: with its own line breaks."""
    if isinstance(value, str):
        return value.replace("\n", "\r\n")
    if isinstance(value, list):
        return [getattr(item, "pk", item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def said(page: HttpResponse) -> list[str]:
    """The messages on a page."""
    return [str(message) for message in page.context["messages"]]


@pytest.fixture
def desk(admin_client: Client, django_capture_on_commit_callbacks: Callable[..., Any]) -> Desk:
    return Desk(admin_client, django_capture_on_commit_callbacks)


@pytest.fixture
def looker(client: Client, db: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> Desk:
    """Somebody who may enter the desk and no more."""
    client.force_login(User.objects.create_user("زائر", is_staff=True))
    return Desk(client, django_capture_on_commit_callbacks)


@pytest.fixture
def busy_index(index_folder: Path) -> Iterator[None]:
    """Another process is writing to the index, and does not come to an end."""
    index_folder.mkdir(exist_ok=True)
    with (index_folder / "write.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
