"""The timeline of a search as the bars that every page draws."""

from django import template

from articles.charts import Chart, Span, Unit, chart
from articles.search.results import Timeline

register = template.Library()


@register.filter
def drawn(timeline: Timeline) -> Chart:
    """The chart of a search's timeline; each bar leads to the search narrowed to it."""
    bars = {bar.value: bar for bar in timeline.bars}
    span = Span(Unit(timeline.unit.value), tuple(bars))
    counts = {value: bar.count for value, bar in bars.items()} | {"": timeline.undated}
    selected = [value for value, bar in bars.items() if bar.selected]
    return chart(span, counts, lambda value: f"?{bars[value].query_string}", selected=selected)
