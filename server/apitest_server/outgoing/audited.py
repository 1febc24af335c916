"""How what objects receive and send gets into the audit log; its room fills the key."""

from typing import Protocol

from apitest_server.components import Key

RECEIVED, SENT = "received", "sent"


class Recorder(Protocol):
    """Takes note of messages; any thread may call it, and does not wait."""

    def __call__(self, number: int, direction: str, cid: str, data: object, about: str = "") -> None:
        """An object has received or sent something.

        Args:
            number: the object's ID; nothing is noted of one that does not ask for it.
            direction: ``RECEIVED`` or ``SENT``.
            cid: of the call that it belongs to.
            data: what it was: text, bytes, or what JSON can hold.
            about: the service that was called, or where it was sent.
        """


def nobody(number: int, direction: str, cid: str, data: object, about: str = "") -> None:
    """Takes note of nothing."""


RECORDER: Key[Recorder] = Key("recorder of the audit log")
