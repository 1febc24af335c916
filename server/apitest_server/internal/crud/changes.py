"""Objects of one type, changed in the ODB and in the running server as one act, and looked up."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from apitest_server.errors import BadRequest
from apitest_server.internal.crud.act import together
from apitest_server.internal.crud.object_type import ObjectType
from apitest_server.internal.crud.paging import Page
from apitest_server.odb import DATABASE, ODB, StoredObject
from apitest_server.odb.rows import Objects, Query
from apitest_server.service.base import Server


class Changes:
    """The objects of a type in a server."""

    def __init__(self, server: Server, object_type: ObjectType) -> None:
        self.server = server
        self.type = object_type
        self.odb: ODB = server.components[DATABASE]

    def create(self, given: Mapping[str, object]) -> StoredObject:
        """Stores a new object and makes it effective.

        Raises:
            HTTPError: something speaks against it.
        """
        with together(self.server) as act:
            return act.create(self.type, given)

    def edit(self, number: int, given: Mapping[str, object]) -> StoredObject:
        """Changes those fields of an object that are given, and what depends on it.

        Args:
            number: its ID.
            given: the fields; ``expected`` are those that the caller has seen, as it has seen them.

        Raises:
            Conflict: one of those that are expected is something else by now; nothing is changed.
            HTTPError: there is no such object, or something speaks against it.
        """
        self._refuse_declared(number)
        with together(self.server) as act:
            item = act.edit(self.type, number, given)
            self.type.after_edit(act, number)
            return item

    def delete(self, number: int) -> StoredObject:
        """Deletes an object, and what is nothing without it.

        Raises:
            HTTPError: there is no such object, or others need it.
        """
        self._refuse_declared(number)
        with together(self.server) as act:
            self.type.before_delete(act, number)
            return act.delete(self.type, number)

    def stored(self, number: int) -> StoredObject:
        """An object of the ODB.

        Raises:
            NotFound: there is none.
        """
        with self._reading() as objects:
            return objects.get((self.type.name,), self.type.title, number)

    def row(self, number: int) -> dict[str, object]:
        """An object as services return it, by its ID.

        Raises:
            NotFound: there is none.
        """
        for row in self._declared() if number < 0 else ():
            if row["id"] == number:
                return row
        return self._row(self.stored(number))

    def row_by_name(self, name: str, equal: Mapping[str, str | int | bool]) -> dict[str, object]:
        """An object as services return it, by its name and by fields that it must have.

        Raises:
            NotFound: there is none.
        """
        for row in self._declared():
            if row["name"] == name and self._fits(row, (), equal):
                return row
        with self._reading() as objects:
            return self._row(objects.by_name((self.type.name,), self.type.title, name, equal))

    def rows(
        self, page: Page, words: Sequence[str], equal: Mapping[str, str | int | bool]
    ) -> tuple[list[dict[str, object]], int]:
        """A page of the objects by name, those of server.conf in front, and how many there are on all pages."""
        declared = [row for row in self._declared() if self._fits(row, words, equal)]
        first = list(page.cut(declared))
        offset = max(0, page.start - len(declared))
        limit = None if page.size is None else page.size - len(first)
        with self._reading() as objects:
            found, total = objects.page(Query((self.type.name,), tuple(words), equal, offset, limit))
        return first + [self._row(item) for item in found], total + len(declared)

    def _row(self, item: StoredObject) -> dict[str, object]:
        row = self.type.row(item.id, item.name, item.fields)
        return row if self.type.declared is None else {**row, "is_declared": False}

    def _declared(self) -> list[dict[str, object]]:
        if self.type.declared is None:
            return []
        rows = self.type.declared(self.server)
        shown = ({**self.type.row(row["id"], row["name"], row), "is_declared": True} for row in rows)
        return sorted(shown, key=lambda row: str(row["name"]).casefold())

    def _fits(self, row: Mapping[str, object], words: Sequence[str], equal: Mapping[str, str | int | bool]) -> bool:
        names = ("name", *(field.name for field in self.type.shown if field.searched))
        text = "\n".join(str(row[name]) for name in names).casefold()
        return all(word.casefold() in text for word in words) and all(row[key] == equal[key] for key in equal)

    def _refuse_declared(self, number: int) -> None:
        if number < 0 and self.type.declared is not None:
            name = self.row(number)["name"]
            fix = "cannot be changed" if self.type.is_built_in else "can only be changed there"
            raise BadRequest(f"{self.type.title} `{name}` {self.type.origin} and {fix}")

    @contextmanager
    def _reading(self) -> Iterator[Objects]:
        with self.odb.reading() as session:
            yield Objects(session, self.odb.key.open)


def find(server: Server, object_type: ObjectType, number: int) -> StoredObject:
    """The object of a type with an ID, for services of the type that do more than change it.

    Raises:
        NotFound: there is none.
    """
    return Changes(server, object_type).stored(number)
