"""Read one deploy-time choice from the environment, strictly: a wrong value stops with a message that helps."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = ("true", "1", "yes", "on")
FALSE = ("false", "0", "no", "off")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


def env_text(name: str, default: str) -> str:
    """The variable as written; an empty value counts as not set."""
    return os.environ.get(name, "").strip() or default


def env_address(name: str, default: str) -> str:
    """An address on the web, or nothing; what could end an HTTP header is refused."""
    value = env_text(name, default)
    if value and (not value.isascii() or not re.fullmatch(r"https?://[^\s<>\"]+", value)):
        raise ImproperlyConfigured(f"{name} is '{value}'; use an address such as https://archive.example.org")
    return value


def env_bool(name: str, default: bool) -> bool:
    """True or False; raises ImproperlyConfigured for anything else than the words of TRUE and FALSE."""
    value = env_text(name, str(default)).lower()
    if value not in TRUE + FALSE:
        raise ImproperlyConfigured(f"{name} is '{value}'; use one of {', '.join(TRUE + FALSE)}")
    return value in TRUE


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between `least` and `most`, both included."""
    value = env_text(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is '{value}'; use a whole number from {least} to {most}")
    return int(value)


def env_choice(name: str, default: str, choices: Sequence[str]) -> str:
    """One of `choices`, letter for letter."""
    value = env_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is '{value}'; use one of {', '.join(choices)}")
    return value


def env_list(name: str, default: Sequence[str]) -> list[str]:
    """Values separated by commas, blanks around them dropped."""
    value = env_text(name, ",".join(default))
    return [part.strip() for part in value.split(",") if part.strip()]


def env_hosts(name: str, default: Sequence[str]) -> list[str]:
    """Host names for ALLOWED_HOSTS; a URL, a port or a path is a common slip and is refused."""
    hosts = env_list(name, default)
    for host in hosts:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(
                f"{name} holds '{host}'; use bare host names separated by commas, such as archive.example.org"
            )
    return hosts


def env_folder(name: str, default: Path) -> Path:
    """An absolute folder, made when it is missing; raises ImproperlyConfigured when it cannot be made or is a file."""
    folder = Path(env_text(name, str(default))).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is '{folder}', which cannot be a folder ({error.strerror}); use a folder this user may write to"
        ) from error
    return folder


def env_database(name: str, default: str) -> dict[str, Any]:
    """A Django database dictionary from a URL; only SQLite and PostgreSQL are supported."""
    url = env_text(name, default)
    scheme = urlsplit(url).scheme
    if scheme not in DATABASE_SCHEMES:
        raise ImproperlyConfigured(
            f"{name} begins with '{scheme}:'; use sqlite:////absolute/path or postgres://user:password@host:5432/name"
        )
    return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
