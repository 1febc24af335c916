"""Types of objects that are kept in the ODB, and the services that create, change and list them.

How to describe a type of objects, in a module of ``internal``::

    from apitest_server.internal import crud
    from apitest_server.internal.crud import Between, Field, ObjectType, OneOf, Reference
    from apitest_server.service.elements import Bool, Text

    FTP = ObjectType(
        name="outgoing.ftp",                          # the kind of its objects in the ODB
        title="FTP connection",                       # in errors: "FTP connection `x` exists already"
        fields=(                                      # `id` and `name` are always there
            Field(Bool("is_active", default=True)),
            Field(Text("host"), required=True, searched=True),
            Field(Between("port", 1, 65535, default=21)),
            Field(OneOf("mode", "passive", "active")),     # the first one is the default
            Field(Reference("security_id"), refers_to=("security.basic-auth",)),
            Field(Text("user", default=""), unique=True),
            Field(Text("password"), stored="encrypted"),   # or "hashed": it is only verified
        ),
        validate=None,                                # (server, fields, id) -> None; see below
    )


    Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(FTP, __name__)


    class Ping(crud.Ping):                            # of an outgoing connection
        name = "zato.outgoing.ftp.ping"
        object_type = FTP


``services_of`` makes classes of the description: ``Create``, ``Edit`` (fields that are not given keep their values),
``Delete``, ``GetList`` (``cur_page``, ``page_size``, ``query``, and fields with ``filters=True``), ``GetByID``,
``GetByName`` and, where a field is secret, ``ChangePassword`` (``id``, ``password1``, ``password2``). Secrets are taken
and never returned. What a type does not have is called ``_`` there. Where there is more to say of one,
``services_of(FTP, __name__, {"delete": "Deletes {one}, and what it holds."})`` says it; a class behind that is a base
of all of them, for what only services of the type take and return. Other services of the type are classes in the same
module: ``find(server, FTP, id)`` gives them the object, ``connection_of(server, FTP, given)`` the connection. What
refers to a definition has the field ``definition(AMQP_DEFINITION)``, and its name in lists; ``check_service(server,
fields)`` looks at a field that names a service; ``*VERIFIED`` are the fields that ``outgoing.tls.context`` reads, and
``AS_OPENSSL`` how clients of ``zato.generic.connection.*`` say them.

* ``validate`` is called with all fields of a new or changed object before it is stored; ``id`` is 0 for a new one.
  It may change fields, and raises ``InputError(field, problem)`` or ``BadRequest(details)``.
* What an object does in the running server is up to the room of its technology: ``open_room`` returns
  ``Room(kinds={"outgoing.ftp": lambda: FTPObjects(…)})``, and ``FTPObjects``, in the room's ``objects.py``, is an
  ``odb.live.Live``. At start it gets all objects (``load``), then each new or changed one (``check`` before it is
  stored, ``put`` after) or deleted one (``check_removal``, ``remove``). Most derive from ``odb.live.Each``.
* ``StoredObject.secret("password")`` gives it the secret; ``item.fields.get("port", 21)`` the fields.
* Where nobody gives objects a name, ``named`` makes one of their fields.
* What changes along with an object is ``after_edit``, what goes with it ``before_delete``: (act, id) -> None.
* Several changes, of one type or of more, are one act in ``with together(server) as act``.
* With ``generic=Generic()`` clients reach the type as ``zato.generic.connection.*``, too, with a ``type_`` that is made
  of its name: ``outconn-ftp`` of ``outgoing.ftp``, ``channel-x`` of ``channel.x``, ``def-x`` of ``definition.x``.
* Objects that are declared in server.conf are listed as well if the type has ``declared=``: a function (server) ->
  rows with negative IDs. They cannot be changed, and their names are taken.
"""

from apitest_server.internal.crud.act import Act, together
from apitest_server.internal.crud.audited import AUDIT_FIELDS, RECEIVED_FIELDS, SENT_FIELDS
from apitest_server.internal.crud.changes import find
from apitest_server.internal.crud.connections import Ping, connection_of
from apitest_server.internal.crud.field_types import (
    Between,
    HeaderName,
    Lines,
    Moment,
    Name,
    OneOf,
    Places,
    Reference,
    Seconds,
    ServiceName,
)
from apitest_server.internal.crud.object_type import Changing, Field, Generic, ObjectType
from apitest_server.internal.crud.of_definitions import definition
from apitest_server.internal.crud.of_services import check_service
from apitest_server.internal.crud.of_tls import AS_OPENSSL, VERIFIED
from apitest_server.internal.crud.services import (
    ChangePassword,
    Create,
    Delete,
    Edit,
    GetByID,
    GetByName,
    GetList,
    Switch,
)
from apitest_server.internal.crud.standard import services_of
from apitest_server.internal.crud.status import BY_ID_OR_NAME, ChannelStatus, ConnectionStatus, named

__all__ = [
    "AS_OPENSSL",
    "AUDIT_FIELDS",
    "BY_ID_OR_NAME",
    "RECEIVED_FIELDS",
    "SENT_FIELDS",
    "VERIFIED",
    "Act",
    "Between",
    "ChangePassword",
    "Changing",
    "ChannelStatus",
    "ConnectionStatus",
    "Create",
    "Delete",
    "Edit",
    "Field",
    "Generic",
    "GetByID",
    "GetByName",
    "GetList",
    "HeaderName",
    "Lines",
    "Moment",
    "Name",
    "ObjectType",
    "OneOf",
    "Ping",
    "Places",
    "Reference",
    "Seconds",
    "ServiceName",
    "Switch",
    "check_service",
    "connection_of",
    "definition",
    "find",
    "named",
    "services_of",
    "together",
]
