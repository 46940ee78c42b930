"""A curator's browser window at the desk."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer


def signed_in_window(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Signed in, scripts on; nothing that the browser complains of is overlooked."""
    User.objects.create_superuser("ليلى", password="pw")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin/")
    page.fill("#id_username", "ليلى")
    page.fill("#id_password", "pw")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()
    assert complaints == []
