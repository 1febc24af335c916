"""Objects in the ODB: added, changed, deleted, found and listed within a session."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, false, func, select
from sqlalchemy.orm import Session

from apitest_server.errors import BadRequest, NotFound
from apitest_server.odb.models import Object, Reference
from apitest_server.odb.stored import StoredObject
from apitest_server.odb.titles import within

_LARGEST = 2**31 - 1  # What an INTEGER of PostgreSQL can hold


def searchable(text: str) -> str:
    """A text as it is searched: in small letters, and without NUL, which PostgreSQL does not take."""
    return text.casefold().replace("\0", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """What to store of an object.

    Attributes:
        kind: its kind.
        title: the kind in words, for errors.
        space: in which its name has to be unique.
        name: its name.
        fields: the other fields.
        secrets: encrypted or hashed.
        searched: the texts that a search looks at, next to the name.
        unique: names of fields that no other object of the kind may have the same value in.
        references: field -> ID of the object that it needs, and the kinds that it may be of.
    """

    kind: str
    title: str
    space: str
    name: str
    fields: Mapping[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict)
    searched: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    references: Mapping[str, tuple[int, Collection[str]]] = field(default_factory=dict)

    @property
    def search(self) -> str:
        """What a search looks at; the name is in front."""
        return searchable("\n".join((self.name, *self.searched)))


@dataclass(frozen=True, slots=True)
class Query:
    """Which objects to list.

    Attributes:
        kinds: their kinds.
        words: all of them have to be found in what a search looks at.
        equal: field -> the value that it must have.
        offset: how many to leave out.
        limit: how many at most; ``None`` for all.
    """

    kinds: Collection[str]
    words: tuple[str, ...] = ()
    equal: Mapping[str, str | int | bool] = field(default_factory=dict)
    offset: int = 0
    limit: int | None = None


class Objects:
    """The objects as one session sees them."""

    def __init__(self, session: Session, opener: Callable[[str], str]) -> None:
        """Takes the session, and what makes text of stored secrets."""
        self.session = session
        self.opener = opener

    def add(self, draft: Draft) -> StoredObject:
        """Adds an object.

        Raises:
            BadRequest: its name or a unique field is taken, or a reference leads nowhere.
        """
        row = Object()
        self._fill(row, draft)
        self.session.add(row)
        self._refer(row, draft)
        return self._stored(row)

    def change(self, number: int, draft: Draft) -> StoredObject:
        """Puts a draft in the place of an object.

        Raises:
            NotFound: there is none of this ID and kind.
            BadRequest: its name or a unique field is taken, or a reference leads nowhere.
        """
        row = self._row((draft.kind,), draft.title, _is(number), f"ID {number}")
        self._fill(row, draft)
        self.session.execute(delete(Reference).where(Reference.object_id == number))
        self._refer(row, draft)
        return self._stored(row)

    def remove(self, kind: str, title: str, number: int) -> StoredObject:
        """Deletes an object and returns it.

        Raises:
            NotFound: there is none of this ID and kind.
            BadRequest: others need it; they are named.
        """
        row = self._row((kind,), title, _is(number), f"ID {number}")
        needing = select(Object.name).join(Reference, Reference.object_id == Object.id)
        names = self.session.scalars(needing.where(Reference.target_id == number).order_by(Object.name).limit(5)).all()
        if names:
            raise BadRequest(f"{title} `{row.name}` cannot be deleted, it is used by: {', '.join(names)}")
        stored = self._stored(row)
        self.session.delete(row)
        self.session.flush()
        return stored

    def needing(self, kind: str, number: int) -> list[StoredObject]:
        """The objects of a kind that need an object."""
        needing = select(Reference.object_id).where(Reference.target_id == number)
        found = select(Object).where(Object.kind == kind, Object.id.in_(needing)).order_by(Object.id)
        return [self._stored(row) for row in self.session.scalars(found)]

    def needed(self, number: int) -> list[StoredObject]:
        """The objects that an object needs."""
        targets = select(Reference.target_id).where(Reference.object_id == number)
        found = select(Object).where(Object.id.in_(targets)).order_by(Object.id)
        return [self._stored(row) for row in self.session.scalars(found)]

    def discard(self, numbers: Iterable[int]) -> None:
        """Deletes objects that nothing can refer to; those that are gone already are left out."""
        self.session.execute(delete(Object).where(Object.id.in_(list(numbers))))

    def get(self, kinds: Collection[str], title: str, number: int) -> StoredObject:
        """An object by its ID.

        Raises:
            NotFound: there is none of this ID and these kinds.
        """
        return self._stored(self._row(kinds, title, _is(number), f"ID {number}"))

    def find(self, number: int) -> StoredObject | None:
        """An object of whatever kind by its ID; ``None`` where there is none."""
        row = self.session.scalar(select(Object).where(_is(number)))
        return None if row is None else self._stored(row)

    def kind(self, number: int) -> str:
        """The kind of an object, by its ID; empty where there is none."""
        return self.session.scalar(select(Object.kind).where(_is(number))) or ""

    def by_name(
        self, kinds: Collection[str], title: str, name: str, equal: Mapping[str, str | int | bool] | None = None
    ) -> StoredObject:
        """An object by its name, and by the values of fields; of several in different spaces the oldest.

        Raises:
            NotFound: there is none of this name, these kinds and values.
        """
        fits = and_(Object.name == name, *(_equals(*each) for each in (equal or {}).items()))
        return self._stored(self._row(kinds, title, fits, f"name `{name}`"))

    def page(self, query: Query) -> tuple[list[StoredObject], int]:
        """The objects that a query asks for, by name, and how many there are without its limit."""
        chosen = _chosen(query)
        total = self.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        ordered = chosen.order_by(Object.search, Object.id).offset(query.offset)
        rows = self.session.scalars(ordered if query.limit is None else ordered.limit(query.limit))
        return [self._stored(row) for row in rows], total

    def _fill(self, row: Object, draft: Draft) -> None:
        # Not a flush by the way: the row is incomplete while it is looked up whether its name is taken.
        with self.session.no_autoflush:
            own = row.id or 0
            taken = select(Object.kind).where(Object.space == draft.space, Object.name == draft.name, Object.id != own)
            other = self.session.scalar(taken)
            if other is not None:
                what = draft.title if other == draft.kind else f"An object of the kind {other} that is called"
                raise BadRequest(f"{what} `{draft.name}` exists already")
            for name in draft.unique:
                self._must_be_unique(own, draft, name)
        row.kind, row.space, row.name, row.search = draft.kind, draft.space, draft.name, draft.search
        row.fields, row.secrets = dict(draft.fields), dict(draft.secrets)

    def _must_be_unique(self, own: int, draft: Draft, name: str) -> None:
        same = _equals(name, draft.fields[name])
        taken = select(Object.name).where(Object.kind == draft.kind, same, Object.id != own)
        other = self.session.scalar(taken.limit(1))
        if other is not None:
            raise BadRequest(
                f"Input field `{name}` is the same as that of {within(draft.title)} `{other}`; it must be unique"
            )

    def _refer(self, row: Object, draft: Draft) -> None:
        self.session.flush()
        for name, (target, kinds) in draft.references.items():
            found = self.session.get(Object, target)
            if found is None or found.kind not in kinds:
                raise BadRequest(f"Input field `{name}`: there is no object of a fitting kind with ID {target}")
            self.session.add(Reference(object_id=row.id, field=name, target_id=target))
        self.session.flush()

    def _row(self, kinds: Collection[str], title: str, condition: ColumnElement[bool], words: str) -> Object:
        found = select(Object).where(Object.kind.in_(kinds), condition).order_by(Object.id).limit(1)
        row = self.session.scalar(found)
        if row is None:
            raise NotFound(f"There is no {within(title)} with {words}")
        return row

    def _stored(self, row: Object) -> StoredObject:
        return StoredObject(row.id, row.kind, row.name, dict(row.fields), dict(row.secrets), self.opener)


def _is(number: int) -> ColumnElement[bool]:
    """Whether an object has this ID; a number that no database can hold is the ID of none."""
    return Object.id == number if 0 <= number <= _LARGEST else false()


def _chosen(query: Query) -> Select[Object]:
    chosen = select(Object).where(Object.kind.in_(query.kinds))
    for word in query.words:
        chosen = chosen.where(Object.search.contains(searchable(word), autoescape=True))
    for name, value in query.equal.items():
        chosen = chosen.where(_equals(name, value))
    return chosen


def _equals(name: str, value: str | int | bool) -> ColumnElement[bool]:
    """Of a field in JSON, read as what the value is: databases tell types apart."""
    column = Object.fields[name]
    if isinstance(value, bool):
        return column.as_boolean().is_(value)  # type: ignore[no-any-return]  # an index of JSON is untyped
    typed = column.as_integer() if isinstance(value, int) else column.as_string()
    return typed.__eq__(value)  # type: ignore[no-any-return]  # the same
