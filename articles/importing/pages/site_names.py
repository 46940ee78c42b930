"""The name of the newspaper, and titles without it."""

import re

from articles.importing.pages.lines import key
from articles.importing.places import is_outlet

SEPARATOR = re.compile(r"\s*[|»«•·:]\s*|\s+[-–—]+\s+|\s*::+\s*")
LONGEST, MOST_PARTS, MOST_CUTS = 1000, 4, 20
SHORT = 5  # words that a site's name has at most


def without_site(title: str, outlet: str = "") -> str:
    """A title without the newspaper's name before or behind it.

    >>> without_site("ترميم السوق القديمة | صحيفة المرفأ"), without_site("المرفأ - ترميم السوق القديمة", "المرفأ")
    ('ترميم السوق القديمة', 'ترميم السوق القديمة')
    >>> without_site("الوزير: لا زيادة في الأسعار")
    'الوزير: لا زيادة في الأسعار'
    """
    title = title[:LONGEST]
    for _part in range(MOST_PARTS):
        shorter = _without_last(title, outlet) or _without_first(title, outlet)
        if not shorter:
            break
        title = shorter
    return title.strip()


def _without_last(title: str, outlet: str) -> str:
    cut = next((found for found in reversed(_cuts(title)) if _is_site(title[found.end() :], outlet)), None)
    return title[: cut.start()].strip() if cut else ""


def _without_first(title: str, outlet: str) -> str:
    cut = next((found for found in _cuts(title) if _is_site(title[: found.start()], outlet)), None)
    return title[cut.end() :].strip() if cut else ""


def _cuts(title: str) -> list[re.Match[str]]:
    return [found for found in SEPARATOR.finditer(title) if found.start() > 0][:MOST_CUTS]


def _is_site(part: str, outlet: str) -> bool:
    words, name = key(part), key(outlet)
    if not words:
        return True
    if name and (
        words == name or (name in words and words.count(" ") < SHORT) or (words in name and len(words) > 3)
    ):
        return True
    return is_outlet(part.strip())


def of_window(window_title: str, title: str) -> str:
    """The newspaper's name in the title of the window, where the headline is known: what stands beside it.

    >>> of_window("ترميم السوق القديمة - المرفأ", "ترميم السوق القديمة")
    'المرفأ'
    """
    whole, known = " ".join(window_title.split()), " ".join(title.split())
    if not known or whole == known or known not in whole:
        return ""
    before, _known, after = whole.partition(known)
    parts = [part.strip() for part in SEPARATOR.split(after or before) if part.strip()]
    name = parts[-1] if after and parts else parts[0] if parts else ""
    return name if name and name.count(" ") < SHORT and not any(map(str.isdigit, name)) else ""
