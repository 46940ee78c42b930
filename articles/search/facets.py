"""Facets and chips as a page shows them: each value with its name, its count and where a click leads."""

from collections.abc import Iterable, Mapping

from articles.search.engines.contract import FacetCounts, Found
from articles.search.request import EXCLUDING, FacetName, SearchRequest, encoded
from articles.search.results import Chip, Facet, FacetValue

VALUES_SHOWN = 12
SOME_VALUE = "\0"  # which stands in no address

Names = Mapping[FacetName, Mapping[str, str]]  # slugs to names, where a value is a slug


def facets(request: SearchRequest, found: Found, names: Names) -> tuple[Facet, ...]:
    """The facets that have values, in the order of FacetName."""
    return tuple(
        _facet(request, name, found.facets[name], names) for name in FacetName if name in found.facets
    )


def _facet(request: SearchRequest, name: FacetName, counts: FacetCounts, names: Names) -> Facet:
    selected = request.filters.get(name, ())
    shown = list(counts.values)[:VALUES_SHOWN]
    shown += [value for value in selected if value in counts.values and value not in shown]
    is_free = not selected and name not in request.excluded
    values = _free_values if is_free else _values
    return Facet(
        name=name,
        values=tuple(values(request, name, {value: counts.values[value] for value in shown}, names)),
        more=counts.more + len(counts.values) - len(shown),
    )


def _free_values(
    request: SearchRequest, name: FacetName, counts: Mapping[str, int], names: Names
) -> Iterable[FacetValue]:
    """The values of a facet of which nothing is chosen or left out: their addresses differ in the value alone."""
    before, after = _around(request.with_only(name, SOME_VALUE), name.value)
    first, last = _around(request.excluding(name, SOME_VALUE), EXCLUDING + name.value)
    for value, count in counts.items():
        yield FacetValue(
            value=value,
            label=label(name, value, names),
            count=count,
            selected=False,
            query_string=f"{before}{encoded(name.value, value)}{after}",
            excluding=f"{first}{encoded(EXCLUDING + name.value, value)}{last}",
        )


def _around(click: SearchRequest, parameter: str) -> tuple[str, str]:
    """What stands before and after the value in the address of a click on it."""
    before, _value, after = click.query_string().rpartition(encoded(parameter, SOME_VALUE))
    return before, after


def _values(
    request: SearchRequest, name: FacetName, counts: Mapping[str, int], names: Names
) -> Iterable[FacetValue]:
    return (_value(request, name, value, count, names) for value, count in counts.items())


def _value(request: SearchRequest, name: FacetName, value: str, count: int, names: Names) -> FacetValue:
    selected = value in request.filters.get(name, ())
    click = request.without_filter(name, value) if selected else request.with_only(name, value)
    widens = not selected and request.filters.get(name)
    return FacetValue(
        value=value,
        label=label(name, value, names),
        count=count,
        selected=selected,
        query_string=click.query_string(),
        widening=request.with_filter(name, value).query_string() if widens else "",
        excluding="" if selected else request.excluding(name, value).query_string(),
    )


def chips(request: SearchRequest, names: Names) -> tuple[Chip, ...]:
    """The active filters and exclusions, each with the search that is left without it."""
    return tuple(_filter_chips(request, names)) + tuple(_exclusion_chips(request, names))


def _filter_chips(request: SearchRequest, names: Names) -> list[Chip]:
    return [
        Chip(name, value, label(name, value, names), request.without_filter(name, value).query_string())
        for name in FacetName
        for value in request.filters.get(name, ())
    ]


def _exclusion_chips(request: SearchRequest, names: Names) -> list[Chip]:
    return [
        Chip(
            name,
            value,
            label(name, value, names),
            request.without_excluded(name, value).query_string(),
            excludes=True,
        )
        for name in FacetName
        for value in request.excluded.get(name, ())
    ]


def label(facet: FacetName, value: str, names: Names) -> str:
    """What a value is called: a source's or a collection's name; years, months and authors are as they are."""
    return names.get(facet, {}).get(value, value)
