"""Objects of the ODB in the running server: the one way in which they take effect, at start and whenever they change.

A room registers for each kind of object what makes it effective. It is given as a function that returns it, so that a
kind without objects costs a start nothing: its modules are loaded with its first object.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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


class Follower(Protocol):
    """Is told of all objects, whatever their kind: at start, and whenever they change, here or on another server."""

    def put(self, item: StoredObject) -> None:
        """An object is there, or has changed."""

    def remove(self, item: StoredObject) -> None:
        """An object is gone."""


def _nobody(number: int) -> None:
    """Is told nothing: there are no others."""


class LiveObjects:
    """Kind -> what makes its objects effective. Objects of a kind that nothing was registered for are only stored.

    Attributes:
        changed: is told the ID of each object that was changed by this server.
        followers: are told of every object.
    """

    def __init__(self) -> None:
        self.changed: Callable[[int], None] = _nobody
        self.followers: list[Follower] = []
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
            self._follow(item)
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

    def refresh(self, items: Sequence[StoredObject], is_meant: Callable[[StoredObject], bool]) -> None:
        """Makes effective what somebody else changed in the ODB; what cannot take effect is logged.

        Args:
            items: the objects that are meant, as they are stored now.
            is_meant: whether an object would be among them, if it were still there.
        """
        stored = {item.id for item in items}
        gone = [item for item in self._items.values() if is_meant(item) and item.id not in stored]
        new = [item for item in items if self._items.get(item.id) != item]
        # What needs others goes before them, and comes after them; what goes leaves its name to what comes.
        for item in self._in_order(gone)[::-1]:
            self._tried(self._drop, item)
        failed = [(item, error) for item in self._in_order(new) if (error := self._problem(item)) is not None]
        for item, _ in failed:  # Two that have taken each other's names: first neither is there
            self._tried(self._drop, item)
        for item, _ in failed:
            self._tried(self._take, item)

    def knows(self, item: StoredObject) -> bool:
        """Whether an object is in effect here as it is stored."""
        return self._items.get(item.id) == item

    def catch_up(self, item: StoredObject) -> None:
        """Makes effective what another server has changed, and will tell of in a moment.

        Raises:
            HTTPError: it cannot take effect now; what is told takes care of it.
        """
        before = self._items.get(item.id)
        try:
            self._take(item)
        except (HTTPError, ServerError):
            self._items.pop(item.id)
            if before is not None:
                self._items[item.id] = before
            raise

    def put(self, item: StoredObject) -> None:
        """Makes a new or changed object effective, here and, soon, on the other servers of the ODB."""
        self._take(item)
        self.changed(item.id)

    def remove(self, item: StoredObject) -> None:
        """Forgets a deleted object, here and, soon, on the other servers of the ODB."""
        self._drop(item)
        self.changed(item.id)

    def of_kind(self, kind: str) -> list[StoredObject]:
        """The stored objects of a kind, as far as this server knows."""
        return [item for item in list(self._items.values()) if item.kind == kind]

    def of(self, kind: str) -> Live | None:
        """What makes the objects of a kind effective, or ``None``."""
        if kind not in self._made and kind in self._factories:
            self._made[kind] = self._factories[kind]()
        return self._made.get(kind)

    def _take(self, item: StoredObject) -> None:
        self._items[item.id] = item
        self._follow(item)
        live = self.of(item.kind)
        if live is not None:
            live.put(item)

    def _drop(self, item: StoredObject) -> None:
        self._items.pop(item.id, None)
        for follower in self.followers:
            follower.remove(item)
        live = self.of(item.kind)
        if live is not None:
            live.remove(item)

    def _follow(self, item: StoredObject) -> None:
        for follower in self.followers:
            follower.put(item)

    def _in_order(self, items: Iterable[StoredObject]) -> list[StoredObject]:
        """Those that others need in front: in the order in which rooms have registered their kinds."""
        place = {kind: number for number, kind in enumerate(self._factories)}
        return sorted(items, key=lambda item: (place.get(item.kind, len(place)), item.id))

    def _problem(self, item: StoredObject) -> Exception | None:
        try:
            self._take(item)
        except (HTTPError, ServerError) as error:
            return error
        return None

    def _tried(self, act: Callable[[StoredObject], None], item: StoredObject) -> None:
        try:
            act(item)
        except (HTTPError, ServerError) as error:
            logger.error("%s `%s` (ID %d) cannot be used: %s", item.kind, item.name, item.id, error)


LIVE: Key[LiveObjects] = Key("live")
