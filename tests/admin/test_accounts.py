"""Accounts and groups: what they may do is said in Arabic, and ticked without scripts."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from articles.admin.accounts import permission_name
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db


def test_every_permission_of_the_archive_has_an_arabic_name() -> None:
    named = Permission.objects.filter(content_type__app_label__in=("articles", "auth")).select_related(
        "content_type"
    )
    names = [permission_name(permission) for permission in named]
    assert "مقال: نشر المقالات وحجبها" in names
    assert "مقال: التعديل" in names
    assert [name for name in names if any("a" <= letter <= "z" for letter in name.lower())] == []


def test_what_a_group_may_do_is_ticked_and_kept(desk: Desk) -> None:
    group = Group.objects.create(name="مراجعون")
    publish = Permission.objects.get(codename="publish_article")
    address = f"/admin/auth/group/{group.pk}/change/"
    assert "مقال: نشر المقالات وحجبها" in desk.get(address).content.decode()
    desk.post(address, {"name": "مراجعون", "permissions": [publish.pk]})
    assert list(group.permissions.all()) == [publish]


def test_an_account_is_put_into_groups_by_ticking_them(desk: Desk) -> None:
    user = User.objects.create_user("سعاد")
    group = Group.objects.get(name="محررون")
    data = {
        "username": "سعاد",
        "is_staff": "on",
        "groups": [group.pk],
        "date_joined_0": "2015-01-01",
        "date_joined_1": "10:00",
    }
    desk.post(f"/admin/auth/user/{user.pk}/change/", data)
    assert list(user.groups.all()) == [group]
