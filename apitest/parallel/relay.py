"""The order in which results reach the reports: a scenario is never torn apart, and a feature as seldom as can be.

Several features run at a time, and one of them is shown as it goes on. What comes of the others waits: until their
feature is over, until the one that is shown is, or until it has waited for so long that a person would wonder.
"""

from collections.abc import Iterable

from apitest.events import Event, FeatureFinished, FeatureStarted, Listener

_PATIENCE = 1.0  # seconds


class Relay:
    """Passes on what workers tell.

    Args:
        emit: is told of each event, a feature's heading again where the stream comes back to it.
    """

    def __init__(self, emit: Listener) -> None:
        self._emit = emit
        self._shown = ""
        self._waiting: dict[str, list[Event]] = {}
        self._since: dict[str, float] = {}
        self._headings: dict[str, FeatureStarted] = {}

    def heading(self, event: FeatureStarted) -> None:
        """A feature began; several workers may tell of the same."""
        self._headings[event.uri] = event

    def add(self, uri: str, block: Iterable[Event], now: float) -> None:
        """A scenario of a feature is over: its events."""
        if self._shown in ("", uri):
            self._show(uri, block)
        else:
            self._waiting.setdefault(uri, []).extend(block)
            self._since.setdefault(uri, now)

    def finish(self, uri: str, event: FeatureFinished | None) -> None:
        """A feature is over; the event is None for one that has nothing to tell."""
        waiting = self._waiting.pop(uri, [])
        self._since.pop(uri, None)
        if waiting or event is not None:
            self._show(uri, [*waiting, *([event] if event is not None else [])])
        self._headings.pop(uri, None)
        if self._shown == uri:
            self._shown = ""
            self._promote()

    def tick(self, now: float) -> None:
        """Time goes by: what has waited for too long is told."""
        if self._since and now - min(self._since.values()) > _PATIENCE:
            self._promote()

    def flush(self) -> None:
        """Tells all that waits."""
        while self._waiting:
            self._promote()

    def _promote(self) -> None:
        """The feature whose results have waited for longest is shown from here on."""
        if self._since:
            uri = min(self._since, key=self._since.__getitem__)
            del self._since[uri]
            self._show(uri, self._waiting.pop(uri))

    def _show(self, uri: str, block: Iterable[Event]) -> None:
        if self._shown != uri:
            self._shown = uri
            if uri in self._headings:
                self._emit(self._headings[uri])
        for event in block:
            self._emit(event)
