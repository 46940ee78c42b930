"""The archive. Four layers; imports point downwards only, and may skip a layer.

    edges     views/  admin/  templatetags/  management/commands/  urls.py
    verbs     importing/{run,reextraction}.py  exporting/{run,restoring}.py  search/{searching,indexing,holdings}.py
              curation.py  line_curation.py  story_{finding,writing,review}.py  takedown.py  history.py  reverting.py
              bulk/  merging.py  unmerging.py  source_merging.py  uploading.py
              jobs/                                       work that no request waits for
    storage   models/  importing/store/  exporting/store/  search/engines/  +  search_indexes.py
    pure      arabic/  citations/  duplicates/  importing/*  exporting/*  search/*  charts.py    no Django, no settings

Only `search/engines/` and `search_indexes.py` know haystack and whoosh. `tests/test_architecture.py` reads
every import and holds us to this page.
"""
