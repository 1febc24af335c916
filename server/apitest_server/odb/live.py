"""Objects of the ODB in the running server: the one way in which they take effect, at start and whenever they change.

A room registers for each kind of object what makes it effective. It is given as a function that returns it, so that a
kind without objects costs a start nothing: its modules are loaded with its first object.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from logging import getLogger
from typing import Protocol

from apitest_server.components import Key
from apitest_server.errors import HTTPError, ServerError
from apitest_server.odb import StoredObject

logger = getLogger("apitest.objects")


class Live(Protocol):
    """What makes the objects of a kind effective. It knows them by their ID: an edited object may have a new name."""

    def load(self, items: Sequence[StoredObject]) -> None:
        """Takes all of them at start; one that cannot take effect is logged, and the server starts without it."""

    def check(self, item: StoredObject) -> None:
        """Refuses a new or changed object that could not take effect, before it is stored.

        Raises:
            HTTPError: why.
        """

    def check_removal(self, item: StoredObject) -> None:
        """Refuses to let an object be deleted.

        Raises:
            HTTPError: why.
        """

    def put(self, item: StoredObject) -> None:
        """Makes a new or changed object effective: the next request knows it."""

    def remove(self, item: StoredObject) -> None:
        """Forgets a deleted object."""


class Each:
    """A :class:`Live` for kinds whose objects have nothing to do with each other; derive and override."""

    def load(self, items: Sequence[StoredObject]) -> None:
        """Puts one after the other."""
        for item in items:
            try:
                self.put(item)
            except (HTTPError, ServerError) as error:
                logger.error("%s `%s` (ID %d) cannot be used: %s", item.kind, item.name, item.id, error)

    def check(self, item: StoredObject) -> None:
        """Refuses nothing."""

    def check_removal(self, item: StoredObject) -> None:
        """Refuses nothing."""

    def put(self, item: StoredObject) -> None:
        """Has to be overridden."""
        raise NotImplementedError

    def remove(self, item: StoredObject) -> None:
        """Has to be overridden."""
        raise NotImplementedError


class LiveObjects:
    """Kind -> what makes its objects effective. Objects of a kind that nothing was registered for are only stored."""

    def __init__(self) -> None:
        self._factories: dict[str, Callable[[], Live]] = {}
        self._made: dict[str, Live] = {}
        self._items: dict[int, StoredObject] = {}

    def register(self, factories: Mapping[str, Callable[[], Live]]) -> None:
        """Registers factories by kind; each is called once, with the first object of its kind."""
        self._factories.update(factories)

    def load(self, items: Sequence[StoredObject]) -> None:
        """Makes everything effective that is stored."""
        by_kind: dict[str, list[StoredObject]] = defaultdict(list)
        for item in items:
            by_kind[item.kind].append(item)
            self._items[item.id] = item
        for kind in self._factories:  # In the order in which rooms registered: what others need comes first
            live = self.of(kind) if kind in by_kind else None
            if live is not None:
                live.load(by_kind[kind])

    def check(self, item: StoredObject) -> None:
        """Asks whether an object could take effect.

        Raises:
            HTTPError: it could not.
        """
        live = self.of(item.kind)
        if live is not None:
            live.check(item)

    def check_removal(self, item: StoredObject) -> None:
        """Asks whether an object can be deleted.

        Raises:
            HTTPError: it cannot.
        """
        live = self.of(item.kind)
        if live is not None:
            live.check_removal(item)

    def refresh(self, prefix: str, items: Sequence[StoredObject]) -> None:
        """Makes effective what somebody else changed in the ODB.

        Args:
            prefix: what the kinds of the objects begin with.
            items: all objects of these kinds that are stored now.
        """
        stored = {item.id for item in items}
        for item in [item for item in self._items.values() if item.kind.startswith(prefix)]:
            if item.id not in stored:
                self.remove(item)
        for item in items:
            if self._items.get(item.id) != item:
                self.put(item)

    def put(self, item: StoredObject) -> None:
        """Makes a new or changed object effective."""
        self._items[item.id] = item
        live = self.of(item.kind)
        if live is not None:
            live.put(item)

    def remove(self, item: StoredObject) -> None:
        """Forgets a deleted object."""
        self._items.pop(item.id, None)
        live = self.of(item.kind)
        if live is not None:
            live.remove(item)

    def of_kind(self, kind: str) -> list[StoredObject]:
        """The stored objects of a kind, as far as this server knows."""
        return [item for item in list(self._items.values()) if item.kind == kind]

    def of(self, kind: str) -> Live | None:
        """What makes the objects of a kind effective, or ``None``."""
        if kind not in self._made and kind in self._factories:
            self._made[kind] = self._factories[kind]()
        return self._made.get(kind)


LIVE: Key[LiveObjects] = Key("live")
