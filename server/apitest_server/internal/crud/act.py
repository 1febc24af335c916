"""Changes of objects that belong together: stored in one transaction, and then made effective in the running server."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from apitest_server.errors import Conflict
from apitest_server.internal.crud.drafts import draft
from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.odb import DATABASE, StoredObject
from apitest_server.odb.live import LIVE
from apitest_server.odb.rows import Objects
from apitest_server.service.base import Server


class Act:
    """One or more changes; all of them take place, or none.

    Attributes:
        server: where the changes take effect.
        objects: those of the ODB, as the act has left them so far.
        effects: what makes the changes effective, in order.
    """

    def __init__(self, server: Server, objects: Objects) -> None:
        self.objects = objects
        self.effects: list[Callable[[], None]] = []
        self.server = server
        self._odb = server.components[DATABASE]
        self._live = server.components[LIVE]
        self._looked_at: set[int] = set()  # IDs: objects of this act, and what they need

    def create(self, object_type: ObjectType, given: Mapping[str, object]) -> StoredObject:
        """Stores a new object.

        Raises:
            HTTPError: something speaks against it.
        """
        self._meet(object_type, given)
        return self._stored(self.objects.add(draft(object_type, self.server, self._odb, given)))

    def edit(self, object_type: ObjectType, number: int, given: Mapping[str, object]) -> StoredObject:
        """Changes those fields of an object that are given; ``expected`` are those that the caller has seen.

        Raises:
            Conflict: one of those that are expected is something else by now.
            HTTPError: there is no such object, or something speaks against it.
        """
        old = self.objects.get((object_type.name,), object_type.title, number)
        _must_be(object_type, old, _mapping(given.get("expected")))
        self._meet(object_type, given)
        return self._stored(self.objects.change(number, draft(object_type, self.server, self._odb, given, old)))

    def delete(self, object_type: ObjectType, number: int) -> StoredObject:
        """Deletes an object.

        Raises:
            HTTPError: there is no such object, or others need it.
        """
        item = self.objects.remove(object_type.name, object_type.title, number)
        self._live.check_removal(item)
        self.effects.append(partial(self._live.remove, item))
        return item

    def _meet(self, object_type: ObjectType, given: Mapping[str, object]) -> None:
        """What an object is to refer to is in effect here before ``validate`` looks for it."""
        for number in (given.get(field.name) for field in object_type.given if field.refers_to):
            found = self.objects.find(number) if isinstance(number, int) and number not in self._looked_at else None
            if found is not None and not self._live.knows(found):
                self._catch_up(found.id)
                self._live.catch_up(found)

    def _stored(self, item: StoredObject) -> StoredObject:
        self._catch_up(item.id)
        self._live.check(item)
        self.effects.append(partial(self._live.put, item))
        return item

    def _catch_up(self, number: int) -> None:
        """What an object needs is in effect here before it is, also where another server has just made it."""
        self._looked_at.add(number)
        for needed in self.objects.needed(number):
            if needed.id not in self._looked_at and not self._live.knows(needed):
                self._catch_up(needed.id)
                self._live.catch_up(needed)


@contextmanager
def together(server: Server) -> Iterator[Act]:
    """An act: what is done in it is stored at its end, and takes effect then; after an error nothing is."""
    odb = server.components[DATABASE]
    with odb.changing:
        with odb.writing() as session:
            act = Act(server, Objects(session, odb.key.open))
            yield act
        for effect in act.effects:
            effect()


def _must_be(object_type: ObjectType, item: StoredObject, expected: Mapping[str, object]) -> None:
    row = object_type.row(item.id, item.name, item.fields)
    shown = {
        "name": item.name,
        **{field.name: field.element.serialize(row[field.name]) for field in object_type.shown},
    }
    changed = [name for name, value in shown.items() if name in expected and _json(expected[name]) != _json(value)]
    if changed:
        raise Conflict(f"{object_type.title} `{item.name}` was changed meanwhile: {', '.join(changed)}")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}  # Not given


def _json(value: object) -> str:
    """A value as it goes over the wire, where lists and tuples are the same."""
    return json.dumps(value, sort_keys=True, default=str)
