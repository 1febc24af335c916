"""Letters between servers: sealed with their key and numbered, so that nobody else reads, makes or repeats one."""

from typing import Literal

import msgspec

from apitest_server.odb.key import SecretKey


class Letter(msgspec.Struct, frozen=True):
    """What one server tells others.

    Attributes:
        sender: the ID of its run.
        number: of the letter, among those of the sender; they begin with 1.
        subject: what it is about.
        data: the rest, which depends on that.
        to: the ID of the run that it is for; empty for all.
    """

    sender: str
    number: int
    subject: str
    data: msgspec.Raw
    to: str = ""

    def sealed(self, key: SecretKey) -> str:
        """What is sent."""
        return key.seal(msgspec.json.encode(self))


def opened(sealed: str, key: SecretKey) -> Letter | None:
    """The letter; ``None`` where it was made with another key, or is none."""
    content = key.unseal(sealed) if sealed.isascii() else None
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=Letter)
    except msgspec.DecodeError:
        return None


class Numbers:
    """Which letters of each sender have come."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def note(self, letter: Letter) -> Literal["next", "old", "gap"]:
        """Whether it is the next one of its sender, one that has come before, or others before it are missing.

        The first one of a sender is the next one, whatever its number.
        """
        last = self._last.get(letter.sender, letter.number - 1)
        if letter.number <= last:
            return "old"
        self._last[letter.sender] = letter.number
        return "next" if letter.number == last + 1 else "gap"
