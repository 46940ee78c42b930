"""The addresses of the reading room; an article's address never changes."""

from django.urls import path

from articles.views import (
    article,
    captures,
    collections,
    dates,
    health,
    help_page,
    home,
    language,
    opensearch,
    results,
    sources,
    suggestions,
    timemaps,
    versions,
)

app_name = "articles"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", results.results, name="search"),
    path("search/suggest/", suggestions.suggestions, name="suggest"),
    path("search/help/", help_page.search_help, name="search_help"),
    path("a/<str:public_id>/", article.article, name="article"),
    path("a/<str:public_id>/captures/", captures.captures, name="captures"),
    path("a/<str:public_id>/captures/<str:sha256>/", captures.original, name="original"),
    path("a/<str:public_id>/captures/<str:sha256>/raw/", captures.raw, name="raw"),
    path("a/<str:public_id>/versions/", versions.versions, name="versions"),
    path("a/<str:public_id>/versions/<int:number>/", versions.version, name="version"),
    path("url/<path:original>", timemaps.at_address, name="at_address"),
    path("timemap/link/<path:original>", timemaps.timemap_link, name="timemap_link"),
    path("timemap/json/<path:original>", timemaps.timemap_json, name="timemap_json"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:slug>/", sources.source, name="source"),
    path("dates/", dates.years, name="dates"),
    path("dates/<int:year>/", dates.period, name="year"),
    path("dates/<int:year>/<int:month>/", dates.period, name="month"),
    path("dates/<int:year>/<int:month>/<int:day>/", dates.period, name="day"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<str:slug>/", collections.collection, name="collection"),
    path("language/", language.choose, name="language"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path("healthz", health.health, name="health"),
]
