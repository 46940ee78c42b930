"""Getting text in: readers yield documents, extraction makes articles of them, `run` keeps both."""
