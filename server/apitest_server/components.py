"""What rooms offer to services and to each other: ``server.components[STORE]``, each under a key that knows its type.

A key stands in the module of what it is for. So who wants something imports the room that makes it, as the import
contract has it; what lies across is asked for under a key of one's own, which app.py or the other room fills.
"""

from typing import Generic, TypeVar, cast

from apitest_server.errors import ComponentMissing

T = TypeVar("T")


class Key(Generic[T]):
    """The place of one component; its name is for errors."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Components:
    """What is here once all rooms are open."""

    def __init__(self) -> None:
        self._made: dict[object, object] = {}
        self._names: list[str] = []

    def __setitem__(self, key: Key[T], component: T) -> None:
        self._made[key] = component
        self._names.append(key.name)

    def __getitem__(self, key: Key[T]) -> T:
        """The component of a key.

        Raises:
            ComponentMissing: no room has made it; says what there is.
        """
        try:
            return cast(T, self._made[key])  # what was put in under the key
        except KeyError:
            known = ", ".join(sorted(self._names)) or "none"
            raise ComponentMissing(f"This server has no component `{key.name}`", "", f"Available: {known}") from None
