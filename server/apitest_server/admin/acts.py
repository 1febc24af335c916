"""What users have done last, to be shown once and copied as steps; kept in memory, for a short while."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_hex

from apitest_server.admin.steps import Lookup, without_secrets

_KEPT = 500  # of all users together
_SIZE = 20_000_000  # characters of all of their fields and results together; a file that was uploaded is one of them


@dataclass(frozen=True, slots=True)
class Act:
    """A service that was called.

    Attributes:
        user: who has done it.
        service: its name.
        fields: its input.
        secrets: which of them are secret, next to those whose names tell.
        done: what to say of it.
        result: what the service has returned, where that is worth reading.
        cid: by which the log tells of it.
        lookups: of fields that hold other values where the act is done again.
    """

    user: str
    service: str
    fields: Mapping[str, object]
    secrets: frozenset[str] = frozenset()
    done: str = ""
    result: object = None
    cid: str = ""
    lookups: tuple[Lookup, ...] = ()


class Acts:
    """The last acts, by numbers that cannot be guessed."""

    def __init__(self) -> None:
        self._acts: OrderedDict[str, Act] = OrderedDict()
        self._sizes: dict[str, int] = {}

    def add(self, act: Act) -> str:
        """Keeps an act without its secrets; returns its number."""
        number = token_hex(8)
        fields = without_secrets(act.fields, act.secrets)
        self._acts[number] = replace(act, fields=fields)
        self._sizes[number] = len(json.dumps([fields, act.result], default=str))
        while len(self._acts) > _KEPT or (len(self._acts) > 1 and sum(self._sizes.values()) > _SIZE):
            oldest, _ = self._acts.popitem(last=False)
            del self._sizes[oldest]
        return number

    def get(self, number: str, user: str) -> Act | None:
        """An act of this user."""
        act = self._acts.get(number)
        return act if act is not None and act.user == user else None
