"""How templates write dates, counts and addresses."""
