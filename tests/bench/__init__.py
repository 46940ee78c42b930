"""`make bench`: how fast the archive imports, indexes and answers, on a collection of one's own or a generated one."""
