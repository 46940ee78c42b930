"""The curation desk: Django's admin, one module a model.

`site.py` has the list of desks, and registers them when Django makes the site. They do not register themselves:
`default_site` (articles/apps.py) makes Django import this package while it is making the site, so that a module
which registered itself then would do so with a second site, soon thrown away.
"""
