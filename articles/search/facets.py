"""Facets and chips as a page shows them: each value with its name, its count and where a click leads."""

from collections.abc import Mapping

from articles.search.engines.contract import FacetCounts, Found
from articles.search.request import FacetName, SearchRequest
from articles.search.results import Chip, Facet, FacetValue

VALUES_SHOWN = 12

Names = Mapping[FacetName, Mapping[str, str]]  # slugs to names, where a value is a slug


def facets(request: SearchRequest, found: Found, names: Names) -> tuple[Facet, ...]:
    """The facets that have values, in the order of FacetName."""
    return tuple(
        _facet(request, name, found.facets[name], names) for name in FacetName if name in found.facets
    )


def _facet(request: SearchRequest, name: FacetName, counts: FacetCounts, names: Names) -> Facet:
    selected = request.filters.get(name)
    shown = list(counts.values)[:VALUES_SHOWN]
    if selected and selected in counts.values and selected not in shown:
        shown.append(selected)
    return Facet(
        name=name,
        values=tuple(
            FacetValue(
                value=value,
                label=label(name, value, names),
                count=counts.values[value],
                selected=value == selected,
                query_string=_click(request, name, value, selected).query_string(),
            )
            for value in shown
        ),
        more=counts.more + len(counts.values) - len(shown),
    )


def _click(request: SearchRequest, name: FacetName, value: str, selected: str | None) -> SearchRequest:
    return request.without_filter(name) if value == selected else request.with_filter(name, value)


def chips(request: SearchRequest, names: Names) -> tuple[Chip, ...]:
    """The active filters, each with the search that is left without it."""
    return tuple(
        Chip(name, label(name, value, names), request.without_filter(name).query_string())
        for name, value in request.filters.items()
    )


def label(facet: FacetName, value: str, names: Names) -> str:
    """What a value is called: a source's or a collection's name; years, months and authors are as they are."""
    return names.get(facet, {}).get(value, value)
