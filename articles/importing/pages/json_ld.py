"""What a page declares of itself in JSON-LD, the vocabulary of schema.org: the article, its outlet, its section."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.importing import html_text
from articles.importing.pages.findings import DECLARED, SUPPOSED, Findings, add
from articles.importing.pages.lines import key
from articles.importing.pages.tree import Element

PLACE = "JSON-LD"
MOST_BLOCKS, LONGEST_BLOCK, MOST_NODES = 20, 1024 * 1024, 5000
ARTICLES = frozenset(
    (
        *("newsarticle", "article", "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle"),
        *(
            "backgroundnewsarticle",
            "reviewnewsarticle",
            "askpublicnewsarticle",
            "blogposting",
            "liveblogposting",
        ),
        *("report", "scholarlyarticle", "advertisercontentarticle", "satiricalarticle", "socialmediaposting"),
    )
)
PAGES = frozenset(("webpage", "itempage"))
LISTS = frozenset(("collectionpage", "itemlist", "searchresultspage", "profilepage"))
# Where headlines of other articles stand.
ASIDE = frozenset(
    ("itemlistelement", "haspart", "mentions", "relatedlink", "citation", "isbasedon", "comment", "review")
)
WRAPPERS = re.compile(
    r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[|/\*.*?\*/)+|(?://\s*)?(?:\]\]>|-->)\s*$|;\s*$"
)
COMMA_TOO_MANY = re.compile(r",(\s*[}\]])")


@dataclass(slots=True)
class Declared:
    """What the blocks of a page say: fields, the article's whole text, and what kind of page it is."""

    findings: Findings = field(default_factory=dict)
    body: str = ""
    types: frozenset[str] = frozenset()
    is_free: bool = True

    @property
    def is_article(self) -> bool:
        return bool(self.types & ARTICLES)

    @property
    def is_live_blog(self) -> bool:
        return "liveblogposting" in self.types


def read(root: Element, *, titles: Sequence[str] = ()) -> Declared:
    """What a page declares; where it names several articles, the one that has one of its titles."""
    blocks = [data for script in _scripts(root) if (data := _loaded(script)) is not None]
    nodes = list(_nodes(blocks))
    by_id = {
        node["@id"]: node for node, _aside in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    declared = Declared()
    own = [node for node, aside in nodes if not aside]
    article = _article([node for node in own if types_of(node) & ARTICLES], titles)
    if article is not None:
        _read_article(article, by_id, declared)
    for node in own:
        _read_page(node, by_id, declared)
    declared.types = frozenset().union(
        types_of(article) if article is not None else (), *(types_of(node) & (LISTS | PAGES) for node in own)
    )
    return declared


def types_of(node: Mapping[str, Any]) -> frozenset[str]:
    """The types of a node, in lower case, without the address of the vocabulary."""
    named = node.get("@type", "")
    names = named if isinstance(named, list) else [named]
    return frozenset(re.split(r"[/#:]", name)[-1].lower() for name in names if isinstance(name, str))


def plain(value: object) -> str:
    """A string as text: entities that the block still carries decoded once, markup taken out.

    >>> plain("قال: &quot;نعم&quot;"), plain("<p>خبر</p>"), plain(["أ", {"name": "ب"}])
    ('قال: "نعم"', 'خبر', 'أ، ب')
    """
    if isinstance(value, list):
        return "، ".join(text for part in value[:20] if (text := plain(part)))
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("@value") or value.get("headline") or "")
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    if html_text.has_markup(value):
        return html_text.to_text(value)
    text = html.unescape(value)
    return html_text.to_text(text) if text != value and html_text.has_markup(text) else text.strip()


def _scripts(root: Element) -> Iterator[str]:
    found = root.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    for script in found[:MOST_BLOCKS]:
        text = script.text or ""
        if len(text) <= LONGEST_BLOCK:
            yield text


