"""PURE  Dictionaries whose keys are attributes as well: what ``self.request.input`` and ``ctx`` are."""

from typing import Any


class Attrs(dict[str, Any]):
    """A dictionary with attribute access; a key that is not there is an ``AttributeError`` that names it."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            known = ", ".join(sorted(map(str, self))) or "nothing"
            raise AttributeError(f"there is no `{name}`; there is {known}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(f"there is no `{name}`") from None


def attrs(value: Any) -> Any:
    """The value with each dictionary in it, however deep, made an :class:`Attrs`; lists are copied."""
    if isinstance(value, dict):
        return Attrs((key, attrs(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return [attrs(item) for item in value]
    return value


def plain(value: object) -> object:
    """The value with each dictionary in it, however deep, made a plain one: the reverse of ``attrs``."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


class Payload(Attrs):
    """What a service with a declared output fills: attributes, keys, or ``payload[:] = rows`` for a list."""

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, slice):
            super().__setitem__(ROWS, list(value))
        else:
            super().__setitem__(key, value)

    def append(self, row: Any) -> None:
        """Adds one row to a response that is a list."""
        self.setdefault(ROWS, []).append(row)

    def plain(self) -> Any:
        """The rows where there are any, else the dictionary itself."""
        return self.get(ROWS, self)


ROWS = "\x00rows"  # No field can have this name
