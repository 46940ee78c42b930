"""What of an article goes into the index. Haystack finds this module by its name."""

from typing import Any

from django.db.models import Prefetch
from haystack import indexes
from haystack.constants import DJANGO_CT, DJANGO_ID, ID

from articles.models.article import Article, ArticleQuerySet
from articles.models.source import Source
from articles.search.dates import date_code
from articles.search.engines import schema
from articles.search.engines.index_fields import (
    BoundsField,
    DistinctField,
    LevelField,
    NumberField,
    RecordField,
    WholeField,
    WholeListField,
)

READ = (
    "title", "body", "author", "section", "city", "country", "status", "published_on", "published_precision", "source",
)  # fmt: skip
COLLECTIONS = "indexed_collections"  # the attribute in which a document's collections are fetched


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """Articles of every status: the admin searches them all, and readers are given published ones only."""

    text = LevelField(level="stem", document=True)
    exact = LevelField(level="surface")
    literal = LevelField(level="literal")
    title = LevelField(level="stem")
    title_exact = LevelField(level="surface")
    title_literal = LevelField(level="literal")
    bounds = BoundsField(stored=False)
    forms = DistinctField(told="forms")
    roots = DistinctField(told="roots")
    source_name = LevelField(level="surface")
    author_name = LevelField(level="surface")
    section_name = LevelField(level="surface")
    place_name = LevelField(level="surface")
    collection_name = LevelField(level="surface")
    grams = RecordField(stored=False)
    key = NumberField()
    status = WholeField()
    source = WholeField()
    author = WholeField()
    section = WholeField()
    places = WholeListField()
    collections = WholeListField()
    published = NumberField()
    story = NumberField()
    lead = NumberField()

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:
        """Articles with what their documents need and no more: an archive is read whole for its index.

        Sources are few, and fetched once for many articles.
        """
        return (
            Article.objects.select_related("story_member__story")
            .only(*READ, "story_member__article", "story_member__story__lead")
            .prefetch_related(
                Prefetch("source", Source.objects.prefetch_related("names")),
                Prefetch("collections", to_attr=COLLECTIONS),
            )
        )

    def prepare(self, obj: Article) -> dict[str, Any]:
        """The document of one article; Haystack's own way round would ask each field in turn."""
        whole_text = obj.title + schema.PART_BREAK + obj.body
        member = getattr(
            obj, "story_member", None
        )  # Django raises a kind of AttributeError where there is none
        source = obj.source
        held = getattr(obj, COLLECTIONS, None)
        collections = list(obj.collections.all()) if held is None else held
        places = [place for place in dict.fromkeys((obj.city, obj.country)) if place]
        self.prepared_data = {
            ID: f"articles.article.{obj.pk}",
            DJANGO_CT: "articles.article",
            DJANGO_ID: str(obj.pk),
            schema.TEXT: whole_text,
            schema.EXACT: whole_text,
            schema.LITERAL: whole_text,
            schema.TITLE: obj.title,
            schema.TITLE_EXACT: obj.title,
            schema.TITLE_LITERAL: obj.title,
            schema.BOUNDS: whole_text,
            schema.FORMS: whole_text,
            schema.ROOTS: whole_text,
            schema.SOURCE_NAME: schema.PART_BREAK.join(source_names(source)) if source else "",
            schema.AUTHOR_NAME: obj.author,
            schema.SECTION_NAME: obj.section,
            schema.PLACE_NAME: schema.PART_BREAK.join(places),
            schema.COLLECTION_NAME: schema.PART_BREAK.join(collection.name for collection in collections),
            schema.GRAMS: whole_text,
            schema.KEY: obj.pk,
            schema.STATUS: obj.status,
            schema.SOURCE: source.slug if source else "",
            schema.AUTHOR: obj.author,
            schema.SECTION: obj.section,
            schema.PLACES: places,
            schema.COLLECTIONS: [collection.slug for collection in collections],
            schema.PUBLISHED: date_code(obj.published_on, obj.published_precision),
            schema.STORY: member.story_id if member else 0,
            schema.LEAD: int(bool(member and member.story.lead_id == obj.pk)),
        }
        return self.prepared_data


def source_names(source: Source) -> list[str]:
    """All the names by which a search finds a source."""
    return [source.name, *(each.name for each in source.names.all())]
