"""The settings as an operator meets them: from a shell, by environment variables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def manage(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own with nothing but these variables of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**kept, "PYTHONIOENCODING": "utf-8", **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_documented_production_values_pass_the_deployment_check(tmp_path: Path) -> None:
    checked = manage(
        "check", "--deploy", "--fail-level", "WARNING", DATA_DIR=str(tmp_path), HTTPS="true",
        ALLOWED_HOSTS="archive.example.org",
    )  # fmt: skip
    # The one warning left is that a new archive has no index yet.
    assert "security." not in checked.stderr
    assert "articles.W001" in checked.stderr
    assert "identified 1 issue" in checked.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("HTTPS", "si"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "https://archive.example.org/"),
        ("CSRF_TRUSTED_ORIGINS", "archive.example.org"),
        ("DATABASE_URL", "oracle://host/name"),
        ("TIME_ZONE", "Baghdad"),
    ],
)
def test_a_wrong_value_stops_the_site_and_says_which(name: str, value: str, tmp_path: Path) -> None:
    stopped = manage("check", **{"DATA_DIR": str(tmp_path), name: value})
    assert stopped.returncode != 0
    assert f"ImproperlyConfigured: {name} " in stopped.stderr


def test_the_site_name_is_the_operators(tmp_path: Path) -> None:
    shown = manage(
        "shell", "-v0", "-c", "from django.conf import settings; print(settings.SITE_NAME)",
        DATA_DIR=str(tmp_path), SITE_NAME="أرشيف الساحل",
    )  # fmt: skip
    assert shown.stdout.strip() == "أرشيف الساحل"


@pytest.mark.django_db(transaction=True)
def test_sqlite_lets_readers_and_the_writer_work_at_the_same_time() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the database of this run is not SQLite")
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (1,)
