"""What all processes that build segments have in common, made once: importing this module makes it.

The server that forks them imports it (`building.FORKS`), so that Django and the tables of the analysis stand in memory
once. Nothing here opens the database. Where the import fails there, each process makes its own.
"""

import gc
import importlib

import django

from articles.arabic.analysis import fingerprint
from articles.arabic.bulk_analysis import bulk_analyser

django.setup()
importlib.import_module("articles.search.engines.whoosh.backend")
bulk_analyser()
fingerprint()
gc.freeze()
