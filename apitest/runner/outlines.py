"""What stands in angle brackets in the steps of a scenario outline and is the heading of no column of its examples."""

from collections.abc import Iterator

from apitest.errors import FeatureFileError
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.runner.model import Feature, Outline, Step

# A name, but not the tag of an element that is closed or has attributes, nor a group of a regular expression.
_NAME = expression(r"(?<!\?P)<([A-Za-z_][\w .-]*)>")


def check(feature: Feature, place: str) -> None:
    """Refuses an outline with a name that a table of its examples does not have.

    Args:
        feature: as it was parsed.
        place: its file, for the error.

    Raises:
        FeatureFileError: with the line of the step.
    """
    for container in (feature, *feature.rules):
        for outline in container.scenarios:
            if getattr(outline, "examples", None):
                _check(outline, place)  # type: ignore[arg-type]  # only outlines have examples


def _check(outline: Outline, place: str) -> None:
    tables = [(examples.line, list(examples.table.headings)) for examples in outline.examples if examples.table]
    for step in outline.steps:
        for name in _names("\n".join(_texts(step))):
            for line, headings in tables:
                near = near_misses(name, headings)
                if name not in headings and (near or " " not in name):
                    raise _no_column(name, headings, near, line, step, place)


def _no_column(name: str, headings: list[str], near: list[str], line: int, step: Step, place: str) -> FeatureFileError:
    fix = did_you_mean(f"<{other}>" for other in near) or f"The columns are {', '.join(headings)}."
    return FeatureFileError(
        f"The examples in line {line} have no column {name}",
        f"{place}:{step.line}",
        f"{fix}\nTo mean the text itself, add a column {name} that holds <{name}>.",
        f"{step.keyword} {step.name}",
    )


def _names(text: str) -> Iterator[str]:
    """The names in a step's texts; an element with its end in the same step is XML."""
    for found in _NAME.finditer(text):
        if f"</{found[1]}>" not in text:
            yield found[1]


def _texts(step: Step) -> Iterator[str]:
    yield step.name
    if step.text:
        yield str(step.text)
    if step.table:
        yield from step.table.headings
        for row in step.table.rows:
            yield from row.cells
