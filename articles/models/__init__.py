"""What the archive keeps. Django finds models here, so this one package lists its modules."""

from articles.models import article, capture, collection, import_run, index_removal, source, synonyms

__all__ = ["article", "capture", "collection", "import_run", "index_removal", "source", "synonyms"]
