"""PURE  A form, and what somebody else has made of its object since it was shown: nothing of either is lost."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from apitest_server.admin.forms import Choices
from apitest_server.admin.kinds import Field
from apitest_server.admin.words import plain, shown

SEEN = "_seen"  # Of the form; no field of an object begins with an underscore
CHANGED = "Somebody else has changed it meanwhile, so nothing was saved. Look at what is different, then save again"
GONE = (
    "Somebody else has deleted it meanwhile. What you typed is still here, but no passwords: create it anew, or cancel"
)


class Merged(NamedTuple):
    """A form that shows both versions.

    Attributes:
        values: what is in its fields.
        news: by field, what somebody else has done.
    """

    values: dict[str, object]
    news: dict[str, str]


class Told(NamedTuple):
    """What a form says of its object.

    Attributes:
        problem: why nothing was saved.
        seen: what it remembers; empty for what it has remembered when it was sent.
        news: by field, what somebody else has done.
    """

    problem: str = ""
    seen: str = ""
    news: Mapping[str, str] = MappingProxyType({})


def seen_text(fields: Iterable[Field], row: Mapping[str, object]) -> str:
    """What a form remembers of the object that it shows, without its secrets."""
    return json.dumps({name: row.get(name) for name in _open(fields)}, default=str)


def seen_of(text: str) -> dict[str, object]:
    """What a form has remembered; nothing where that cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def merged(
    fields: Iterable[Field],
    seen: Mapping[str, object],
    now: Mapping[str, object],
    typed: Mapping[str, object],
    choices: Choices,
) -> Merged:
    """What was typed where something was, else what somebody else has made of it.

    Args:
        fields: as the kind describes them.
        seen: the object as the form has shown it.
        now: as it is.
        typed: what is in the form.
        choices: of fields that refer to other objects: values and texts.
    """
    values, news = dict(typed), {}
    for name in _open(fields):
        was, present = plain(seen.get(name)), plain(now.get(name))
        mine = str(typed.get(name, was)).replace("\r\n", "\n")
        if present in (was, mine):
            continue
        texts = dict(choices.get(name, ()))
        if mine == was:
            values[name] = now.get(name)
            news[name] = f"Somebody else has changed it. It was: {texts.get(was) or shown(seen.get(name))}"
        else:
            news[name] = (
                f"Somebody else has made it: {texts.get(present) or shown(now.get(name))}. Yours is kept if you save."
            )
    return Merged(values, news)


def _open(fields: Iterable[Field]) -> list[str]:
    return [field["name"] for field in fields if not field["secret"]]
