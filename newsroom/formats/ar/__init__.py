"""Arabic: the day comes before the month."""