def _loaded(text: str) -> Any:
    """The data of one block, forgiving what newsrooms get wrong; None when it is none."""
    text = WRAPPERS.sub("", WRAPPERS.sub("", text.strip("\ufeff \t\r\n"), count=1)).strip()
    for attempt in (text, COMMA_TOO_MANY.sub(r"\1", text), html.unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(blocks: list[Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object in the blocks, outer ones first, and whether it stands where other articles do."""
    waiting: list[tuple[Any, bool]] = [(block, False) for block in blocks]
    for place in range(MOST_NODES):
        if place >= len(waiting):
            return
        value, aside = waiting[place]
        if isinstance(value, list):
            waiting += [(part, aside) for part in value]
        elif isinstance(value, dict):
            yield value, aside
            waiting += [
                (part, aside or name.lower() in ASIDE)
                for name, part in value.items()
                if isinstance(part, (list, dict))
            ]


def _article(nodes: list[dict[str, Any]], titles: Sequence[str]) -> dict[str, Any] | None:
    keys = [key(title) for title in titles if title]
    for node in nodes:
        headline = key(plain(node.get("headline") or node.get("name")))
        if len(nodes) > 1 and headline and any(headline in title or title in headline for title in keys):
            return node
    return nodes[0] if nodes else None


def _read_article(node: dict[str, Any], by_id: Mapping[str, dict[str, Any]], declared: Declared) -> None:
    found = declared.findings
    add(found, "title", plain(node.get("headline") or node.get("name")), f"{PLACE} headline", DECLARED)
    add(
        found,
        "published",
        plain(node.get("datePublished") or node.get("dateCreated")),
        f"{PLACE} datePublished",
        DECLARED,
    )
    add(found, "modified", plain(node.get("dateModified")), f"{PLACE} dateModified", DECLARED)
    for name in _people(_resolved(node.get("author") or node.get("creator"), by_id), by_id):
        add(found, "author", name, f"{PLACE} author", DECLARED)
    add(found, "source", plain(_resolved(node.get("publisher"), by_id)), f"{PLACE} publisher", DECLARED)
    add(found, "section", plain(node.get("articleSection")), f"{PLACE} articleSection", DECLARED)
    page = _resolved(node.get("mainEntityOfPage"), by_id)
    address = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    for value in (node.get("url"), address):
        add(found, "url", value if isinstance(value, str) else "", f"{PLACE} url", DECLARED)
    declared.body = _body(node)
    declared.is_free = str(node.get("isAccessibleForFree", True)).lower() != "false"


def _body(node: Mapping[str, Any]) -> str:
    """The article's whole text; a live blog's entries in their order."""
    body = plain(node.get("articleBody") or node.get("text"))
    entries = node.get("liveBlogUpdate")
    if isinstance(entries, list):
        parts = [
            (plain(entry.get("headline")), plain(entry.get("articleBody")))
            for entry in entries
            if isinstance(entry, dict)
        ]
        return "\n\n".join(text for part in [(body,), *parts] for text in part if text)
    return body


def _read_page(node: dict[str, Any], by_id: Mapping[str, dict[str, Any]], declared: Declared) -> None:
    """What the nodes around the article say where it is silent."""
    kinds, found = types_of(node), declared.findings
    if kinds & PAGES:
        add(found, "published", plain(node.get("datePublished")), f"{PLACE} page", SUPPOSED + 0.1)
    elif "website" in kinds:
        add(found, "source", plain(node.get("name")), f"{PLACE} website", SUPPOSED + 0.1)
    elif "breadcrumblist" in kinds:
        add(found, "section", _breadcrumb(node), f"{PLACE} breadcrumb", SUPPOSED)


def _breadcrumb(node: Mapping[str, Any]) -> str:
    """The last section on the way to the article: not the first step, which is the home page, nor the article."""
    steps = node.get("itemListElement")
    if not isinstance(steps, list):
        return ""
    names = [plain(step.get("name") or step.get("item")) for step in steps if isinstance(step, dict)]
    return names[-2] if len(names) >= 3 else ""


def _resolved(value: Any, by_id: Mapping[str, dict[str, Any]]) -> Any:
    """A node that is only named by its id, or the value itself."""
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value


def _people(value: Any, by_id: Mapping[str, dict[str, Any]]) -> list[str]:
    people = value if isinstance(value, list) else [value]
    return [name for person in people[:10] if (name := plain(_resolved(person, by_id)))]
