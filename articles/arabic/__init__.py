"""Arabic analysis: from a text to the terms the index holds, in pure Python.

A text is cut into tokens (`tokenization`), and each token's letters are folded by a chain of small
rules (`normalization`, `stemming`); `analysis` names the chains. `characters` and `scripts` say which
letters and marks there are, `datafiles` reads what is kept as data, `stopwords` knows the function
words and `numerals` writes digits. Nothing here knows of Django, of an index or of an article.
"""
