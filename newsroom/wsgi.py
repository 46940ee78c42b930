"""The WSGI entry point that gunicorn serves; whatever else imports Django, such as a command, warms nothing."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

# Django must be set up before the search can be imported.
from articles.search import warming  # noqa: E402

warming.prepare()
warming.start()
