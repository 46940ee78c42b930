"""The WSGI entry point that gunicorn serves; whatever else imports Django, such as a command, warms nothing."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - imports the views and the desk, which the first reader need not wait for

# Django must be set up before the search can be imported.
from articles.search import warming  # noqa: E402

warming.start()
