"""Dictionaries whose items are attributes, too, as the package bunch has them."""

from collections.abc import Mapping
from typing import Any


class Bunch(dict[str, Any]):
    """A dictionary whose items can be read, set and deleted as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __repr__(self) -> str:
        return f"Bunch({', '.join(f'{name}={self[name]!r}' for name in sorted(self, key=str))})"

    def copy(self) -> "Bunch":
        """A bunch with the same items."""
        return Bunch(self)

    def toDict(self) -> dict[str, Any]:  # noqa: N802 - the name that projects call
        """The items as plain dictionaries, at every depth."""
        plain: dict[str, Any] = unbunchify(self)
        return plain

    @classmethod
    def fromDict(cls, items: Mapping[str, Any]) -> "Bunch":  # noqa: N802 - the name that projects call
        """Bunches of dictionaries, at every depth."""
        made: Bunch = bunchify(items)
        return made


def bunchify(value: Any) -> Any:
    """The same value with a Bunch for each mapping in it, within lists and tuples, too."""
    if isinstance(value, Mapping):
        return Bunch({key: bunchify(item) for key, item in value.items()})
    return type(value)(map(bunchify, value)) if type(value) in (list, tuple) else value


def unbunchify(value: Any) -> Any:
    """The same value with a plain dictionary for each mapping in it."""
    if isinstance(value, Mapping):
        return {key: unbunchify(item) for key, item in value.items()}
    return type(value)(map(unbunchify, value)) if type(value) in (list, tuple) else value
