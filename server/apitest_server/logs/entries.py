"""PURE  What the lines of the log say, in either of its formats: read for people to look at."""

import json
import re
from dataclasses import dataclass

from apitest_server.redaction.texts import masked_text

_LOGFMT = re.compile(r"time=(\S+) level=(\S+) logger=(\S+) (?:cid=(\S+) ?)?(.*)", re.DOTALL)
_INDENTATION = re.compile(r"^ {4}", re.MULTILINE)
_MESSAGE = "message="
_decoder = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log.

    Attributes:
        time: in ISO 8601 and UTC; empty where the line does not tell, since a service has printed it.
        level: such as ``ERROR``.
        logger: who wrote it.
        cid: of the call that it is about; empty where it is about none.
        text: what it says, with its traceback; secrets are masked.
    """

    time: str = ""
    level: str = ""
    logger: str = ""
    cid: str = ""
    text: str = ""


def entry_of(lines: str) -> Entry:
    """An entry as the log has it: a line, and the indented ones that follow it."""
    found = _LOGFMT.fullmatch(lines)
    if found:
        time, level, logger, cid, rest = found.groups()
        return Entry(time, level, logger, cid or "", masked_text(_said(rest)))
    fields = _fields(lines)
    if fields is None:
        return Entry(text=masked_text(lines))
    time, level, logger, cid = (str(fields.pop(name, "")) for name in ("time", "level", "logger", "cid"))
    parts = [fields.pop("message", None), fields.pop("traceback", None)]
    others = " ".join(f"{name}={value}" for name, value in fields.items())
    return Entry(time, level, logger, cid, masked_text("\n".join(str(part) for part in (others, *parts) if part)))


def _said(rest: str) -> str:
    """A message without its quotes, and the traceback below it; fields of a request as they are."""
    if not rest.startswith(_MESSAGE):
        return rest
    message = rest.removeprefix(_MESSAGE)
    if message.startswith('"'):
        try:
            text, end = _decoder.raw_decode(message)
        except ValueError:  # The entry is longer than what is read of one
            return message
        message = f"{text}{message[end:]}"
    return _INDENTATION.sub("", message)


def _fields(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
