"""The log, read over the admin API: what all servers say of one call, and their last errors."""

import asyncio
import re
from typing import TypedDict, cast

from apitest_server.about import SERVER_INFO
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.cluster.runs import Run
from apitest_server.errors import HTTPError
from apitest_server.internal.crud.field_types import Between
from apitest_server.logs.log import LOG, Found, Log
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Int, List, Text

_DIGITS = re.compile(r"[0-9a-f]{24}")
_OPTIONS = (Between("limit", 1, 1000, default=200), Bool("is_own", default=False), Int("cluster_id"))
_ANSWER = (AsIs("lines"), Bool("is_complete"), List("problems"))


class CID(Text):
    """A correlation ID: nobody searches the log for other words."""

    schema = {"type": "string", "pattern": f"^{_DIGITS.pattern}$"}  # noqa: RUF012

    def parse(self, value: object) -> str:
        """The ID."""
        text = super().parse(value).strip()
        if not _DIGITS.fullmatch(text):
            raise ValueError("must be 24 digits of 0 to 9 and a to f, as in the header X-Zato-CID")
        return text


class Lines(TypedDict):
    """What one server or all of them have: ``lines`` are in the order of their times."""

    lines: list[dict[str, str]]
    is_complete: bool
    problems: list[str]


class _Search(Service):
    """What every search of the log does; ``is_own`` asks this server only."""

    async def handle(self) -> None:
        """What a server has to say of its log, such as that it has none, is among the ``problems``."""
        given = self.request.input
        peers = [] if given.is_own else self.server.components[BUS].peers()
        answers = await asyncio.gather(asyncio.to_thread(self._own), *map(self._of, peers))
        lines = sorted((line for answer in answers for line in answer["lines"]), key=lambda line: line["time"])
        self.response.payload = {
            "lines": lines[-given.limit :],
            "is_complete": len(lines) <= given.limit and all(answer["is_complete"] for answer in answers),
            "problems": [problem for answer in answers for problem in answer["problems"]],
        }

    def find(self, log: Log) -> Found:
        """What this server's log has."""
        raise NotImplementedError

    def _own(self) -> Lines:
        have = self.server.components
        name, log = str(have[SERVER_INFO].row()["name"]), have[LOG]
        problem, found = "", Found()
        if log.path is None:
            problem = f"Server {name} logs to standard error: `file` in [logging] of its server.conf changes that"
        else:
            try:
                found = self.find(log)
            except OSError as error:
                problem = f"Server {name} cannot read its log: {error.strerror or error}"
        problems = [problem] if problem else []
        return {"lines": _timed(name, found), "is_complete": found.is_complete, "problems": problems}

    async def _of(self, peer: Run) -> Lines:
        given = {**self.request.input, "is_own": True}
        try:
            answer = await self.server.components[NEIGHBOURS].ask(peer, self.name, given)
        except HTTPError as error:
            return {"lines": [], "is_complete": False, "problems": [str(error)]}
        return cast(Lines, answer)  # It is what this service answers there


class GetByCID(_Search):
    """What the logs of all servers say of one call, by its correlation ID; rotated files are searched as well."""

    name = "zato.log.get-by-cid"

    class SimpleIO:
        """No more than ``limit`` lines, the newest ones; ``is_complete`` is whether there are no others."""

        input_required = (CID("cid"),)
        input_optional = _OPTIONS
        output_required = _ANSWER

    def find(self, log: Log) -> Found:
        """Lines of this call."""
        return log.of(self.request.input.cid, self.request.input.limit)


class GetErrors(_Search):
    """The last errors that are in the logs of all servers."""

    name = "zato.log.get-errors"

    class SimpleIO:
        """No more than ``limit``; each has its ``cid``, by which there may be more."""

        input_optional = _OPTIONS
        output_required = _ANSWER

    def find(self, log: Log) -> Found:
        """Errors of this server."""
        return log.errors(self.request.input.limit)


def _timed(server: str, found: Found) -> list[dict[str, str]]:
    """Lines as they are sent; what a service has printed is of the time of the line before."""
    lines, time = [], ""
    for entry in found.entries:
        time = entry.time or time
        told = {"level": entry.level, "logger": entry.logger, "cid": entry.cid, "text": entry.text}
        lines.append({"server": server, "time": time, **told})
    return lines
