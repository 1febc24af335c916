"""The reports of a run: each hears of every event; one that can be written no longer leaves the others alone."""

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from apitest.errors import ApitestError, UsageError, said
from apitest.events import Event, Failure, FileFailed, Listener, RunFinished, RunStarted
from apitest.progress import Progress
from apitest.report.written import refused


class _Open(NamedTuple):
    """A report that is open."""

    name: str
    path: Path | None
    manager: AbstractContextManager[Listener]
    listen: Listener
    watches: bool
    only: tuple[type[Event], ...]

    def hears(self, kind: type[Event]) -> bool:
        """Whether it is told of events of a kind."""
        return (kind in self.only if self.only else True) and (kind is not Progress or self.watches)


class Reports:
    """A listener for several; a context manager that completes each when the run is over.

    Attributes:
        failed: why reports could not be written to their end, an error each; what they had by then is kept.
    """

    def __init__(self) -> None:
        self.failed: list[UsageError] = []
        self._open: list[_Open] = []
        self._hearing: dict[type[Event], list[_Open]] = {}
        self._started = self._finished = False

    def open(
        self,
        name: str,
        path: Path | None,
        manager: AbstractContextManager[Listener],
        *,
        watches: bool = False,
        only: tuple[type[Event], ...] = (),
    ) -> None:
        """Opens one more report.

        Args:
            name: of its format, and
            path: the file or directory that it goes to, for errors.
            manager: yields what listens to the run, and completes the report when it is over.
            watches: it is told how far the run is.
            only: the events that it is told of; empty for all.

        Raises:
            UsageError: it cannot be written.
        """
        try:
            listen = manager.__enter__()
        except OSError as error:  # the file is there, and nothing can be written to it
            raise refused(name, path, error) from None
        self._open.append(_Open(name, path, manager, listen, watches, only))
        self._hearing = {}

    def __call__(self, event: Event) -> None:
        """Tells each report of an event."""
        kind = type(event)
        self._started |= kind is RunStarted
        self._finished |= kind is RunFinished
        hearing = self._hearing.get(kind)
        if hearing is None:  # which is found out once: an event is told of each step
            hearing = self._hearing[kind] = [report for report in self._open if report.hears(kind)]
        for report in hearing:
            try:
                report.listen(event)
            except OSError as error:
                self._leave(report, error)

    def _leave(self, report: _Open, error: OSError) -> None:
        self._open = [other for other in self._open if other is not report]
        self._hearing = {}
        self.failed.append(refused(report.name, report.path, error))
        with suppress(OSError):  # it would be the same one again
            report.manager.__exit__(type(error), error, error.__traceback__)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        expected = isinstance(error, ApitestError | KeyboardInterrupt)  # told by whoever started the run
        if error is not None and not self._finished and (self._started or not expected):
            self._tell_of_the_end(error)
        while self._open:
            report = self._open.pop(0)
            try:
                report.manager.__exit__(None, None, None)
            except OSError as problem:
                self.failed.append(refused(report.name, report.path, problem))

    def _tell_of_the_end(self, error: BaseException) -> None:
        """What ended a run that was not over stands in each report: none of them looks as if it had all."""
        kind = type(error).__name__
        found = Failure(kind, 2, ": ".join(filter(None, (kind, said(error)))))
        if isinstance(error, ApitestError):
            found = Failure.of(error)
        told = FileFailed("the run", found._replace(problem=f"The run did not come to its end: {found.problem}"))
        for report in [each for each in self._open if each.hears(FileFailed)]:
            with suppress(Exception):  # it may be the one that could not go on
                report.listen(told)
