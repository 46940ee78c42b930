"""How an article is cited: one record of what is known of it, and the forms that people and programs ask for."""
