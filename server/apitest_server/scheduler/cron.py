"""PURE  Schedules as crontab has them -> as APScheduler reads them, whose week begins with Monday as 0."""

import re

SHORT = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[0-9]{1,2}))?")


def written_out(definition: str) -> str:
    """A definition with the fields that a short one such as ``@hourly`` stands for.

    Raises:
        ValueError: there is no such short one.
    """
    text = definition.strip()
    if not text.startswith("@"):
        return text
    if text.lower() not in SHORT:
        raise ValueError(f"`{text[:60]}` is not one of {', '.join(SHORT)}")
    return SHORT[text.lower()]


def for_apscheduler(definition: str) -> tuple[str, ...]:
    """A definition whose weekdays are names, which mean the same everywhere.

    There are two where both days and weekdays are named: crontab runs what fits either of them, APScheduler both.

    Raises:
        ValueError: it is a short one that there is not, or its weekdays make no sense.
    """
    fields = written_out(definition).split()
    if len(fields) != 5 or fields[4] in ("*", "?"):
        return (" ".join(fields),)
    start, (day, month, weekday) = fields[:2], fields[2:]
    names = _weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return (" ".join((*start, day, month, names)),)
    return " ".join((*start, day, month, "*")), " ".join((*start, "*", month, names))


def _weekdays(field: str) -> str:
    found = sorted({day for part in field.split(",") for day in _days(part)})
    return ",".join(_DAYS[day] for day in found)


def _days(part: str) -> list[int]:
    found = _PART.fullmatch(part)
    if not found:
        raise ValueError(f"`{part[:60]}` is not a weekday: they are 0 to 7, where 0 and 7 are Sunday, or sun to sat")
    step = int(found["step"] or 1)
    first, last = _ends(found["first"], found["last"], bool(found["step"]))
    if not step or last < first:
        raise ValueError(f"`{part}` is not a range of weekdays: it ends before it begins, or its step is 0")
    return [day % 7 for day in range(first, last + 1, step)]


def _ends(first: str | None, last: str | None, has_step: bool) -> tuple[int, int]:
    """The first and last day; of one with a step, as in ``2/3``, up to Saturday."""
    if first is None:
        return 0, 6
    begin = _day(first)
    if last is None:
        return begin, 6 if has_step else begin
    end = _day(last)
    return begin, end or 7 if begin else end  # mon-sun ends with a Sunday, as mon-7 does


def _day(text: str) -> int:
    name = text.lower()
    if name in _DAYS:
        return _DAYS.index(name)
    if len(name) == 1 and name in "01234567":
        return int(name)
    raise ValueError(f"`{text[:60]}` is not a weekday: they are 0 to 7, where 0 and 7 are Sunday, or sun to sat")
