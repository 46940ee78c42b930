"""From a page of HTML to an article. Pure: bytes in, an article or a coded refusal out.

extraction                            the steps in order
decoding, mojibake                    bytes -> characters
tree, blocks, lines                   characters -> a tree, its lines, their spelling
json_ld, meta_tags                    what the page declares of itself
rules                                 what a curator wrote for its source
showing, date_lines, credits          title, date and writer as the page shows them to readers
outlets, site_names                   the newspaper, and titles without its name
pruning, containers, outside_help     where the text stands
text_finding, trimming                its paragraphs, without the furniture around and between them
findings, choosing, dating, filling   one value for each field, with its evidence
refusals                              pages that are no article
furniture                             lines that repeat across the pages of a source, proposed to the curator
"""
