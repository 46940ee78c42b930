"""Which articles are copies of one text: found by their words, without comparing every article with every other.

reading    a text as numbers: its folded words, and the runs of four that stand in it
sketches   64 small numbers for a text, of which two texts share about as many as they share runs
candidates the pairs of texts whose sketches promise something in common
comparing  what two texts really have in common, and whether that makes them copies
folder     sketches and pairs kept between two searches, in DATA_DIR/duplicates
grouping   from pairs to stories: each is what is like its lead
"""
