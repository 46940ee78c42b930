"""Data inside a page, for programs."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Inside a script element only these can end it or open a comment; JSON has another spelling for each.
ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@register.filter
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """A block of JSON-LD. A browser runs nothing of this type, so no policy on scripts is asked.

    >>> json_ld({"headline": "</script>"})
    '<script type="application/ld+json">{"headline": "\\\\u003c/script\\\\u003e"}</script>'
    """
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
