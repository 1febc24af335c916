"""What the driver returns -> values that Python and JSON know."""

from cassandra import util

from apitest_server.service.attrs import Attrs


def plain(value: object) -> object:
    """The value; what is in collections, however deep, likewise. Sets are lists, in the order of Cassandra.

    A date or time that Python has none for is text: one of the year 10000, or one with nanoseconds.
    """
    if isinstance(value, util.Date):
        try:
            return value.date()
        except ValueError:
            return str(value)
    if isinstance(value, util.Time):
        return str(value) if value.nanosecond % 1000 else value.time()
    if isinstance(value, util.OrderedMap | dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):  # Of a type that users have made
        return Attrs((name, plain(item)) for name, item in value._asdict().items())
    if isinstance(value, util.SortedSet | list | tuple):
        return [plain(item) for item in value]
    return value
