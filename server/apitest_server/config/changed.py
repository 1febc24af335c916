"""PURE  What of server.conf is another one than before, as ``section.key``, and what a running server can follow."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import NamedTuple

from apitest_server.config.model import Config

APPLICABLE = ("limits.request_timeout", "logging.level")


class Changes(NamedTuple):
    """Names of settings; their values may be secrets.

    Attributes:
        applied: those that are in effect.
        needs_restart: those that will be when the server is started again.
    """

    applied: list[str]
    needs_restart: list[str]


def changes(before: Config, after: Config) -> Changes:
    """What differs; what the command line has set, whatever the file says, does not."""
    names = [name for name in _differing(before, after) if name not in before.overridden]
    return Changes([name for name in names if name in APPLICABLE], [name for name in names if name not in APPLICABLE])


def _differing(before: object, after: object, prefix: str = "") -> Iterator[str]:
    for field in fields(before):  # type: ignore[arg-type]  # a dataclass, as all of it is
        old, new, name = getattr(before, field.name), getattr(after, field.name), f"{prefix}{field.name}"
        if old == new or name in ("directory", "overridden"):
            continue
        if is_dataclass(old):
            yield from _differing(old, new, f"{name}.")
        else:
            yield from _of_several(name, old, new)


def _of_several(name: str, old: object, new: object) -> Iterator[str]:
    """Channels and definitions by their names, modules by theirs."""
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        yield name
        return
    yield from (f"{name}.{each}" for each in sorted({*before, *after}) if before.get(each) != after.get(each))


def _by_name(value: object) -> dict[str, object] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, tuple) and all(is_dataclass(each) for each in value):
        return {each.name: each for each in value}
    return None
