"""Builds the tables of related forms from openly licensed sources: no part of the running archive.

`buckwalter` reads the lexicon of the Buckwalter Arabic Morphological Analyzer, `frequencies` reads how
often words occur from wordfreq, `estimation` tells from both how likely each reading of a word is, and
`python -m articles.arabic.building` writes `data/lexicon.txt` and its companions; see docs/analysis.md.
"""
