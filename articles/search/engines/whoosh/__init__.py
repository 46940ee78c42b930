"""Whoosh as the embedded engine.

generations  the folder: numbered generations, the pointer to the live one, the lock of the single writer
fields       a Whoosh field of Arabic words at one level of analysis
writing      a writer that collects postings by term
snapshot     the live index as one shared searcher and its columns as arrays
postings     posting lists as arrays
evaluation   a query tree over those arrays
backend      the Haystack backend and engine
"""
