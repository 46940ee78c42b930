"""What a page declares of itself in its tags: Open Graph, meta, links, and schema.org in attributes."""

from collections.abc import Iterable

from articles.importing.pages.findings import DECLARED, SUPPOSED, TAGGED, Findings, add
from articles.importing.pages.tree import Element, text_of

# Names of <meta> tags by field, the most trusted first.
OPEN_GRAPH = {
    "title": ("og:title",),
    "published": ("article:published_time", "og:article:published_time", "og:published_time"),
    "modified": ("article:modified_time", "og:updated_time"),
    "author": ("article:author", "og:article:author"),
    "source": ("og:site_name",),
    "section": ("article:section", "og:article:section"),
    "url": ("og:url",),
    "kind": ("og:type",),
    "description": ("og:description",),
}
META = {
    "title": (
        "twitter:title",
        "title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "headline",
    ),
    "published": (
        *(
            "datepublished",
            "date_published",
            "publishdate",
            "publish_date",
            "publish-date",
            "publication_date",
        ),
        *(
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
        ),
        *("dc.date.created", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime"),
        *("weibo:article:create_at", "article_date_original", "originalpublicationdate", "created", "date"),
    ),
    "author": (
        *("author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "article.author"),
        *("twitter:creator:name", "byl", "authors", "writer"),
    ),
    "source": (
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "apple-mobile-web-app-title",
    ),
    "section": ("section", "parsely-section", "article.section", "category", "subject"),
    "description": ("description", "twitter:description"),
}
ITEMPROPS = {
    "title": ("headline",),
    "published": ("datepublished", "datecreated", "issued"),
    "modified": ("datemodified",),
    "author": ("author", "creator"),
    "section": ("articlesection",),
}
PLACES = ("Open Graph", "meta tag", "microdata")


def read(root: Element) -> Findings:
    """What the tags of a page say, in the order of trust."""
    said = _said(root)
    found: Findings = {}
    _take(found, OPEN_GRAPH, said, "Open Graph", TAGGED)
    _read_items(root, found)
    _take(found, META, said, "meta tag", TAGGED - 0.05)
    for link in root.xpath("//link[@rel and @href]"):
        rel = link.get("rel", "").lower().split()
        if "canonical" in rel:
            add(found, "canonical", link.get("href", ""), "canonical link", DECLARED)
        elif "author" in rel:
            add(found, "author", link.get("title", ""), "author link", SUPPOSED)
    return found


def _said(root: Element) -> dict[str, list[str]]:
    """The content of every <meta>, by its name in lower case."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = (meta.get("content") or meta.get("value") or "").strip()
        if name and content:
            said.setdefault(name, []).append(content)
    return said


def _take(
    found: Findings, names: dict[str, tuple[str, ...]], said: dict[str, list[str]], place: str, sure: float
) -> None:
    for field, tags in names.items():
        for tag in tags:
            for content in said.get(tag, ())[:5]:
                add(found, field, content, f"{place} {tag}", sure)


def _read_items(root: Element, found: Findings) -> None:
    """Microdata of the article, not of other articles or of comments within the page."""
    by_name: dict[str, list[Element]] = {}
    for element in root.xpath("//*[@itemprop] | //*[@property and not(self::meta[parent::head])]"):
        for name in (element.get("itemprop") or element.get("property")).lower().split():
            by_name.setdefault(name.rpartition(":")[2], []).append(element)
    for field, names in ITEMPROPS.items():
        for name in names:
            for element in _outside_lists(by_name.get(name, ()))[:3]:
                add(found, field, _value(element), f"microdata {name}", TAGGED)


def _outside_lists(elements: Iterable[Element]) -> list[Element]:
    return [
        element for element in elements if not any(_is_another(above) for above in element.iterancestors())
    ]


def _is_another(element: Element) -> bool:
    kind = element.get("itemtype", "").rpartition("/")[2]
    return kind in ("Comment", "ItemList", "UserComments") or element.tag == "aside"


def _value(element: Element) -> str:
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return str(element.get(attribute))
    inner = element.xpath(".//*[@itemprop='name']")
    return (inner[0].get("content") or text_of(inner[0])) if inner else text_of(element)
