"""The archive. Four layers; imports point downwards only, and may skip a layer.

    edges     views/  admin/  templatetags/  management/commands/  urls.py
    verbs     importing/{run,reextraction}.py    curation.py    line_curation.py    search/{searching,indexing}.py
    storage   models/    importing/store/    search/engines/  +  search_indexes.py
    pure      arabic/    importing/*    search/*       no Django, no settings

Only `search/engines/` and `search_indexes.py` know haystack and whoosh. `tests/test_architecture.py` reads
every import and holds us to this page.
"""
