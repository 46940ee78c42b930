"""Other engines side by side with ours: the same articles, already analysed, the same queries, top 10, exact total."""
