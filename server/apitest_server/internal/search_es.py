"""Connections to Elasticsearch and OpenSearch: defined and tried; services use them as ``self.search.es``."""

from apitest_server.internal import crud
from apitest_server.internal.crud import VERIFIED, Between, Field, ObjectType, OneOf, Places
from apitest_server.outgoing.es import PORTS
from apitest_server.service.elements import Bool, Text

ES = ObjectType(
    name="search.es",
    title="Elasticsearch connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(
            Places("hosts", PORTS, "http"),
            required=True,
            searched=True,
            about="One a line, such as https://search.example.com:9200; OpenSearch as well",
        ),
        Field(Text("username", default=""), searched=True, about="Empty: nobody signs in"),
        Field(Text("password"), stored="encrypted"),
        Field(Between("timeout", 1, 3600, default=5), about="In seconds"),
        Field(OneOf("body_as", "POST", "GET"), about="How requests are sent that are GET and have a body"),
        Field(Between("pool_size", 1, 200, default=10), about="How many unused connections to each host are kept"),
        *VERIFIED,
    ),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(ES, __name__)


class Ping(crud.Ping):
    """Asks Elasticsearch or OpenSearch whether it is there."""

    name = "zato.search.es.ping"
    object_type = ES
