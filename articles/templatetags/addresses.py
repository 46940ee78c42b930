"""Addresses found in archived text: shown as they are, and led to only where a browser may safely go."""

from urllib.parse import urlsplit

from django import template

from articles.importing import naming

register = template.Library()


@register.filter
def is_web_address(url: str) -> bool:
    """Whether a link may lead there: `javascript:` and its kin may not.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@register.filter
def file_shown(origin: str) -> str:
    """Where a capture stood, without the operator's own folders.

    >>> file_shown("/srv/incoming/news.zip!2015/a.json")
    'news.zip!2015/a.json'
    """
    return naming.without_folders(origin)
