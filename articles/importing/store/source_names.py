"""The names by which sources go: what is imported under one of them is the source's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from articles.importing.records import ExtractedArticle
from articles.models.source import SourceName, name_key


@dataclass(frozen=True, slots=True)
class SourceNames:
    """The names of sources by the keys of their other names, as they stood when an import began."""

    by_key: Mapping[str, str]

    def under_own_name(self, article: ExtractedArticle) -> ExtractedArticle:
        """The article under the name that its source has; what was read stays in its evidence."""
        name = self.by_key.get(name_key(article.source)[:200]) if self.by_key and article.source else None
        return replace(article, source=name) if name else article


def source_names() -> SourceNames:
    """The other names in force."""
    return SourceNames(dict(SourceName.objects.order_by().values_list("key", "source__name")))
