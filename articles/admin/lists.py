"""What every list of the desk has: what was chosen above it, to be let go of again, and no address that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

# What an address may ask of a column that the list has a filter for.
LOOKUPS = {"exact", "isnull", "isempty"}
LONGEST_KEY = 18  # digits; more are no key of a row


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows a list: what, to what, the address without it, and how many rows it leaves by itself."""

    title: str
    label: str
    without: str
    count: int | None = None


class KeysFirstPaginator(Paginator):
    """Finds the keys of a page, then reads those rows: a deep page would carry all rows before it along."""

    def page(self, number: int | str) -> Page:
        page = super().page(number)
        page.object_list = self.rows(list(page.object_list.values_list("pk", flat=True)))  # type: ignore[attr-defined]
        return page

    def rows(self, keys: list[int]) -> QuerySet[Any]:
        """The rows of these keys, in the order of the list."""
        rows: QuerySet[Any] = self.object_list.filter(pk__in=keys)  # type: ignore[attr-defined]
        return rows


class DeskList(ChangeList):
    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(request, *args, **kwargs)

    def get_filters(self, request: HttpRequest) -> Any:
        """What Django expects of no reader, a date that no calendar has or a zero byte, is a wrong filter too."""
        for name, values in self.filter_params.items():
            if name != SEARCH_VAR and "\0" in name + "".join(values):
                raise IncorrectLookupParameters(name)
        try:
            return super().get_filters(request)
        except (ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error

    @cached_property
    def chips(self) -> list[Chip]:
        """What narrows the list, in the order of its filters, the search first."""
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        if self.query:
            yield Chip(gettext("البحث"), self.query, self.get_query_string(remove=[SEARCH_VAR]))
        for spec in self.filter_specs:
            if label := chosen_of(spec, self):
                without = self.get_query_string(remove=list(filter(None, spec.expected_parameters())))
                yield Chip(str(spec.title), label, without)


def chosen_of(spec: Any, changelist: ChangeList) -> str:
    """What is chosen of a filter, in words; empty where that is nothing, or what it shows unasked."""
    if hasattr(spec, "chosen"):
        return str(spec.chosen())
    _unasked, *choices = spec.choices(changelist)
    return next((str(choice["display"]) for choice in choices if choice["selected"]), "")


def may_be_asked(list_filter: tuple[Any, ...], date_hierarchy: str | None, lookup: str) -> bool:
    """Whether an address may narrow a list by `lookup`: only by what the list itself offers.

    >>> may_be_asked(("state",), None, "state__exact"), may_be_asked(("state",), None, "body__regex")
    (True, False)
    """
    names = [entry[0] if isinstance(entry, tuple) else entry for entry in list_filter]
    fields = {name for name in names if isinstance(name, str)}
    own = {parameter for name in names if not isinstance(name, str) for parameter in parameters_of(name)}
    column, _separator, asked = lookup.rpartition("__")
    if date_hierarchy and column == date_hierarchy and asked in {"year", "month", "day"}:
        return True
    if lookup in own or lookup in fields:
        return True
    return asked in LOOKUPS and any(column in {name, f"{name}__id"} for name in fields)


def parameters_of(filter_class: Any) -> set[str]:
    """The parameters of a filter that is a class of its own."""
    names = ("parameter_name", "typed_parameter", "SINCE", "UNTIL")
    return {value for name in names if isinstance(value := getattr(filter_class, name, None), str)}


def key_in(written: str) -> int | None:
    """The key of a row that an address or a form names; None where it names none.

    >>> key_in("14"), key_in("x"), key_in("9" * 30)
    (14, None, None)
    """
    is_key = written.isascii() and written.isdecimal() and len(written) <= LONGEST_KEY
    return int(written) if is_key else None
