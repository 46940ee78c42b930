"""Other engines side by side with ours: the same articles, already analysed, the same queries, top 20, exact total."""

BEST = 20  # hits of an answer
