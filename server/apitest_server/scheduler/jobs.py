"""Definitions of jobs -> jobs with triggers of APScheduler."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from apitest_server.errors import BadRequest, InputError
from apitest_server.odb import StoredObject
from apitest_server.scheduler.agenda import Job, Trigger
from apitest_server.scheduler.cron import for_apscheduler

UNITS = ("weeks", "days", "hours", "minutes", "seconds")
SCHEDULE = ("job_type", "start_date", "repeats", "cron_definition", "timezone", *UNITS)


def job(item: StoredObject) -> Job:
    """The job of a definition, not planned yet.

    Raises:
        InputError: a field makes no sense.
    """
    fields = item.fields
    is_once = fields["job_type"] == "one_time"
    return Job(
        id=item.id,
        name=item.name,
        service=fields["service"],
        payload=fields.get("extra"),
        trigger=_TRIGGERS[fields["job_type"]](fields),
        repeats=1 if is_once else fields.get("repeats") or 0,
        catches_up=fields.get("missed", "run_once") == "run_once",
        is_once=is_once,
    )


def schedule_of(fields: Mapping[str, Any]) -> str:
    """The digest of a job's times: as long as it stays the same, what was run so far goes on to count."""
    times = [fields.get(name) for name in SCHEDULE]
    return sha256(json.dumps(times, default=str).encode("utf-8")).hexdigest()


def _one_time(fields: Mapping[str, Any]) -> Trigger:
    start = _start(fields)
    if start is None:
        raise InputError("start_date", "is required for a job that is run once")
    found: Trigger = DateTrigger(start, UTC)
    return found


def _interval(fields: Mapping[str, Any]) -> Trigger:
    units = {unit: fields.get(unit) or 0 for unit in UNITS}
    if not any(units.values()):
        raise BadRequest(f"One of the input fields {', '.join(UNITS)} is required for a job that is run at intervals")
    try:
        found: Trigger = IntervalTrigger(**units, start_date=_start(fields), timezone=UTC)
    except OverflowError:
        raise BadRequest("The interval is too long") from None
    return found


def _cron(fields: Mapping[str, Any]) -> Trigger:
    text = fields.get("cron_definition", "")
    try:
        triggers = [CronTrigger.from_crontab(one, timezone=_zone(fields)) for one in for_apscheduler(text)]
    except ValueError as error:
        raise InputError("cron_definition", f"is not a valid schedule such as `0 12 * * mon-fri`: {error}") from None
    for trigger in triggers:
        trigger.start_date = _start(fields)
    found: Trigger = triggers[0] if len(triggers) == 1 else OrTrigger(triggers)
    return found


def _start(fields: Mapping[str, Any]) -> datetime | None:
    text = fields.get("start_date")
    return datetime.fromisoformat(text) if text else None


def _zone(fields: Mapping[str, Any]) -> tzinfo:
    name = fields.get("timezone") or "UTC"
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InputError("timezone", f"is not a time zone such as Europe/Tallinn: `{name}`") from None


_TRIGGERS = {"one_time": _one_time, "interval_based": _interval, "cron_style": _cron}
