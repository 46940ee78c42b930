"""Bars over time, their items and rows written in one step: a page holds dozens."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from articles.charts import Bar, Chart, Span, Unit, chart
from articles.search.results import Timeline
from articles.templatetags.counts import articles, number
from articles.templatetags.dates import month_number, written_period

register = template.Library()


@register.filter
def drawn(timeline: Timeline) -> Chart:
    """The chart of a search's timeline; each bar leads to the search narrowed to it."""
    bars = {bar.value: bar for bar in timeline.bars}
    span = Span(Unit(timeline.unit.value), tuple(bars))
    counts = {value: bar.count for value, bar in bars.items()} | {"": timeline.undated}
    selected = [value for value, bar in bars.items() if bar.selected]
    return chart(span, counts, lambda value: f"?{bars[value].query_string}", selected=selected)


@register.filter
def bar_items(shown: Chart) -> SafeString:
    """The bars as the items of a list: a link with its shape, or the words alone where there is nothing."""
    return SafeString("\n".join([_bar(shown, bar, place) for place, bar in enumerate(shown.bars)]))


def _bar(shown: Chart, bar: Bar, place: int) -> str:
    words = f"{escape(written_period(bar.value))}: {escape(articles(bar.count))}"
    tick = _tick(shown, bar, is_first=place == 0) if bar.is_named else ""
    if not bar.href:
        return f'<li class="empty"><span class="hidden-text">{words}</span>{tick}</li>'
    current = ' aria-current="true"' if bar.is_selected else ""
    return (
        f'<li><a class="bar" href="{escape(bar.href)}"{current}><span class="bar-name">{words}</span>'
        '<svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="10" height="{bar.share}" y="{bar.top}"></rect></svg></a>{tick}</li>'
    )


def _tick(shown: Chart, bar: Bar, *, is_first: bool) -> str:
    """What stands below the axis: a year, or the number of a month, with its year where one begins."""
    if shown.unit is Unit.YEAR:
        name = escape(written_period(bar.value))
    else:
        year = f"<br>{escape(written_period(bar.value[:4]))}" if is_first or bar.begins_a_year else ""
        name = escape(number(month_number(bar.value))) + year
    return f'<span class="tick" aria-hidden="true">{name}</span>'


@register.filter
def bar_rows(shown: Chart) -> SafeString:
    """The bars that are not empty as the rows of a table."""
    return SafeString("".join([_row(bar) for bar in shown.bars if bar.href]))


def _row(bar: Bar) -> str:
    name, count = escape(written_period(bar.value)), escape(number(bar.count))
    return f'<tr><th scope="row"><a href="{escape(bar.href)}">{name}</a></th><td>{count}</td></tr>'
