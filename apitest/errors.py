"""What went wrong, where, and what to do: one tree of errors, one way to print them.

Every error that a user of apitest can cause or meet is an :class:`ApitestError`. Its parts are plain text, so that
it can cross a process boundary and be shown by any report. This module imports nothing.
"""


class ApitestError(Exception):
    """The root of all of apitest's errors; the process exits with its ``exit_status``.

    Attributes:
        problem: what is wrong, one sentence without a full stop at its end.
        where: the place, as ``file:line``, ``file:line:column`` or words ("path /a/b of the response").
        fix: what to do about it; more than one line is allowed.
        excerpt: the offending source line with a marker below it, ready to print; empty where there is none.
        expected, actual, diff: of a check, empty for other errors.
        needs: what an earlier step has to provide: ``#name`` for a variable, "response"; empty for anything else.
    """

    exit_status = 2
    needs = ""
    expected = actual = ""
    diff: tuple[str, ...] = ()
    problem = where = fix = excerpt = ""  # Of a project's own class that forgets to call what is below

    def __init__(self, problem: str, where: str = "", fix: str = "", excerpt: str = "") -> None:
        super().__init__(problem, where, fix, excerpt)
        self.problem = str(problem)
        self.where = where
        self.fix = fix
        self.excerpt = excerpt

    def lines(self) -> list[str]:
        """The parts as lines of text, the problem first; the only place that lays an error out."""
        lines = self.problem.splitlines() or [type(self).__name__]
        if self.where:
            lines.append(f"  where: {self.where}")
        lines.extend(f"  | {line}" for line in self.excerpt.splitlines())
        label = "  fix: "
        for line in self.fix.splitlines():
            lines.append(label + line)
            label = " " * len(label)
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())


def said(error: BaseException) -> str:
    """What an exception says, or why that is not known: the ``__str__`` of a project's own class may raise another."""
    try:
        return str(error)
    except Exception as wrong:
        return f"its text cannot be had, since {type(error).__name__}.__str__ raises {type(wrong).__name__}"


class UsageError(ApitestError):
    """The command line, the project or a file of it is at fault, not the system under test."""


class ProjectError(UsageError):
    """A project, its directory or its config.ini cannot be used."""


class FeatureFileError(UsageError):
    """A .feature file is missing or is not valid Gherkin."""


class UndefinedStep(UsageError):
    """No step has this sentence."""


class AmbiguousStep(UsageError):
    """Two steps of a project have one sentence."""


class UnknownValue(UsageError):
    """A ``$NAME``, ``#name``, ``@name`` or ``vault:path`` that nothing defines."""


class BadValue(UsageError):
    """A value in a step, table or request file does not have the required form."""


class MissingDependency(UsageError):
    """A driver that this step needs is not installed."""


class Unreachable(ApitestError):
    """The system under test cannot be reached: nothing was tested."""

    exit_status = 3


class TimedOut(Unreachable):
    """The system under test was reached but did not answer in time."""


class TLSFailed(Unreachable):
    """The TLS handshake with the system under test failed."""


class CheckFailed(ApitestError, AssertionError):
    """An assertion about the system under test does not hold.

    Attributes:
        expected: what was asked for, ready to show; empty where the problem says it all.
        actual: what came, likewise.
        diff: lines of a diff between two documents, each with its sign first; empty where there is none.
    """

    exit_status = 1

    def __init__(
        self,
        problem: str,
        where: str = "",
        fix: str = "",
        *,
        expected: str = "",
        actual: str = "",
        diff: tuple[str, ...] = (),
    ) -> None:
        super().__init__(problem, where, fix)
        self.args = (problem, where, fix)  # what it can be made from again, when it was pickled
        self.expected = expected
        self.actual = actual
        self.diff = diff

    def lines(self) -> list[str]:
        """As of any error, with what was expected, what came and the diff between the problem and the place."""
        head, *rest = super().lines()
        values = (("expected", self.expected), ("actual  ", self.actual))
        rest[:0] = [f"  {label}  {text}" for label, text in values if text]
        if self.diff:
            rest[:0] = [f"  {line}" for line in self.diff]
        return [head, *rest]


class SearchStopped(ApitestError, AssertionError):
    """The search for a regular expression took too long: whether the text matches is not known.

    It is not a failed check: what is not known neither holds nor fails to hold, whatever a sentence makes of it.
    """

    exit_status = 1


class ChecksNothing(CheckFailed):
    """A scenario came to its end without having checked anything, in a run where that counts as a failure."""
