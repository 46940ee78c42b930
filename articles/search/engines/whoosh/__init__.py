"""Whoosh as the embedded engine.

The index, and the archive's own search of it:

generations  the folder: numbered generations, the pointer to the live one, the lock of the single writer
fields       Whoosh fields of Arabic words: at one level of analysis, and what else an article's words tell
columnar     the files of the index: arrays, mapped into memory (columnar/__init__.py is the map)
writing      a writer of them, which merges segments when many have piled up
integrity    whether its files are what was written, read once a machine
snapshot     the live index as one shared searcher and its columns as arrays
byte_cache   what was used last, bounded in bytes
postings     posting lists of all segments together
membership   which of many numbers stand in a list
bounds       where sentences, paragraphs and bodies begin
places       phrases, nearness and shared sentences over arrays of positions
scopes       which field is asked for a word
expansions   the words that a pattern or a fuzzy word stands for
word_forms   the forms of a stem and of a root
part_terms   what parts of queries stand for, as it is kept
parts        the parts of a query that stand for words: which documents, how often, where
matches      sets of documents: lists or masks
evaluation   a query tree over those arrays: what matches, and scores
grams        the record of each article that rescoring reads: its 4-grams, its stems in order
ranking      the order of the best hits, made finer
ordering     the first of many in an order of several keys
baseline     light10 and BM25, the ranking that ours is measured against
collapsing   one document a story, and what is counted once
narrowing    what filters and the rights of a reader leave
facets       how many documents have each value
few_hits     the page where there are few hits, in plain numbers
finding      from a tree to a page: totals, facet counts, order, cursors
totals       the totals of several searches at once
forms        the forms of a word, with the articles that hold each
holdings     what there is under some filters, counted over the columns
inventory    the keys and files of the index, for check_index
dictionary, word_lists, vocabulary
             the words of the index for suggestions and corrections
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
