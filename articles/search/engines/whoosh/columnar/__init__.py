"""Whoosh's segments as files of arrays: docs/engine.md describes the format.

layout      a file of named arrays: written whole, checked when opened, mapped into memory
terms       the terms of a field in order
listing     the postings of a field: documents, frequencies, positions
slabs       writing them, some terms at a time
pool        what a writer collects of each field
columns     one value a document
documents   what is kept of each document: lengths, columns, stored fields
arrays      the two files of a segment, opened once a process
matcher     Whoosh's matcher over the arrays
dictionary  Whoosh's interface to the terms
segment     the segment, and Whoosh's codec
contents    the table of contents: one step from state to state
merging     several segments as one, in bounded memory
merging_documents  what they keep of their documents
sharing     a merge that several processes share
policy      which segments are merged
verifying   whether the files are what was written
"""
