"""PURE: a scenario as JUnit's test case."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from apitest.expressions import expression
from apitest.report.layout import step_lines
from apitest.report.scenarios import FAILED, PASSED, PLAIN, SKIPPED, Broken, Told
from apitest.report.text import clean

_NOT_IN_XML = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def markup(tag: str, attributes: Mapping[str, object]) -> str:
    """A start tag; no value of an attribute makes it anything but well-formed XML."""
    shown = "".join(f" {name}={quoteattr(_visible(str(value)))}" for name, value in attributes.items())
    return f"<{tag}{shown}>"


def _visible(text: str) -> str:
    """The text with control characters spelt out, and what XML has not by a sign for it."""
    return _NOT_IN_XML.sub("\ufffd", clean(text))


def _element(tag: str, attributes: Mapping[str, object], content: str) -> str:
    return f"{markup(tag, attributes)}{content}</{tag}>\n"


def _text(text: str) -> str:
    return escape(_visible(text))


def case(told: Told, class_name: str, tries: Sequence[Told]) -> str:
    """The test case of a scenario.

    Args:
        told: the scenario as it ended.
        class_name: what a CI server groups it by.
        tries: those before the last one, which did not pass.
    """
    parts = [_reason(told)] if told.outcome != PASSED else []
    again = "flaky" if told.outcome == PASSED else "rerun"
    parts += [_try(one, again) for one in tries]
    lines = [line for step in told.steps for line in step_lines(step, PLAIN, timed=True)]
    parts += [_element("system-out", {}, _text("\n".join(lines)))] if lines else []
    fields = {"classname": class_name, "name": told.name, "time": f"{told.ended.seconds:.3f}"}
    return _element("testcase", fields, "\n" + "".join(parts))


def _reason(told: Told) -> str:
    """Why it is not among those that passed."""
    kind, problem = _problem(told)
    if told.outcome == SKIPPED:
        return _element("skipped", {"message": problem}, "")
    tag = "failure" if told.outcome == FAILED else "error"
    return _element(tag, {"type": kind, "message": problem}, _text(told.explanation))


def _try(told: Told, again: str) -> str:
    """A try that did not pass, as Maven's plug-in writes it."""
    kind, problem = _problem(told)
    tag = f"{again}{'Failure' if told.outcome == FAILED else 'Error'}"
    return _element(tag, {"message": problem, "type": kind}, f"<stackTrace>{_text(told.explanation)}</stackTrace>")


def _problem(told: Told) -> tuple[str, str]:
    """The kind of what went wrong first, and what it is."""
    failures = told.failures
    return (failures[0][1].kind, failures[0][1].problem) if failures else (told.ended.status, told.ended.status)


def broken_case(broken: Broken, class_name: str) -> str:
    """The test case of a file that cannot be used, or of a hook that belongs to no scenario."""
    kind, problem = broken.failure.kind, broken.failure.problem
    error = _element("error", {"type": kind, "message": problem}, _text(broken.explanation))
    return _element("testcase", {"classname": class_name, "name": broken.name, "time": "0.000"}, f"\n{error}")
