"""SimpleIO, type by type: each service takes a field three times and returns what it became.

``required`` has to be given; ``optional`` becomes the type's own default where it is not, ``with_default`` the one that
the service declares. ``python_type`` is the class that the service saw in ``required``.
"""

from types import SimpleNamespace

from apitest_server.deploy.store import STORE
from apitest_server.errors import NotFound
from apitest_server.service.base import Service
from apitest_server.service.elements import (
    CSV,
    UUID,
    AsIs,
    Bool,
    Date,
    DateTime,
    Decimal,
    Dict,
    DictList,
    Element,
    Float,
    Int,
    List,
    Opaque,
    Text,
)
from apitest_server.service.old_elements import UTC, FixedWidth, Nested


def _three(kind: type[Element], default: object, *keys: str) -> SimpleNamespace:
    """A field three times over; ``keys`` are those of a dictionary."""
    optional = (kind("optional", *keys), kind("with_default", *keys, default=default))
    return SimpleNamespace(
        input_required=(kind("required", *keys),),
        input_optional=optional,
        output_required=(kind("required"), *optional, Text("python_type")),
    )


class _Returned(Service):
    def handle(self) -> None:
        """Returns what came in."""
        given = self.request.input
        self.response.payload = {**given, "python_type": type(given.required).__name__}


class AsIsCheck(_Returned):
    """Anything, untouched."""

    name = "zato.checks.sio.as-is"
    SimpleIO = _three(AsIs, "default")


class BoolCheck(_Returned):
    """True or false, also as text."""

    name = "zato.checks.sio.bool"
    SimpleIO = _three(Bool, True)


class CSVCheck(_Returned):
    """A list in a text with commas."""

    name = "zato.checks.sio.csv"
    SimpleIO = _three(CSV, ["x", "y"])


class DateCheck(_Returned):
    """A day."""

    name = "zato.checks.sio.date"
    SimpleIO = _three(Date, "2026-01-31")


class DateTimeCheck(_Returned):
    """A point in time."""

    name = "zato.checks.sio.date-time"
    SimpleIO = _three(DateTime, "2026-01-31T12:30:00+00:00")


class DecimalCheck(_Returned):
    """A number with all of its digits."""

    name = "zato.checks.sio.decimal"
    SimpleIO = _three(Decimal, "0.10")


class DictCheck(_Returned):
    """A dictionary that has the key ``a`` and may have ``b``."""

    name = "zato.checks.sio.dict"
    SimpleIO = _three(Dict, {"a": 0}, "a", "-b")


class DictListCheck(_Returned):
    """A list of dictionaries that have the key ``a``."""

    name = "zato.checks.sio.dict-list"
    SimpleIO = _three(DictList, [{"a": 0}], "a")


class FloatCheck(_Returned):
    """A number."""

    name = "zato.checks.sio.float"
    SimpleIO = _three(Float, 0.5)


class IntCheck(_Returned):
    """A whole number."""

    name = "zato.checks.sio.int"
    SimpleIO = _three(Int, 7)


class ListCheck(_Returned):
    """A list; one value is a list of one."""

    name = "zato.checks.sio.list"
    SimpleIO = _three(List, [1, 2])


class OpaqueCheck(_Returned):
    """Anything, with attributes where it is a dictionary."""

    name = "zato.checks.sio.opaque"
    SimpleIO = _three(Opaque, {"a": {"b": 1}})


class TextCheck(_Returned):
    """A text."""

    name = "zato.checks.sio.text"
    SimpleIO = _three(Text, "default")


class BooleanCheck(_Returned):
    """True or false, by the name that older services have for it."""

    name = "zato.checks.sio.boolean"
    SimpleIO = _three(Bool, True)


class IntegerCheck(_Returned):
    """A whole number, by the name that older services have for it."""

    name = "zato.checks.sio.integer"
    SimpleIO = _three(Int, 7)


class ListOfDictsCheck(_Returned):
    """A list of dictionaries, by the name that older services have for it."""

    name = "zato.checks.sio.list-of-dicts"
    SimpleIO = _three(DictList, [{"a": 0}], "a")


