"""The way from a search without results to the desk, for who may give its words other names."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from articles.search.syntax import And, Expanded, In, Node, Or, Phrase, Word

MOST_TERMS = 5


def naming_address(request: HttpRequest, tree: Node) -> str:
    """The form of a new group with the terms of a query in it; empty for who may not make one, or without a term."""
    user = request.user
    if not (user.is_staff and user.has_perm("articles.add_synonymgroup")):
        return ""
    terms = list(dict.fromkeys(terms_of(tree)))[:MOST_TERMS]
    query = urlencode([("term", term) for term in terms])
    return f"{reverse('admin:articles_synonymgroup_add')}?{query}" if terms else ""


def terms_of(node: Node) -> Iterator[str]:
    """What a query names: words that stand beside each other as one term, each phrase, each choice.

    >>> list(terms_of(And((Word("تنظيم"), Word("الدولة"), Phrase(("ولاية", "نينوى"))))))
    ['تنظيم الدولة', 'ولاية نينوى']
    """
    match node:
        case Word(text):
            yield text
        case Phrase(words):
            yield " ".join(words)
        case And(parts):
            beside = [part.text for part in parts if isinstance(part, Word)]
            if beside:
                yield " ".join(beside)
            for part in parts:
                if not isinstance(part, Word):
                    yield from terms_of(part)
        case Or(parts):
            for part in parts:
                yield from terms_of(part)
        case Expanded(part) | In(_, part):
            yield from terms_of(part)
