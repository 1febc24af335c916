"""Statistics of services: how often they were called, how long they took, and which of them most.

Times are in milliseconds; a percentile such as ``p95`` is at most 9% too high or too low. Periods are in UTC.
"""

from datetime import datetime, timedelta

from apitest_server.errors import BadRequest, NotFound
from apitest_server.internal.crud.field_types import Between, OneOf, ServiceName, When
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Element, Float, Int, List
from apitest_server.statistics.collector import Collector
from apitest_server.statistics.keeper import KEEPER

_FIGURES: tuple[Element | str, ...] = (
    Int("usage"), Int("errors"), Float("rate"), Float("mean"), Float("min"), Float("max"), Float("p50"), Float("p95"),
    Float("p99"), Float("total_time"),
)  # fmt: skip
_STRETCH = (When("start"), When("stop"))
_ONE = ServiceName(default="")  # All of them where it is empty
_SHARES = (Float("usage_share"), Float("time_share"))
_HOUR = timedelta(hours=1)
_ALWAYS = timedelta(days=366 * 1100)  # To the year 1900 from whatever a date may be
_MOST = 1000  # services that can be asked for by their number


def _figures(server: Server) -> Collector:
    """The figures of all services."""
    return server.components[KEEPER].figures


def _stretch(service: Service, default: timedelta) -> tuple[datetime, datetime]:
    """The stretch of time that the input asks for, the last one of a length where it does not say.

    Raises:
        BadRequest: it ends before it begins.
    """
    given = service.request.input
    stop = given.stop or _figures(service.server).now() + timedelta(milliseconds=1)
    start = given.start or stop - default
    if start >= stop:
        raise BadRequest("Input field `start` must be before `stop`")
    return start, stop


class GetByPeriod(Service):
    """The figures period by period: each minute, hour, day, week, month or year in which there were calls."""

    name = "zato.stats.get-by-period"

    class SimpleIO:
        """Of one service, or of all together; of the last day where no time is given."""

        input_required = (OneOf("period", "hour", "minute", "day", "week", "month", "year"),)
        input_optional = (_ONE, *_STRETCH)
        output_required = (*_STRETCH, *_FIGURES)

    def handle(self) -> None:
        """The oldest first; periods that begin in the stretch of time."""
        given = self.request.input
        stretch = _stretch(self, timedelta(days=1))
        self.response.payload[:] = _figures(self.server).by_period(given.period, *stretch, given.service)


class GetByService(Service):
    """The figures service by service, and what part of all calls and of all the time is each one's."""

    name = "zato.stats.get-by-service"

    class SimpleIO:
        """Of the last hour where no time is given; of one service alone where one is named."""

        input_optional = (_ONE, *_STRETCH)
        output_required = ("service", *_FIGURES, *_SHARES)

    def handle(self) -> None:
        """By name."""
        rows, wanted = _figures(self.server).by_service(*_stretch(self, _HOUR)), self.request.input.service
        self.response.payload[:] = [row for row in rows if wanted in ("", row["service"])]


class GetSummary(Service):
    """The figures of a stretch of time: of one service, or of all together."""

    name = "zato.stats.get-summary"

    class SimpleIO:
        """Of the last hour where no time is given."""

        input_optional = (_ONE, *_STRETCH)
        output_required = (*_STRETCH, *_FIGURES)

    def handle(self) -> None:
        """All of them are 0 where there were no calls."""
        start, stop = _stretch(self, _HOUR)
        figures = _figures(self.server).whole(start, stop, self.request.input.service)
        self.response.payload = {"start": start, "stop": stop, **figures}


class _Summary(Service):
    """The figures service by service in a period of a kind."""

    period: str

    class SimpleIO:
        """The period that ``date``, or ``start``, belongs to; the present one where neither is given."""

        input_optional = (When("date"), When("start"), Between("n", 1, _MOST))
        output_required = (*_STRETCH, "service", *_FIGURES, *_SHARES)

    def handle(self) -> None:
        """By name; with ``n``, those that were called most, in that order."""
        start, stop = self._asked()
        rows, wanted = _figures(self.server).by_service(start, stop), self.request.input.n
        if wanted:
            rows = sorted(rows, key=lambda row: -row["usage"])[:wanted]
        self.response.payload[:] = [{"start": start, "stop": stop, **row} for row in rows]

    def _asked(self) -> tuple[datetime, datetime]:
        given = self.request.input
        return _figures(self.server).period_around(self.period, given.date or given.start)


class GetSummaryByRange(_Summary):
    """The figures service by service in a stretch of time."""

    name = "zato.stats.summary.get-summary-by-range"

    class SimpleIO:
        """Up to now where no end is given."""

        input_required = (When("start"),)
        input_optional = (When("stop"), Between("n", 1, _MOST))
        output_required = (*_STRETCH, "service", *_FIGURES, *_SHARES)

    def _asked(self) -> tuple[datetime, datetime]:
        return _stretch(self, _HOUR)


