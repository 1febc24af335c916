"""Why something failed, laid out for a person: the problem, the values, the place, the way out, what led there."""

from typing import TextIO

from apitest.errors import ApitestError
from apitest.events import Exchange, Failure
from apitest.expressions import expression
from apitest.redaction import redact
from apitest.report import text
from apitest.report.exchange import exchange_lines
from apitest.report.style import BOLD, CYAN, DIM, GREEN, RED, Style

_DIFF_COLORS = {"-": RED, "+": GREEN, "@": CYAN}
_MARKER = expression(r"[\s^~]*\^[\s^~]*$")
_VALUE_LINES = 20
_DIFF_LINES = 60
_CAPTURED_LINES = 40


def failure_lines(failure: Failure, style: Style, width: int, place: str = "", full: bool = False) -> list[str]:
    """A failure as painted lines of at most ``width`` columns.

    Args:
        failure: what to show.
        style: how to write.
        width: the columns that there are.
        place: where in the feature files it happened.
        full: everything, however long.
    """
    lines = [style.paint(line, BOLD, RED) for line in text.wrap(failure.problem or failure.kind, width)]
    lines += _value("expected", failure.expected, GREEN, style, width)
    if failure.expected or failure.actual:
        lines += _value("actual", failure.actual or "nothing", RED, style, width)
    lines += _diff(failure.diff, style, width, full)
    lines += _excerpt(failure.excerpt, style, width)
    lines += _fix(failure.fix, style, width)
    lines += _place(failure.where, place, style, width)
    lines += _block("", _without_margin(failure.traceback), style, width, full)
    lines += _block("output", failure.captured, style, width, full)
    return lines


def _without_margin(text: str) -> str:
    import textwrap  # here, since most runs show no traceback

    return textwrap.dedent(text)


def failure_exchange(exchange: Exchange | None, style: Style, width: int, full: bool = False) -> list[str]:
    """The exchange that led to a failure, after a blank line; nothing where there was none."""
    return ["", *exchange_lines(exchange, style, width, full)] if exchange else []


def print_error(error: ApitestError, stream: TextIO, style: Style) -> None:
    """Writes an error outside a run: the problem, where, the excerpt with its marker, the fix."""
    failure = redact(Failure.of(error), ())
    head, *rest = failure_lines(failure, style, style.width - 2)
    stream.write("\n".join([head, *(f"  {line}" for line in rest)]) + "\n")


def _value(label: str, value: str, color: str, style: Style, width: int) -> list[str]:
    if not value:
        return []
    lines = _limited(text.wrap(value, width - 12), _VALUE_LINES, style)
    head, *rest = (style.paint(line, color) for line in lines)
    return [f"  {style.paint(f'{label:<8}', DIM)}  {head}", *(f"{'':12}{line}" for line in rest)]


def _limited(lines: list[str], most: int, style: Style) -> list[str]:
    more = len(lines) - most
    return lines if more <= 1 else [*lines[:most], f"{style.ellipsis} {more} more lines"]


def _diff(diff: tuple[str, ...], style: Style, width: int, full: bool) -> list[str]:
    lines = _legend(style) if diff and not diff[0].startswith("---") else []
    for line in diff if full else _limited(list(diff), _DIFF_LINES, style):
        color = _DIFF_COLORS.get(line[:1], DIM)
        lines += (f"  {style.paint(part, color)}" for part in text.wrap(line, width - 2))
    return lines


def _legend(style: Style) -> list[str]:
    """What the signs of a diff without a heading mean."""
    return [f"  {style.paint('- expected', RED)}", f"  {style.paint('+ actual', GREEN)}"]


def _excerpt(excerpt: str, style: Style, width: int) -> list[str]:
    bar = style.paint("|", DIM)
    lines: list[str] = []
    for line in excerpt.splitlines():
        codes = (BOLD, RED) if _MARKER.match(line) else ()
        lines.append(f"  {bar} {style.paint(text.clean(line), *codes) if codes else text.clean(line)}")
    return lines


def _fix(fix: str, style: Style, width: int) -> list[str]:
    sign = style.arrow
    lines: list[str] = []
    for line in fix.splitlines():
        for part in text.wrap(line, width - len(sign) - 1):
            lines.append(f"{style.paint(sign, CYAN) if not lines else ' ' * len(sign)} {style.paint(part, CYAN)}")
    return lines


def _place(where: str, place: str, style: Style, width: int) -> list[str]:
    """The place in the feature file, then the place that the error itself tells, unless it is the same."""
    same = bool(place) and where.startswith(place)
    at = where if same else ", ".join(part for part in (place, where) if part)
    return [style.paint(line, DIM) for line in text.wrap(f"at {at}", width)] if at else []


def _block(title: str, content: str, style: Style, width: int, full: bool) -> list[str]:
    if not content:
        return []
    lines = [part for line in content.rstrip().split("\n") for part in text.wrap(line, width - 2)]
    shown = lines if full else _limited(lines, _CAPTURED_LINES, style)
    if not title:
        return ["", *shown]
    return ["", style.paint(f"{title}:", DIM), *(f"  {line}".rstrip() for line in shown)]
