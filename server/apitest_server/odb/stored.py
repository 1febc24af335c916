"""PURE  An object of the ODB as the running server sees it: a security definition, a channel, a connection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _as_it_is(secret: str) -> str:
    return secret


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object.

    Attributes:
        id: unique in the ODB.
        kind: such as ``security.basic-auth``; services of the kind are called ``zato.<kind>.<verb>``.
        name: unique among those of its kind.
        fields: everything else, as JSON values.
        secrets: passwords and keys as they are stored, encrypted or hashed; they are never shown.
        opener: makes text of a stored secret.
    """

    id: int
    kind: str
    name: str
    fields: Mapping[str, Any]
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    opener: Callable[[str], str] = field(default=_as_it_is, repr=False, compare=False)

    def secret(self, name: str) -> str:
        """A secret: decrypted if it was encrypted, else its hash; empty where there is none.

        Raises:
            StartError: the server's key is not the one that it was encrypted with.
        """
        return self.opener(self.secrets.get(name, ""))
