"""PURE  Letters that are longer than what a line carries at once: cut into parts, and put together again."""

_MOST_SENDERS = (
    1000  # Who has begun a letter and not ended it: a server that died meanwhile, or somebody who makes noise
)
_MOST_PARTS = 4096


def split(sender: str, number: int, letter: str, limit: int) -> list[str]:
    """The parts of a letter, each with what it takes to put them together.

    Args:
        sender: who sends it.
        number: of the letter, among those of the sender.
        letter: ASCII, without line breaks.
        limit: bytes that a part may have, a line break after it included.

    Raises:
        ValueError: the letter is longer than what anybody would put together.
    """
    room = limit - len(f"{sender} {number} {_MOST_PARTS} {_MOST_PARTS} ") - 1
    chunks = [letter[start : start + room] for start in range(0, len(letter), room)] or [""]
    if len(chunks) > _MOST_PARTS:
        raise ValueError(f"{len(letter)} bytes are too many to be sent to other servers; {_MOST_PARTS * room} may be")
    return [f"{sender} {number} {index} {len(chunks)} {chunk}" for index, chunk in enumerate(chunks)]


def sender_of(part: str) -> str:
    """Who has sent a part."""
    return part.partition(" ")[0]


class Joiner:
    """Puts letters together. The parts of one sender come in order, those of several in between each other."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, list[str]]] = {}

    def take(self, part: str) -> str | None:
        """The letter that this part completes, if it does; what makes no sense is left out."""
        try:
            sender, number, index, count, chunk = part.split(" ", 4)
            position, total = int(index), int(count)
        except ValueError:
            return None
        if not 0 <= position < total <= _MOST_PARTS:
            return None
        if total == 1:
            return chunk
        known, chunks = self._open.pop(sender, ("", []))
        if position == 0:
            chunks = []
        elif known != number or len(chunks) != position:
            return None
        chunks.append(chunk)
        if len(chunks) == total:
            return "".join(chunks)
        if len(self._open) >= _MOST_SENDERS:
            self._open.pop(next(iter(self._open)))
        self._open[sender] = number, chunks
        return None
