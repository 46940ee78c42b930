"""Whoosh as the embedded engine.

The index, and the archive's own search of it:

generations  the folder: numbered generations, the pointer to the live one, the lock of the single writer
fields       a Whoosh field of Arabic words at one level of analysis
writing      a writer that collects postings by term
snapshot     the live index as one shared searcher and its columns as arrays
postings     posting lists as arrays
evaluation   a query tree over those arrays
finding      from a tree to a page: filters, totals, facet counts, order
related      articles that share the telling words of a text
damage       unreadable files as problems with a message

Haystack's interface to it (docs/haystack.md):

backend           the Haystack backend and engine
documents         Haystack's fields and values as Whoosh's, and back
query_strings     the query strings of SearchQuerySet, written and read
query_trees       Whoosh's query trees over the arrays
haystack_search   one search of SearchQuerySet: rows, total, facets
haystack_facets   facet counts by value and by period
haystack_results  from the rows to Haystack's results
stored_columns    any field as a column, for sorting and facets
marking           the matched words of a hit, marked
spelling          a known spelling for unknown words
"""
