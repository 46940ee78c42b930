"""What lists can be narrowed by. None reads the whole table to offer its choices, and none passes over what it is told.

A value that a filter does not know finds nothing: a list that shows everything instead would hand everything to the
action chosen next.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.lists import key_in
from articles.models.import_run import ImportRun
from articles.models.source import name_key

RECENT_RUNS = 20
MOST_NAMED = 10

Choices = list[tuple[Any, Any]]
Narrow = Callable[[Any], QuerySet[Any]]


class DeskFilter(SimpleListFilter):
    """One value of one parameter. Always heard, also where it has no choices to offer."""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return []

    def has_output(self) -> bool:
        return True

    def chosen(self) -> str:
        """What is chosen, in words; empty where nothing is."""
        value = self.value()
        return str(dict(self.lookup_choices).get(value, value)) if value is not None else ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset if value is None else self.narrowed(queryset, value)

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        raise NotImplementedError


class OptionsFilter(DeskFilter):
    """One of a few options, each of which says how it narrows a list."""

    options: Mapping[str, tuple[Any, Narrow]]

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(value, label) for value, (label, _narrow) in self.options.items()]

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        known = self.options.get(value)
        return known[1](queryset) if known else queryset.none()


class KeyFilter(DeskFilter):
    """Rows that belong to another row, by its key."""

    def narrowed(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        key = key_in(value)
        return queryset.none() if key is None else self.belonging_to(queryset, key)

    def belonging_to(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        raise NotImplementedError


class RunFilter(KeyFilter):
    """The latest runs; an older one is reached from its own page."""

    title = _("عملية الاستيراد")
    parameter_name = "run"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(str(run.pk), str(run)) for run in ImportRun.objects.defer("inputs", "options")[:RECENT_RUNS]]

    def chosen(self) -> str:
        value = self.value()
        return super().chosen() if value is None or value in dict(self.lookup_choices) else f"#{value}"

    def belonging_to(self, queryset: QuerySet[Any], key: int) -> QuerySet[Any]:
        return queryset.filter(run_id=key)


class NamedFilter(KeyFilter):
    """Rows of a source, of a collection: those with most articles to choose from, and a box for the name of any.

    What is typed is a part of the name in any spelling; it finds what belongs to whatever is so named.
    """

    template = "admin/articles/_named_filter.html"
    model: type[Model]
    typed_parameter: str
    box_label: Any

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: ModelAdmin
    ) -> None:
        super().__init__(request, params, model, model_admin)
        self.typed = str((params.pop(self.typed_parameter, None) or [""])[-1]).strip()

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        counts = self.counts()
        names = dict(
            self.model._default_manager.filter(pk__in=list(counts)).order_by().values_list("pk", "name")
        )
        return [(str(key), names[key]) for key in counts if key in names]

    def counts(self) -> dict[int, int]:
        """The keys that most articles belong to, the most first, and how many do."""
        raise NotImplementedError

    def belonging_to_named(self, queryset: QuerySet[Any], named: QuerySet[Any]) -> QuerySet[Any]:
        raise NotImplementedError

    def expected_parameters(self) -> list[str | None]:
        return [self.parameter_name, self.typed_parameter]

    def chosen(self) -> str:
        if self.typed:
            return f"«{self.typed}»"
        key = key_in(self.value() or "")
        if key is None or self.value() in dict(self.lookup_choices):
            return super().chosen()
        named = self.model._default_manager.filter(pk=key).values_list("name", flat=True).first()
        return str(named or f"#{key}")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = super().queryset(request, queryset)
        if not self.typed:
            return queryset
        named = self.model._default_manager.filter(name_key__contains=name_key(self.typed)).order_by()
        return self.belonging_to_named(queryset, named)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The links, then the box: what else is asked of the list goes along with what is typed."""
        own = [self.parameter_name or "", self.typed_parameter]
        nothing = self.value() is None and not self.typed
        everything = changelist.get_query_string(remove=own)
        yield {"selected": nothing, "query_string": everything, "display": gettext("الكل")}
        for value, label in self.lookup_choices:
            address = changelist.get_query_string({own[0]: value}, remove=own[1:])
            yield {"selected": self.value() == value, "query_string": address, "display": label}
        others = other_parameters(changelist, own)
        yield {"box": own[1], "label": self.box_label, "typed": self.typed, "others": others}


def counted_by(rows: QuerySet[Any], column: str) -> dict[int, int]:
    """The commonest values of a column that names rows, and how many rows have each."""
    known = rows.filter(**{f"{column}__isnull": False}).order_by().values_list(column)
    return dict(known.annotate(count=Count("pk")).order_by("-count", column)[:MOST_NAMED])


def other_parameters(changelist: ChangeList, own: Sequence[str]) -> list[tuple[str, str]]:
    """What the address of a list says beside a filter's own parameters, for the hidden fields of its form."""
    held = changelist.filter_params.items()
    return [(name, value) for name, values in held if name not in own for value in values]