class UnicodeCheck(_Returned):
    """A text, by the name that older services have for it."""

    name = "zato.checks.sio.unicode"
    SimpleIO = _three(Text, "default")


class NestedCheck(_Returned):
    """An object with the field ``a``, or a list of such objects."""

    name = "zato.checks.sio.nested"
    SimpleIO = _three(Nested, {"a": "0"}, "a")


class UTCCheck(_Returned):
    """A point in time as a text in UTC."""

    name = "zato.checks.sio.utc"
    SimpleIO = _three(UTC, "2026-01-31T12:30:00")


class NamedCheck(Service):
    """Fields that have no type: what their names begin or end with tells it."""

    name = "zato.checks.sio.named"

    class SimpleIO:
        """Truths, numbers, an ID of either kind, and a text."""

        input_required = ("is_active", "customer_id")
        input_optional = ("has_more", "id", "row_count", "page_size", "read_timeout", "text")
        output_required = (AsIs("given"), AsIs("types"))

    def handle(self) -> None:
        """What came in, and the classes of Python that it became."""
        given = dict(self.request.input)
        self.response.payload = {"given": given, "types": {name: type(given[name]).__name__ for name in given}}


class FixedWidthCheck(Service):
    """Lines with a name of ten characters and an amount of eight; JSON is taken as well."""

    name = "zato.checks.sio.fixed-width"

    class SimpleIO:
        """The same lines go out."""

        input_repeated = True
        input_required = (FixedWidth("name", 10), FixedWidth("amount", 8, align="right"))
        output_required = input_required

    def handle(self) -> None:
        """Returns what came in."""
        self.response.payload = self.request.input


class UUIDCheck(_Returned):
    """A UUID."""

    name = "zato.checks.sio.uuid"
    SimpleIO = _three(UUID, "00000000-0000-4000-8000-000000000000")


class Mixed(Service):
    """Fields of several types in one message, which may be a list of such messages."""

    name = "zato.checks.sio.mixed"

    class SimpleIO:
        """Required and optional ones."""

        input_repeated = True
        input_required = ("name", Int("count"), DateTime("since"))
        input_optional = (Bool("is_active", default=True), List("tags"), Opaque("about"), "comment")
        output_required = ("name", Int("count"), DateTime("since"), Bool("is_active"), List("tags"), AsIs("about"))
        output_optional = ("comment",)

    def handle(self) -> None:
        """Returns one message for each that came."""
        given = self.request.input
        self.response.payload = given if isinstance(given, list) else dict(given)


class OutputList(Service):
    """As many rows as are asked for, each with declared fields only."""

    name = "zato.checks.sio.output-list"

    class SimpleIO:
        """At most a thousand."""

        input_required = (Int("rows"),)
        output_required = (Int("number"), "text")

    def handle(self) -> None:
        """``dropped`` is declared nowhere, so it is not in the response."""
        count = min(max(self.request.input.rows, 0), 1000)
        self.response.payload[:] = [{"number": n, "text": f"row {n}", "dropped": True} for n in range(count)]


class MissingOutput(Service):
    """A service that breaks its promise: a required output field that it does not give is an internal error."""

    name = "zato.checks.sio.missing-output"

    class SimpleIO:
        """One field each way."""

        input_optional = ("value",)
        output_required = ("value",)

    def handle(self) -> None:
        """Gives the field only where it came in."""
        if self.request.input.value:
            self.response.payload.value = self.request.input.value


class NoSimpleIO(Service):
    """Without SimpleIO the payload is returned as it came, whatever it is."""

    name = "zato.checks.sio.none"

    def handle(self) -> None:
        """The payload, and the fields that were made of it."""
        fields = self.request.input
        self.response.payload = {"payload": self.request.payload, "fields": sorted(fields)}


class CheckChannel(Service):
    """The check that the path of a channel names, called with what came over the channel."""

    name = "zato.checks.channel"

    async def handle(self) -> None:
        """404 where there is none."""
        check = self.request.http.params.get("check", "") if self.request.http else ""
        name = f"zato.checks.sio.{check}"
        if name not in self.server.components[STORE].names():
            raise NotFound(f"There is no check `{check}`")
        self.response.payload = await self.invoke(name, self.request.payload)
