"""Feature files, parsed one at a time when their turn comes, so that memory does not grow with their number."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from behave.model import Feature, Step
from behave.model_core import BasicStatement
from behave.model_type import FileLocation, Status
from behave.parser import Parser, ParserError, State
from behave.runner_util import FeatureScenarioLocationCollector2

from apitest.errors import ApitestError, FeatureFileError
from apitest.expressions import expression
from apitest.runner import gherkin_errors, model, outlines, overlooked
from apitest.runner.model import Place
from apitest.runner.overlooked import IsStep, Overlooked

Parsed = model.Feature | tuple[str, ApitestError]
"""A file's feature; or its name and why it cannot be parsed."""


class Reader(NamedTuple):
    """How feature files are read.

    Attributes:
        language: of their keywords, unless they say otherwise.
        is_step: tells steps from ordinary text.
        lenient: is told of what would never run, instead of an error; None where it is one.
    """

    language: str | None
    is_step: IsStep
    lenient: Callable[[str], None] | None = None

    def object(self, problem: str, where: str, fix: str, excerpt: str = "") -> None:
        """Something would never run.

        Raises:
            FeatureFileError: this is so, unless the reader is lenient.
        """
        if self.lenient is None:
            raise FeatureFileError(problem, where, fix, excerpt)
        self.lenient(f"{where}: {problem}. {fix}")


class LeanStep(Step):  # type: ignore[misc]  # behave ships no types
    """A behave step that holds captured output only if there is some.

    Args:
        filename: relative to the current directory, if it can be.
    """

    filename: str | None = None  # as fields, and not read from the location each time
    line = 0
    # What a step has that did not run yet; a run sets its own.
    text = table = exception = exc_traceback = error_message = None
    status = Status.untested
    hook_failed = False
    duration = 0

    def __init__(self, filename: str, line: int, keyword: str, step_type: str, name: str) -> None:
        self.filename, self.line = filename, line
        self.keyword, self.name, self.step_type = keyword, name, step_type

    def reset(self) -> None:
        """Back to the state before the run."""
        fields = self.__dict__
        if "status" not in fields:  # it never ran
            return
        if "_captured" in fields:
            self._captured.reset()
        for name in _OF_A_RUN.intersection(fields):
            del fields[name]

    def __getattr__(self, name: str) -> object:
        if name in ("_captured", "_capture_sink"):
            blank = BasicStatement("", 0, "", "")
            self._captured, self._capture_sink = blank._captured, blank._capture_sink
        elif name == "location":
            self.location = FileLocation(self.filename, self.line)
        else:
            raise AttributeError(name)
        return self.__dict__[name]


_HEADING = expression(r"[^\s:*]+:")  # no step's keyword ends with a colon
_KEPT = 1_000  # lines of which it is known what they are
_NO_STEPS = "#\"'|@"  # first characters of what is certainly none
_OF_A_RUN = frozenset(("exception", "exc_traceback", "error_message", "status", "hook_failed", "duration"))


class LeanParser(Parser):  # type: ignore[misc]  # behave ships no types
    """Behave's parser, making lean steps; a keyword's look-up is kept for the first word of a line.

    What behave's own swallows is an error: a doc string without end and with it the rest of the file, the last
    character of a row without its closing bar, examples without a table.
    """

    last_step_type: str | None
    filename: str | None
    _relative: tuple[str | None, str] | None = None  # the name of the file, and as behave shows it

    def parse(self, text: str, filename: str | None = None) -> Feature | None:
        """The feature in a text; None if there is none."""
        feature = super().parse(text, filename)
        if self.state is State.MULTILINE_TEXT:
            raise ParserError("OPEN DOC STRING", self.multiline_start, filename)
        for rule in (feature, *feature.rules) if feature else ():
            for outline in rule.scenarios:
                for examples in getattr(outline, "examples", ()):
                    if examples.table is None:
                        raise ParserError("EXAMPLES WITHOUT A TABLE", examples.line, filename)
        return feature

    def action(self, line: str) -> None:
        """Takes a line; most are steps below others, which this finds out at once."""
        if self.state is State.STEPS:
            bare = line.strip()
            if _may_be_step(bare) and (step := self.parse_step(bare)):
                self.statement.steps.append(step)
                return
        super().action(line)

    def action_multiline_text(self, line: str) -> object:
        """Takes a line of a doc string: a step or a heading outside of its margin belongs to what is below it."""
        try:
            return super().action_multiline_text(line)
        except ParserError:
            first = line.split()[0]
            heading = ":" in line and self.subaction_detect_taggable_statement(line.strip())
            if heading or _keyword(self.language or "en", first + " "):
                raise ParserError("OPEN DOC STRING", self.multiline_start, self.filename) from None
            raise

    def action_table(self, line: str) -> object:
        """Takes a row of a table, or the line after the last one."""
        row = line.strip()
        if row.startswith("|") and not (row.endswith("|") and len(row) > 1):
            raise ParserError("OPEN ROW of a table", self.line, self.filename)
        return super().action_table(line)

    def parse_step(self, line: str) -> object:
        """The step in this line, or None if it starts with no step keyword."""
        found = _parted(self.language or "en", line)
        if found is None or found[1] in ("and", "but") or found[0] == "*":
            # What needs more thought (a step's type taken over, a keyword without a space) is behave's own matter.
            if found is None or not self.last_step_type or found[0] == "*":
                return super().parse_step(line)
            step_type = self.last_step_type
        else:
            step_type = self.last_step_type = found[1]
        if self._relative is None or self._relative[0] != self.filename:
            self._relative = self.filename, BasicStatement(self.filename, 0, "", "").location.filename
        return LeanStep(self._relative[1], self.line, found[0], step_type, found[2])


