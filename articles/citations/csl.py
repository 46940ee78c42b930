"""CSL-JSON, the data of citation processors (schema of CSL 1.0.2, type `article-newspaper`)."""

import json
from typing import Any

from articles.citations.record import CitedArticle, date_parts, plain

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def csl(cited: CitedArticle) -> str:
    """The article as a list of one item. Authors are `literal`: no program may take their names apart."""
    return f"[{item(cited)}]\n"


def item(cited: CitedArticle) -> str:
    """The article as one item of such a list."""
    fields = [
        f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in _item(cited).items()
    ]
    return "{\n  " + ",\n  ".join(fields) + "\n}"


def _item(cited: CitedArticle) -> dict[str, Any]:
    item = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": plain(cited.title),
        "author": [{"literal": name} for name in cited.authors],
        "container-title": plain(cited.source),
        "section": plain(cited.section),
        "issued": {"date-parts": [list(cited.issued)]} if cited.issued else None,
        "accessed": {"date-parts": [list(date_parts(cited.accessed))]},
        "language": plain(cited.language),
        "archive": plain(cited.archive),
        "URL": plain(cited.url),
        "note": " ".join(cited.notes),
    }
    return {name: value for name, value in item.items() if value}
