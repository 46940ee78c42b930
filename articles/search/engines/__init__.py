"""The seam to the search engines. Nothing outside this package imports haystack, whoosh or pysolr.

`contract` says what an engine takes and gives, `connection` hands out the one in use, `schema` names the fields,
`deadline` is the time that a question may take.
"""
