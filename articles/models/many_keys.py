"""A condition that holds for rows of given keys, however many: no database takes 100,000 parameters in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, BooleanField, F, Func

# From so many on SQLite looks at each entry of whatever index the rest of the query uses, and asks whether its key is
# among those given. With fewer it looks the keys up one by one, which reads a page of the table for each.
MANY = 2000


class KeyLookedAt(Func):
    """The primary key, of which SQLite is not to look up rows: it walks an index and looks at each entry's key."""

    output_field = BigIntegerField()

    def __init__(self, **extra: Any) -> None:
        super().__init__(F("pk"), **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:  # type: ignore[override]
        sql, given = compiler.compile(self.get_source_expressions()[0])
        return sql, given

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        sql, given = compiler.compile(self.get_source_expressions()[0])
        return f"+{sql}", given


class AmongKeys(Func):
    """Whether the row's primary key is one of `keys`; handed over as one text, so that a query may hold any number."""

    output_field = BooleanField()

    def __init__(self, keys: Iterable[int], **extra: Any) -> None:
        listed = list(keys)
        super().__init__(F("pk"), **extra)
        self.written = ",".join(map(str, listed))
        self.are_many = len(listed) >= MANY

    @property
    def identity(self) -> Any:
        return AmongKeys, self.written

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """As PostgreSQL takes it."""
        key, given = compiler.compile(self.get_source_expressions()[0])
        return f"{key} = ANY(string_to_array(%s, ',')::bigint[])", (*given, self.written)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        key, given = compiler.compile(self.get_source_expressions()[0])
        away_from_the_key = "+" if self.are_many else ""
        return f"{away_from_the_key}{key} IN (SELECT value FROM json_each(%s))", (  # noqa: S608
            *given,
            f"[{self.written}]",
        )