class SummaryByHour(_Summary):
    """The figures service by service of one hour."""

    name = "zato.stats.summary.get-by-hour"
    period = "hour"


class SummaryByDay(_Summary):
    """The figures service by service of one day."""

    name = "zato.stats.summary.get-by-day"
    period = "day"


class SummaryByWeek(_Summary):
    """The figures service by service of one week, from Monday on."""

    name = "zato.stats.summary.get-by-week"
    period = "week"


class SummaryByMonth(_Summary):
    """The figures service by service of one month."""

    name = "zato.stats.summary.get-by-month"
    period = "month"


class SummaryByYear(_Summary):
    """The figures service by service of one year."""

    name = "zato.stats.summary.get-by-year"
    period = "year"


class GetSummaryByDay(SummaryByDay):
    """The same as ``zato.stats.summary.get-by-day``."""

    name = "zato.stats.summary.get-summary-by-day"


class GetSummaryByWeek(SummaryByWeek):
    """The same as ``zato.stats.summary.get-by-week``."""

    name = "zato.stats.summary.get-summary-by-week"


class GetSummaryByMonth(SummaryByMonth):
    """The same as ``zato.stats.summary.get-by-month``."""

    name = "zato.stats.summary.get-summary-by-month"


class GetSummaryByYear(SummaryByYear):
    """The same as ``zato.stats.summary.get-by-year``."""

    name = "zato.stats.summary.get-summary-by-year"


class _Trend(Service):
    """The services that are first by one of the figures, without those that have none of it."""

    by: str = ""  # The one that is asked for

    class SimpleIO:
        """At most so many services; of the last hour where no time is given."""

        input_optional = (Between("n", 1, _MOST, default=10), *_STRETCH)
        output_required = ("service", *_FIGURES, *_SHARES)

    def handle(self) -> None:
        """The first one first, equal ones by name."""
        by = self.by or self.request.input.n_type
        rows = _figures(self.server).by_service(*_stretch(self, _HOUR))
        rows.sort(key=lambda row: -row[by])
        self.response.payload[:] = [row for row in rows if row[by]][: self.request.input.n]


class GetTrends(_Trend):
    """The services that are first by the figure that is asked for."""

    name = "zato.stats.trends.get-trends"

    class SimpleIO:
        """At most so many services; of the last hour where no time is given."""

        input_optional = (
            OneOf("n_type", "usage", "mean", "total_time", "errors"), Between("n", 1, _MOST, default=10), *_STRETCH,
        )  # fmt: skip
        output_required = ("service", *_FIGURES, *_SHARES)


class TrendByUsage(_Trend):
    """The services that were called most."""

    name = "zato.stats.trends.get-by-usage"
    by = "usage"


class TrendByTime(_Trend):
    """The services that took most of the time, all their calls together."""

    name = "zato.stats.trends.get-by-time"
    by = "total_time"


class TrendByMean(_Trend):
    """The services that were slowest on the average."""

    name = "zato.stats.trends.get-by-mean"
    by = "mean"


class TrendByErrors(_Trend):
    """The services that failed most."""

    name = "zato.stats.trends.get-by-errors"
    by = "errors"


class AggregateByDay(Service):
    """Stores what the figures have come to, at once, for jobs that do so; the server does it each minute by itself."""

    name = "zato.stats.aggregate-by-day"

    class SimpleIO:
        """The day that a date belongs to; today where none is given."""

        input_optional = (When("date"),)
        output_required = (*_STRETCH, Int("services"))

    def handle(self) -> None:
        """Returns of how many services there are figures of that day."""
        keeper = self.server.components[KEEPER]
        keeper.save()
        start, stop = keeper.figures.period_around("day", self.request.input.date)
        services = len(keeper.figures.by_service(start, stop))
        self.response.payload = {"start": start, "stop": stop, "services": services}


class Delete(Service):
    """Forgets figures of a service, or of all of them, for good: all that are kept, or those of a stretch of time."""

    name = "zato.stats.delete"

    class SimpleIO:
        """All services where none is named."""

        input_optional = (_ONE, *_STRETCH)
        output_required = (List("services"),)

    def handle(self) -> None:
        """Returns their names; a service that has none is a 404. Of a stretch of time, periods go that lie in it."""
        given, keeper = self.request.input, self.server.components[KEEPER]
        service = given.service
        is_part = bool(given.start or given.stop)
        names = keeper.forget_periods(*_stretch(self, _ALWAYS), service) if is_part else keeper.forget(service)
        if service and not names:
            raise NotFound(f"There are no statistics of `{service}`")
        self.response.payload.services = names
