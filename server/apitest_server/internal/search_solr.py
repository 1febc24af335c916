"""Connections to Solr: defined and tried; services use them as ``self.search.solr``."""

from apitest_server.internal import crud
from apitest_server.internal._web_address import WebAddress
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType
from apitest_server.internal.crud.field_types import LINES
from apitest_server.outgoing.solr import PING_PATH, options_of
from apitest_server.service.elements import Bool, Text


class _PingPath(Text):
    """Where Solr answers pings, from the address on, or, with a slash in front, from the beginning of the server's."""

    def parse(self, value: object) -> str:
        """The path."""
        path = super().parse(value).strip() or PING_PATH
        if path.startswith("//") or any(sign in path for sign in ":?# \\") or not path.isprintable():
            raise ValueError(f"must be a path such as {PING_PATH}")
        return path


class _Options(Text):
    """Options of the driver, one a line."""

    schema = LINES

    def parse(self, value: object) -> str:
        """The lines."""
        text = super().parse(value).strip()
        options_of(text)
        return text


SOLR = ObjectType(
    name="search.solr",
    title="Solr connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(
            WebAddress("address"),
            required=True,
            searched=True,
            about="Of a core or a collection, such as https://solr.example.com:8983/solr/shop",
        ),
        Field(Text("username", default=""), searched=True, about="Empty: nobody signs in"),
        Field(Text("password"), stored="encrypted"),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(
            _PingPath("ping_path", default=PING_PATH), about="From the address on; with / in front, from its host on"
        ),
        Field(_Options("options", default=""), about="Of pysolr, one a line, such as always_commit=true"),
        Field(Between("pool_size", 1, 200, default=5), about="How many unused connections are kept"),
        *VERIFIED,
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SOLR, __name__)


class Ping(crud.Ping):
    """Asks Solr whether it is there."""

    name = "zato.search.solr.ping"
    object_type = SOLR
