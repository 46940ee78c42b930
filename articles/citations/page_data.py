"""What a page tells programs of its article: tags that reference managers and search engines read, and schema.org.

Highwire's `citation_*` tags are those of Google Scholar's inclusion guidelines, `DC.*` are Dublin Core, `og:*` the
least that Open Graph asks for. `z:itemType` is Zotero's own word for the type: by the others alone it would take every
article for one of a scholarly journal.
"""

from collections.abc import Iterator
from typing import Any

from articles.citations.record import CitedArticle, iso, plain

Tag = tuple[str, str]


def named_tags(cited: CitedArticle) -> list[Tag]:
    """The tags `<meta name=... content=...>`, without those that nothing is known for."""
    return [(name, plain(content)) for name, content in _named(cited) if plain(content)]


def _named(cited: CitedArticle) -> Iterator[Tag]:
    day = iso(cited.issued)
    yield "citation_title", cited.title
    yield from (("citation_author", name) for name in cited.authors)
    yield "citation_publication_date", day.replace("-", "/")
    yield "citation_journal_title", cited.source
    yield "citation_language", cited.language
    yield "citation_public_url", cited.url
    yield "z:itemType", "newspaperArticle"
    yield "DC.title", cited.title
    yield from (("DC.creator", name) for name in cited.authors)
    yield "DC.date", day
    yield "DC.publisher", cited.source
    yield "DC.language", cited.language
    yield "DC.identifier", cited.url


def open_graph(cited: CitedArticle) -> list[Tag]:
    """The tags `<meta property=... content=...>`."""
    found = [
        ("og:type", "article"),
        ("og:title", cited.title),
        ("og:url", cited.url),
        ("og:site_name", cited.archive),
        ("article:published_time", iso(cited.issued) if len(cited.issued) == 3 else ""),
    ]
    return [(name, plain(content)) for name, content in found if plain(content)]


def news_article(cited: CitedArticle) -> dict[str, Any]:
    """The article in the words of schema.org. An author may be an agency or a desk, so authors are plain names."""
    found = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": plain(cited.url),
        "url": plain(cited.url),
        "headline": plain(cited.title),
        "author": list(cited.authors),
        "publisher": {"@type": "NewsMediaOrganization", "name": plain(cited.source)}
        if plain(cited.source)
        else None,
        "datePublished": iso(cited.issued),
        "articleSection": plain(cited.section),
        "inLanguage": plain(cited.language),
        "isBasedOn": plain(cited.original_url),
        "archivedAt": plain(cited.url),
        "provider": {"@type": "ArchiveOrganization", "name": plain(cited.archive)},
    }
    return {name: value for name, value in found.items() if value}
