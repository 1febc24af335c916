"""PURE  Pings: when the next one has to be sent, and when so many were left unanswered that nobody is there."""


class KeepAlive:
    """The pings of one connection.

    Attributes:
        due: when the next one has to be sent, in seconds of a clock that is never set.
        unanswered: how many in a row were not answered.
    """

    __slots__ = ("_interval", "_most", "due", "unanswered")

    def __init__(self, interval: float, most: int, now: float) -> None:
        """Takes the seconds between two pings, how many may be left without an answer, and what time it is."""
        self._interval = interval
        self._most = most
        self.due = now + interval
        self.unanswered = 0

    def pong(self) -> None:
        """The other end is there."""
        self.unanswered = 0

    def tick(self, now: float, is_heard: bool = True) -> bool:
        """Whether a ping has to be sent now; ``is_heard`` is whether an answer to the last one would have been read."""
        if now < self.due or self.is_over:
            return False
        self.due = now + self._interval
        self.unanswered = self.unanswered + 1 if is_heard else 1
        return not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the other end is taken to be gone."""
        return self.unanswered > self._most
