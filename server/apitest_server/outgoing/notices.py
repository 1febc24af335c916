"""What the log tells of a remote end: that it is away, and that it is back, each once, however many have asked."""

from logging import getLogger

logger = getLogger("apitest.outgoing")


class Notices:
    """Those of one connection."""

    def __init__(self, title: str) -> None:
        """Takes what the connection is called in the log, with its name."""
        self._title = title
        self._was_lost = False
        self._is_away = False

    def lost(self) -> None:
        """What was connected is not any longer; whether it can be again, nobody knows yet."""
        self._was_lost = True

    def away(self, problem: object) -> None:
        """It cannot be connected to, and why."""
        if not self._is_away:
            self._is_away = self._was_lost = True
            logger.warning("%s cannot be used until further notice: %s", self._title, problem)

    def connected(self) -> None:
        """It is connected, for the first time or again."""
        if self._was_lost:
            logger.info("%s is connected again", self._title)
        self._is_away = self._was_lost = False
