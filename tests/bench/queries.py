"""Queries of every class, taken from the archive that is measured: its words by how common they are."""

from articles.models.article import Article
from articles.search.engines import schema
from articles.search.engines.whoosh.postings import document_frequency
from articles.search.engines.whoosh.snapshot import Snapshot

SAMPLE = 400  # articles looked through for words
A_CLASS = 12  # queries


def query_classes(snapshot: Snapshot) -> dict[str, list[str]]:
    """Queries by class; phrases are taken from the texts, so that they occur."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    sampled = keys[:: max(1, snapshot.size // SAMPLE)][:SAMPLE]
    articles = list(Article.objects.filter(pk__in=sampled).order_by("pk"))
    texts = [
        [word for word in article.body.split() if word.isalpha() and len(word) > 3] for article in articles
    ]
    common, middle, rare = _by_frequency(snapshot, sorted({word for text in texts for word in text}))
    phrases = [text[5:8] for text in texts if len(text) > 8][:A_CLASS]
    return {
        "common word": common,
        "middling word": middle,
        "rare word": rare,
        "all of two": [f"{first} {second}" for first, second in zip(common, middle, strict=False)],
        "any of three": [" أو ".join(three) for three in zip(common, middle, rare, strict=False)],
        "one without another": [f"{first} -{second}" for first, second in zip(common, middle, strict=False)],
        "phrase of two": [f"«{' '.join(phrase[:2])}»" for phrase in phrases],
        "phrase of three": [f"«{' '.join(phrase)}»" for phrase in phrases],
        "prefix": [f"{word[:3]}*" for word in middle],
        "in the title": [f"العنوان:{word}" for word in common],
        "date and word": [f"{word} التاريخ:2015" for word in common],
        "one letter missing": [word[:2] + word[3:] for word in middle],
        "everything": [""],
    }


def typed_classes(snapshot: Snapshot) -> dict[str, list[str]]:
    """What is typed on the way to a query, by class."""
    queries = query_classes(snapshot)
    two, middle = queries["all of two"], queries["middling word"]
    return {
        "one letter": sorted({word[:1] for word in middle}),
        "two letters": [word[:2] for word in middle],
        "four letters": [word[:4] for word in middle],
        "a word and two letters": [" ".join((query.split()[0], query.split()[1][:2])) for query in two],
        "a slip": [word[:2] + word[3:] + "ز" for word in middle],
    }


def _by_frequency(snapshot: Snapshot, words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Words in more than a tenth of the articles, in about a hundredth, and in five or fewer."""
    counts = {word: document_frequency(snapshot, schema.EXACT, word) / snapshot.size for word in words}
    ranked = sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))
    common = ranked[:A_CLASS]
    middle = sorted(ranked, key=lambda word: (abs(counts[word] - 0.01), word))[:A_CLASS]
    return common, middle, ranked[-A_CLASS:]
