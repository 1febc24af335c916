"""The Cassandra driver as far as it is used here; it ships no types."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol


class Marker(Protocol):
    """A place for a value in a prepared statement; its type is a class of cassandra.cqltypes."""

    name: str
    type: Any


class Prepared(Protocol):
    """A prepared statement."""

    column_metadata: Sequence[Marker]

    def bind(self, values: Sequence[object]) -> object: ...


class Result(Iterable[Sequence[object]], Protocol):
    """Rows, and the names of their columns; None where a statement has none."""

    column_names: Sequence[str] | None


class Session(Protocol):
    """A session, in a keyspace or in none."""

    keyspace: str | None
    default_fetch_size: int

    def set_keyspace(self, keyspace: str) -> None: ...
    def prepare(self, query: str) -> Prepared: ...
    def execute(
        self, query: object, parameters: object = None, *, timeout: float = ..., execution_profile: object = ...
    ) -> Result: ...


class Cluster(Protocol):
    """A cluster, connected or not."""

    def connect(self) -> Session: ...
    def shutdown(self) -> None: ...
