"""What users have done last, to be shown once and copied as steps; kept in memory, for a short while."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_hex

_KEPT = 500  # of all users together


@dataclass(frozen=True, slots=True)
class Act:
    """A service that was called.

    Attributes:
        user: who has done it.
        service: its name.
        fields: its input.
        secrets: which of them are secret.
        done: what to say of it.
        result: what the service has returned, where that is worth reading.
    """

    user: str
    service: str
    fields: Mapping[str, object]
    secrets: frozenset[str] = frozenset()
    done: str = ""
    result: object = None


class Acts:
    """The last acts, by numbers that cannot be guessed."""

    def __init__(self) -> None:
        self._acts: OrderedDict[str, Act] = OrderedDict()

    def add(self, act: Act) -> str:
        """Keeps an act without its secrets; returns its number."""
        number = token_hex(8)
        fields = {name: "" if name in act.secrets else value for name, value in act.fields.items()}
        self._acts[number] = replace(act, fields=fields)
        if len(self._acts) > _KEPT:
            self._acts.popitem(last=False)
        return number

    def get(self, number: str, user: str) -> Act | None:
        """An act of this user."""
        act = self._acts.get(number)
        return act if act is not None and act.user == user else None
