"""``user.attr`` and ``session.attr`` in services, of what ``self.sso`` has found."""

from collections.abc import Callable, Sequence

from apitest_server.sso.asking import Asking
from apitest_server.sso.desk import Desk
from apitest_server.sso.given import Attribute, Given, Owner


class AttributesOf:
    """Attributes of one user, or of one session."""

    def __init__(self, desk: Desk, run: Callable[[Callable[[], object]], object], asking: Asking, owner: Owner) -> None:
        self._desk = desk
        self._run = run
        self._asking = asking
        self._owner = owner

    def create(self, name: str, value: object, expiration: float | None = None, encrypt: bool | None = None) -> object:
        """Adds an attribute."""
        return self._given(self._desk.attributes.create, [Attribute(name, value, expiration, encrypt)])

    def update(self, name: str, value: object, expiration: float | None = None, encrypt: bool | None = None) -> object:
        """Changes an attribute."""
        return self._given(self._desk.attributes.update, [Attribute(name, value, expiration, encrypt)])

    def set(self, name: str, value: object, expiration: float | None = None, encrypt: bool | None = None) -> object:
        """Adds an attribute, or changes it."""
        return self._given(self._desk.attributes.set, [Attribute(name, value, expiration, encrypt)])

    def create_many(
        self, data: Sequence[Given], expiration: float | None = None, encrypt: bool | None = None
    ) -> object:
        """Adds attributes, all or none."""
        return self._given(self._desk.attributes.create, _several(data, expiration, encrypt))

    def update_many(
        self, data: Sequence[Given], expiration: float | None = None, encrypt: bool | None = None
    ) -> object:
        """Changes attributes, all or none."""
        return self._given(self._desk.attributes.update, _several(data, expiration, encrypt))

    def set_many(self, data: Sequence[Given], expiration: float | None = None, encrypt: bool | None = None) -> object:
        """Adds attributes, or changes them."""
        return self._given(self._desk.attributes.set, _several(data, expiration, encrypt))

    def set_expiry(self, name: str, expiration: float) -> object:
        """Says for how many seconds an attribute goes on."""
        return self._given(self._desk.attributes.set_expiry, [Attribute(name, None, expiration)])

    def get(self, name: str, decrypt: bool = True) -> object:
        """An attribute, or ``None``."""
        return self._run(lambda: self._desk.attributes.get(self._asking, self._owner, [name], decrypt)[name])

    def get_many(self, data: Sequence[str], decrypt: bool = True) -> object:
        """Attributes by name, ``None`` for those that are not there."""
        return self._run(lambda: self._desk.attributes.get(self._asking, self._owner, data, decrypt))

    def exists(self, name: str) -> object:
        """Whether an attribute is there."""
        return self._run(lambda: name in self._desk.attributes.names(self._asking, self._owner))

    def exists_many(self, data: Sequence[str]) -> object:
        """Whether attributes are there, by name."""

        def there() -> dict[str, bool]:
            names = self._desk.attributes.names(self._asking, self._owner)
            return {name: name in names for name in data}

        return self._run(there)

    def names(self) -> object:
        """The names of all attributes."""
        return self._run(lambda: self._desk.attributes.names(self._asking, self._owner))

    def delete(self, name: str) -> object:
        """Deletes an attribute."""
        return self.delete_many([name])

    def delete_many(self, data: Sequence[str]) -> object:
        """Deletes attributes, all or none."""
        return self._run(lambda: self._desk.attributes.delete(self._asking, self._owner, data))

    def _given(self, do: Callable[[Asking, Owner, Sequence[Attribute]], None], attributes: list[Attribute]) -> object:
        return self._run(lambda: do(self._asking, self._owner, attributes))


def _several(data: Sequence[Given], expiration: float | None, encrypt: bool | None) -> list[Attribute]:
    return [
        Attribute(one["name"], one.get("value"), one.get("expiration", expiration), one.get("encrypt", encrypt))
        for one in data
    ]
