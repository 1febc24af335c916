"""A request and its answer, laid out as HTTP tools do: ``>`` before what was sent, ``<`` before what came.

What went over a WebSocket is below its handshake, a frame a line: when, what, and what was in it.
"""

import json

from apitest.events import Exchange, Frame
from apitest.report import text
from apitest.report.style import BOLD, CYAN, DIM, Style

# Headers that are sent with every message and seldom tell why a check failed; verbose mode shows them, too.
_NOISE = frozenset(
    ["accept", "accept-encoding", "connection", "content-length", "date", "keep-alive", "server", "user-agent"]
)
_BODY_LINES = 14


def exchange_lines(exchange: Exchange, style: Style, width: int, full: bool) -> list[str]:
    """The exchange as painted lines of at most ``width`` columns.

    Args:
        exchange: what was sent and what came, secrets masked.
        style: how to write.
        width: the columns that there are.
        full: all headers and the bodies as they are, not only what tells most.
    """
    if exchange.frames and not exchange.response:  # of a WebSocket whose handshake was told before
        lines = [style.paint(line, BOLD, CYAN) for line in text.wrap(exchange.request, width)]
        return lines + _frame_lines(exchange.frames, style, width, full)
    lines = _message(">", exchange.request, exchange.request_headers, exchange.request_body, style, width, full)
    if exchange.response or exchange.response_body or exchange.response_headers:
        took = f" {style.dot} {text.duration(exchange.seconds)}" if exchange.seconds else ""
        first = (exchange.response or "answered") + took
        lines += _message("<", first, exchange.response_headers, exchange.response_body, style, width, full)
    return lines + _frame_lines(exchange.frames, style, width, full)


def _frame_lines(frames: tuple[Frame, ...], style: Style, width: int, full: bool) -> list[str]:
    lines: list[str] = []
    for frame in frames:
        sign = style.paint(">" if frame.direction == "sent" else "<", DIM)
        head = f"{frame.seconds:8.3f} s  {frame.kind:<6}  "
        body = body_lines(frame.body, style, width - 2 - len(head), full) if frame.body else [""]
        lines.append(f"{sign} {style.paint(head, DIM)}{body[0]}".rstrip())
        lines += [f"{sign} {'':{len(head)}}{line}".rstrip() for line in body[1:]]
    return lines


def _message(
    sign: str,
    first: str,
    headers: tuple[tuple[str, str], ...],
    body: str,
    style: Style,
    width: int,
    full: bool,
) -> list[str]:
    prefix, room = style.paint(sign, DIM), width - 2
    lines = [style.paint(line, BOLD, CYAN) for line in text.wrap(first, room)]
    for name, value in headers:
        if full or name.lower() not in _NOISE:
            lines += _header(name, value, style, room)
    if body:
        lines += ["", *body_lines(body, style, room, full)]
    return [f"{prefix} {line}".rstrip() for line in lines]


def _header(name: str, value: str, style: Style, width: int) -> list[str]:
    name = text.clean(name)
    head, *rest = text.wrap(f"{name}: {value}", width)
    return [style.paint(head[: len(name) + 1], DIM) + head[len(name) + 1 :], *rest]


def body_lines(body: str, style: Style, width: int, full: bool) -> list[str]:
    """A body as lines: JSON too long for a line is indented, all is wrapped, and shortened unless in full."""
    lines = [part for line in _readable(body, width).split("\n") for part in text.wrap(line, width)]
    more = len(lines) - _BODY_LINES
    if full or more <= 1:
        return lines
    return [*lines[:_BODY_LINES], style.paint(f"{style.ellipsis} {more} more lines", DIM)]


def _readable(body: str, width: int) -> str:
    body = body.strip("\r\n")
    if "\n" in body or len(body) <= width or body[:1] not in "{[":
        return body
    try:
        return folded_json(json.loads(body), width)
    except (ValueError, RecursionError):  # shortened, or no JSON after all, or nothing but brackets
        return body


def folded_json(value: object, width: int, indent: str = "", taken: int = 0) -> str:
    """A JSON value with every object and list on one line that fits on one, and the others indented.

    What is so deep that half of the width would be indentation is on one line, too: nobody reads it there, and the
    text, and the time that it takes, would grow with the square of the depth.

    Args:
        value: the JSON value.
        width: the columns that there are.
        indent: what its further lines begin with.
        taken: how many columns of its first line are taken by what stands before it and after it.
    """
    flat = json.dumps(value, ensure_ascii=False)
    if not value or not isinstance(value, dict | list) or 2 * len(indent) > width or text.cells(flat) + taken <= width:
        return flat
    deeper = indent + "  "
    if isinstance(value, list):
        labelled = [("", part) for part in value]
    else:
        labelled = [(json.dumps(name, ensure_ascii=False) + ": ", part) for name, part in value.items()]
    lines = [
        deeper + label + folded_json(part, width, deeper, len(deeper) + text.cells(label) + 1)
        for label, part in labelled
    ]
    opening, closing = ("[", "]") if isinstance(value, list) else ("{", "}")
    return "\n".join([opening, ",\n".join(lines), indent + closing])