# Many scenarios have the same steps.
@lru_cache(maxsize=_KEPT)
def _may_be_step(line: str) -> bool:
    return line[0] not in _NO_STEPS and not _HEADING.match(line)


@lru_cache(maxsize=_KEPT)
def _parted(language: str, line: str) -> tuple[str, str, str] | None:
    """A step's keyword, its type and its text; None where it takes more than the first word to tell."""
    found = _keyword(language, line.split(" ", 1)[0] + " ")
    return found and (found[0].rstrip(), found[1], line[len(found[0]) :].strip())


@lru_cache(maxsize=256)
def _keyword(language: str, word: str) -> tuple[str, str] | None:
    """The keyword that is this word, and its step type; None where it takes more than a word to tell."""
    from behave.i18n import languages

    known = languages[language]
    for step_type in ("given", "when", "then", "and", "but"):
        for keyword in known[step_type]:
            if word.lower().startswith(keyword.lower()):
                return (keyword, step_type) if len(keyword) == len(word) else None
            if keyword.lower().startswith(word.lower()):  # one of several words
                return None
    return None


def shown(path: str) -> str:
    """A relative path for people to read: an absolute one where it leads out of the current directory."""
    return os.path.abspath(path) if path.startswith(os.pardir) else path


def read(filename: str, places: Iterable[Place], reader: Reader) -> Parsed | None:
    """A file's feature, the scenarios outside the places asked for marked as skipped; or its name and its error.

    None for a file without a feature where that is not an error.
    """
    try:
        text = _text(filename)
        feature = _complete(text, filename, reader)
        return feature and selected(feature, places, len(text.splitlines()), reader)
    except ApitestError as error:
        return relative(filename), error


def by_file(places: list[Place]) -> Iterator[tuple[str, list[Place]]]:
    """The places of each file; a file comes again where others stand between its places."""
    for filename, group in groupby(places, key=lambda place: place.filename):
        yield filename, list(group)


def features(places: list[Place], reader: Reader) -> Iterator[Parsed]:
    """What is in each file of the places."""
    for filename, group in by_file(places):
        parsed = read(filename, group, reader)
        if parsed is not None:
            yield parsed


def _complete(text: str, filename: str, reader: Reader) -> Feature | None:
    """The feature in a file; None for a file without one.

    Raises:
        FeatureFileError: the file is not valid Gherkin, or has something in it that would never run.
    """
    feature = _parsed(text, filename, reader.language)
    lines = text.splitlines()
    lost = overlooked.find(feature, lines, reader.is_step) if feature is not None else _EMPTY
    if lost is not None:
        excerpt = lines[lost.line - 1].strip() if lines else ""
        reader.object(lost.problem, f"{relative(filename)}:{lost.line}", lost.fix, excerpt)
    return feature


_EMPTY = Overlooked(1, "The file has no feature: nothing of it runs", "Write Feature: and a name, or delete the file")


def relative(filename: str) -> str:
    """A file as people read it: relative to the current directory where it is below it."""
    return shown(os.path.relpath(filename))


def selected(feature: Feature, places: Iterable[Place], lines: int, reader: Reader) -> Feature:
    """The feature with the scenarios outside of the places marked as skipped.

    Raises:
        FeatureFileError: a place is in a line that the file does not have.
    """
    collector = FeatureScenarioLocationCollector2()
    collector.feature = feature
    for place in places:
        if place.line and place.line > lines:
            told = f"There is no line {place.line}: {relative(place.filename)} has {lines}"
            reader.object(told, f"{relative(place.filename)}:{place.line}", _starts(feature))
        collector.add_location(place)
    return collector.build_feature()


def _starts(feature: Feature) -> str:
    return f"Scenarios start at lines {', '.join(str(scenario.line) for scenario in feature.walk_scenarios())}"


def parse(filename: str, language: str | None) -> Feature | None:
    """The feature in a file; None for a file without one.

    Raises:
        FeatureFileError: the file cannot be read, is not UTF-8, or is not valid Gherkin; with its line.
    """
    return _parsed(_text(filename), filename, language)


def _text(filename: str) -> str:
    try:
        with open(filename, encoding="utf-8-sig") as file:  # noqa: PTH123 - the hot path takes text as it is
            return file.read()
    except UnicodeDecodeError as error:
        raise FeatureFileError(
            f"The file is not UTF-8 text: byte {error.start} cannot be decoded",
            relative(filename),
            "Save it as UTF-8",
        ) from None
    except OSError as error:
        raise FeatureFileError(f"The file cannot be read: {error.strerror}", relative(filename)) from None


def _parsed(text: str, filename: str, language: str | None) -> Feature | None:
    try:
        feature = LeanParser(language).parse(text, filename)
    except ParserError as error:
        raise gherkin_errors.told(error, relative(filename), text) from None
    except KeyError as error:
        raise FeatureFileError(
            f"Unknown language {error} in the first line",
            f"{relative(filename)}:1",
            "`apitest run --lang-list` shows them all",
        ) from None
    if feature is not None and "<" in text:
        outlines.check(feature, relative(filename))
    return feature
