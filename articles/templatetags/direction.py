"""The direction in which a text of a language runs."""

from django import template

register = template.Library()

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})


@register.filter
def direction(language: str) -> str:
    """What `dir` is for a text of `language`. An Arabic sentence that begins with a Latin name is still Arabic.

    >>> direction("ar"), direction("fa-IR"), direction("en"), direction("")
    ('rtl', 'rtl', 'auto', 'auto')
    """
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "auto"
