"""One value for each field, from what a page says: the most trusted that can be true; surer where another agrees."""

import re
from collections.abc import Iterable
from dataclasses import replace

from articles.importing import addresses
from articles.importing.pages import credits
from articles.importing.pages.findings import AGREED, Finding
from articles.importing.pages.lines import key
from articles.importing.pages.showing import Shown
from articles.importing.pages.site_names import SEPARATOR, SHORT, without_site
from articles.importing.pages.tree import absolute

CUT_SHORT = re.compile(r"\s*(?:…|\.{2,})$")
# Places that name the writers of one article one by one.
DECLARING = ("JSON-LD", "Open Graph", "meta tag", "microdata", "source rule")
SHORTEST_TITLE, LONGEST_TITLE = 4, 250
PROGRAMS_CUT_AT = 60  # characters
LONGEST_SECTION, LONGEST_OUTLET, MOST_WORDS = 60, 80, 6
NO_SECTIONS = frozenset(map(key, ("الرئيسية", "home", "uncategorized", "غير مصنف", "أخبار", "news")))
NO_OUTLETS = frozenset(("home", "wordpress", "my site", "blog"))


def title(said: Iterable[Finding], shown: Shown, *, outlet: str) -> Finding | None:
    """The headline, without the newspaper's name, and whole where the page shows more of it than it declares."""
    candidates = [_titled(finding, outlet) for finding in said]
    candidates = [
        finding
        for finding in candidates
        if len(finding.value) >= SHORTEST_TITLE and key(finding.value) != key(outlet)
    ]
    if not candidates:
        return None
    best = candidates[0]
    for text in shown.titles:
        if (heading := _whole(best, text)) is not None:
            return heading
    agreed = any(key(other.value) == key(best.value) for other in candidates[1:])
    return replace(best, confidence=AGREED) if agreed else best


def _whole(best: Finding, heading: str) -> Finding | None:
    """The headline as a heading shows it, where both are one: cut by a program, or with the site's name behind."""
    is_cut = CUT_SHORT.search(best.value) is not None
    declared, shown = key(CUT_SHORT.sub("", best.value)), key(heading)
    if not declared or not shown or len(heading) > LONGEST_TITLE:
        return None
    if declared == shown and not is_cut:
        return replace(best, confidence=AGREED)
    if shown.startswith(declared) and (is_cut or len(best.value) > PROGRAMS_CUT_AT):
        return Finding(heading, "heading", AGREED, best.shown)
    rest = declared.removeprefix(shown)
    if rest != declared and rest.count(" ") <= SHORT and SEPARATOR.search(best.value):
        return Finding(heading, "heading", AGREED, best.shown)
    return None


def _titled(finding: Finding, outlet: str) -> Finding:
    return replace(finding, value=without_site(finding.value, outlet), text=finding.shown)


def author(said: Iterable[Finding], *, outlet: str) -> tuple[Finding | None, Finding | None]:
    """The persons who wrote, and the agency that is credited: each from the first place that names one."""
    person: Finding | None = None
    agency: Finding | None = None
    for finding in said:
        credit = credits.read(finding.value, outlet=outlet)
        if credit.agency and agency is None:
            agency = replace(finding, value=credit.agency, text=finding.shown)
        if credit.author:
            named = replace(finding, value=credit.author, text=finding.shown)
            person = _with(person, named) if person else named
    return person, agency


def _with(person: Finding, other: Finding) -> Finding:
    """The writers and one more: another one of the same place, or the same one, told by another place."""
    if key(other.value) == key(person.value):
        return replace(person, confidence=AGREED) if other.place != person.place else person
    is_list = other.place == person.place and person.place.startswith(DECLARING)
    if not is_list or key(other.value) in key(person.value):
        return person
    return replace(person, value=f"{person.value}، {other.value}", text=f"{person.text}، {other.text}")


def address(canonical: Iterable[Finding], said: Iterable[Finding], *, captured: str) -> Finding | None:
    """The article's own address: as the page declares it, where that is on the same site and no home page."""
    for finding in (*canonical, *said):
        declared = absolute(captured, finding.value)
        if declared and _may_be_of(declared, captured):
            return replace(finding, value=declared, text=finding.shown)
    return Finding(captured, "address", AGREED) if addresses.normalize(captured) else None


def _may_be_of(declared: str, captured: str) -> bool:
    """Whether a declared address can be that of the page: some sites declare their home page on every page."""
    if not addresses.normalize(captured):
        return not _is_root(declared)
    return _host(declared) == _host(captured) and (not _is_root(declared) or _is_root(captured))


def _host(url: str) -> str:
    """The site of an address: www., m. and amp. are doors of the same house."""
    host = addresses.normalize(url).partition("://")[2].partition("/")[0].partition(":")[0]
    return re.sub(r"^(?:www|m|mobile|amp|ar|arabic)\.", "", host)


def _is_root(url: str) -> bool:
    return addresses.normalize(url).partition("://")[2].partition("/")[2] == ""


def section(said: Iterable[Finding], *, outlet: str, headline: str) -> Finding | None:
    """The section, where a page names one that is short and neither the newspaper nor the headline."""
    taken = {key(outlet), key(headline), *NO_SECTIONS}
    for finding in said:
        name = re.split(r"\s*[,،|>»/]\s*", finding.value)[0].strip()
        if 2 <= len(name) <= LONGEST_SECTION and name.count(" ") < MOST_WORDS and key(name) not in taken:
            return replace(finding, value=name, text=finding.shown)
    return None


def outlet(said: Iterable[Finding]) -> Finding | None:
    """The newspaper, by the first name that is none of a program's."""
    for finding in said:
        name = finding.value.strip(" .|-–")
        if 2 <= len(name) <= LONGEST_OUTLET and "://" not in name and key(name) not in NO_OUTLETS:
            return replace(finding, value=name, text=finding.shown)
    return None
