"""The desk of imports: what failed is tried again, one item, those chosen, or all of a run."""

import pytest
from django.contrib.auth.models import Permission, User

from articles.models.import_run import ImportItem, ImportRun
from articles.models.job import Job
from tests.admin.conftest import Desk, address_of
from tests.factories import make_item, make_run

LIST = "/admin/articles/importitem/"
BUTTON = "جرّب ما تعذّر من جديد"


@pytest.fixture
def run(db: None) -> ImportRun:
    """A run with two items that failed, one that was rejected and one that is new."""
    run = make_run()
    for number, outcome in enumerate(("failed", "failed", "rejected", "new")):
        make_item(run, outcome=outcome, locator=f"item {number}")
    return run


def items(run: ImportRun, outcome: str) -> list[int]:
    return list(
        ImportItem.objects.filter(run=run, outcome=outcome).order_by("pk").values_list("pk", flat=True)
    )


def asked() -> list[int]:
    return Job.objects.latest("pk").options["items"]


def test_everything_that_failed_in_a_run_is_tried_again(desk: Desk, run: ImportRun) -> None:
    assert BUTTON in desk.open(run).content.decode()
    page = desk.post(f"/admin/articles/importrun/{run.pk}/try-again/", {})
    assert page.wsgi_request.path == f"/admin/articles/job/{Job.objects.get().pk}/change/"
    assert asked() == items(run, "failed")


def test_one_item_is_tried_again_from_its_page(desk: Desk, run: ImportRun) -> None:
    item = ImportItem.objects.get(run=run, outcome="rejected")
    assert BUTTON in desk.open(item).content.decode()
    desk.post(f"{LIST}{item.pk}/try-again/", {})
    assert asked() == [item.pk]


def test_chosen_items_are_tried_again_but_for_what_came_through(desk: Desk, run: ImportRun) -> None:
    every = list(ImportItem.objects.values_list("pk", flat=True))
    desk.post(LIST, {"action": "try_again", "_selected_action": every})
    assert asked() == sorted(items(run, "failed") + items(run, "rejected"))


def test_an_item_that_came_through_is_not_offered_and_names_its_run(desk: Desk, run: ImportRun) -> None:
    made = make_run()
    item = ImportItem.objects.filter(run=run, outcome="failed").first()
    assert item
    ImportItem.objects.filter(pk=item.pk).update(mended_by=made)
    page = desk.open(item).content.decode()
    assert BUTTON not in page
    assert f'href="{address_of(made)}"' in page
    desk.post(f"{LIST}{item.pk}/try-again/", {})
    assert not Job.objects.exists()


def test_trying_again_is_for_who_may(looker: Desk, run: ImportRun) -> None:
    visitor = User.objects.get(username="زائر")
    visitor.user_permissions.add(
        *Permission.objects.filter(codename__in=["view_importrun", "view_importitem"])
    )
    assert BUTTON not in looker.open(run).content.decode()
    assert looker.client.post(f"/admin/articles/importrun/{run.pk}/try-again/").status_code == 403
    assert looker.client.get(f"/admin/articles/importrun/{run.pk}/try-again/").status_code == 405
