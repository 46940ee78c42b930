"""What changed in a row, field by field, on its history page; and the page that gives fields back what they said."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from articles import history, reverting
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import DeskAdmin
from articles.models.article import Article
from articles.models.change import Change
from articles.models.collection import Collection
from articles.models.source import Source
from articles.models.tag import Tag
from articles.models.version import ArticleVersion, Cause

MOST_SHOWN = 200
LONGEST_SHOWN = 600  # characters of a value


@dataclass(frozen=True, slots=True)
class ShownField:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    change: Change
    fields: list[ShownField]

    @property
    def can_be_given_back(self) -> bool:
        """Whether more changed than who may read the article."""
        return bool(self.change.fields.keys() - reverting.NOT_GIVEN_BACK)


class HistoryAdmin(DeskAdmin):
    """A history page that tells fields, and a page that gives them back."""

    object_history_template = "admin/articles/history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        shown = self.get_object(request, object_id)
        rows = Change.objects.filter(kind=history.KINDS[self.model], key=shown.pk if shown else 0)
        changes = list(rows.select_related("actor", "run").order_by("-pk")[:MOST_SHOWN])
        context = {
            "changes": shown_changes(self.model, changes),
            "imported": imported(shown) if isinstance(shown, Article) else [],
            "may_give_back": shown is not None and self.has_change_permission(request, shown),
            "give_back_name": give_back_name(self.model),
        }
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.give_back_view)
        own = path("changes/<int:key>/", view, name=give_back_name(self.model).partition(":")[2])
        return [own, *super().get_urls()]

    def give_back_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask, then give the fields what they said before a change."""
        change = get_object_or_404(Change, pk=key, kind=history.KINDS[self.model])
        row = reverting.row_of(change)
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        address = reverse(f"admin:articles_{self.opts.model_name}_change", args=[row.pk])
        problems: list[str] = []
        if request.method == "POST":
            try:
                reverting.give_back(
                    change, by=cast(User, request.user), reason=request.POST.get("reason", "")
                )
            except ValidationError as error:
                problems = error.messages
            else:
                catch_up_after_commit()
                messages.success(request, gettext("عادت الحقول إلى ما كانت عليه."))
                return HttpResponseRedirect(address)
        wanted = {each.name: [each.now, each.then] for each in reverting.returns(change, row)}
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("إعادة ما كان"),
            "opts": self.opts,
            "row": row,
            "address": address,
            "change": change,
            "problems": problems,
            "fields": shown_fields(self.model, wanted, names_in(self.model, [wanted])),
        }
        return render(request, "admin/articles/give_back.html", context)


class TrackedAdmin(HistoryAdmin):
    """Every save at the desk is noted with what it changed, the rows of its inlines among it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        held = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        form.told_before = history.fields_of(held) if held else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        history.note(form.instance, getattr(form, "told_before", {}), by=cast(User, request.user))


def give_back_name(model: type[Model]) -> str:
    return f"admin:articles_{model._meta.model_name}_give_back"


def imported(article: Article) -> list[ArticleVersion]:
    """What imports and readings by newer rules changed: the article's versions say it."""
    rows = article.versions.exclude(cause=Cause.CURATOR).filter(number__gt=1)
    return list(rows.select_related("run").defer("body").order_by("-number")[:MOST_SHOWN])


def shown_changes(model: type[Model], changes: list[Change]) -> list[ShownChange]:
    names = names_in(model, [change.fields for change in changes])
    return [ShownChange(change, shown_fields(model, change.fields, names)) for change in changes]


def shown_fields(
    model: type[Model], fields: dict[str, Any], names: dict[tuple[str, int], str]
) -> list[ShownField]:
    """Fields under their Arabic names, values as a curator would write them."""
    return [
        ShownField(
            label_of(model, name),
            shown_value(model, name, before, names),
            shown_value(model, name, after, names),
        )
        for name, (before, after) in fields.items()
    ]


def label_of(model: type[Model], name: str) -> str:
    if name == history.TERMS:
        return gettext("الأسماء")
    if name == history.MERGED:
        return gettext("مقال مدموج")
    if name == history.NAMES:
        return gettext("أسماؤه الأخرى")
    known = {field.name: field for field in model._meta.get_fields()}
    return str(getattr(known.get(name), "verbose_name", name))


def names_in(model: type[Model], told: list[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """The names of the sources, collections and tags that the values of fields are keys of: a query for each kind."""
    keys: dict[str, set[int]] = {"source": set(), "collections": set(), "tags": set()}
    for fields in told:
        for name in keys.keys() & fields.keys():
            for value in fields[name]:
                keys[name].update(value if isinstance(value, list) else [value] if value else [])
    found: dict[tuple[str, int], str] = {}
    tables = (("source", Source.objects), ("collections", Collection.objects), ("tags", Tag.objects))
    for name, rows in tables:
        held = rows.filter(pk__in=keys[name]).values_list("pk", "name") if keys[name] else ()
        found |= {(name, key): label for key, label in held}
    return found


def shown_value(model: type[Model], name: str, value: Any, names: dict[tuple[str, int], str]) -> str:
    """A value in words; empty for nothing.

    >>> shown_value(Collection, "name", "ملفات", {}), shown_value(Article, "status", "draft", {})[:5]
    ('ملفات', 'مسودة')
    """
    if value in (None, "", []):
        return ""
    if isinstance(value, dict):
        return gettext("الصيغة %(number)s") % {"number": value.get(history.VERSION)}
    if name == history.MERGED:
        return str(value)
    if name in ("source", "collections", "tags"):
        keys = value if isinstance(value, list) else [value]
        return "، ".join(names.get((name, key), f"#{key}") for key in keys)
    if name == history.TERMS:
        return "، ".join(f"{text} ←" if is_source else text for text, is_source in value)
    if name == history.NAMES:
        return "، ".join(value)
    if isinstance(value, bool):
        return gettext("نعم") if value else gettext("لا")
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", None) or ())
    text = str(choices.get(value, value.isoformat() if isinstance(value, date) else value))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
