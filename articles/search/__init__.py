"""Finding articles: what is asked (request, syntax, parser), what is found (engines), what is shown (results)."""
