"""Kinds of objects that describe themselves, and get their services from that.

How to describe a kind, in a module of ``internal``::

    from apitest_server.internal.crud import Between, Field, Kind, OneOf, Reference, provide
    from apitest_server.service.elements import Bool, Text

    FTP = Kind(
        name="outgoing.ftp",                          # services: zato.outgoing.ftp.create, .edit, .get-list …
        title="FTP connection",                       # in errors: "FTP connection `x` exists already"
        fields=(                                      # `id` and `name` are there by themselves
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
    provide(FTP, globals())                           # makes the service classes, as attributes of the module

What comes of it: ``create``, ``edit`` (fields not given keep their values), ``delete``, ``get-list`` (``cur_page``,
``page_size``, ``query``, fields with ``filters=True``), ``get-by-id``, ``get-by-name`` and, where a field is secret,
``change-password`` (``id``, ``password1``, ``password2``). Secrets are taken and never returned. Other services of the
kind (``ping`` …) are classes as usual, in the same module; ``find(server, KIND, id)`` gives them the object.

* ``validate`` is called with all fields of a new or changed object before it is stored; ``id`` is 0 for a new one.
  It may change fields, and raises ``InputError(field, problem)`` or ``BadRequest(details)``.
* What an object does in the running server is said by a ``service.live.Live`` that its room offers; app.py registers
  it: ``live.register("outgoing.ftp", lambda: FTPConnections(…))``. At start it gets all objects (``load``), then each
  new or changed one (``check`` before it is stored, ``put`` after) or deleted one (``check_removal``, ``remove``).
  It lives outside of ``internal``, since no module of services is imported at a warm start. Most derive
  from ``service.live.Each``.
* ``StoredObject.secret("password")`` gives it the secret; ``item.fields.get("port", 21)`` the fields.
* Objects that are declared in server.conf are listed as well if the kind says ``declared=``: a function (server) ->
  rows with negative IDs. They cannot be changed, and their names are taken.
"""

from apitest_server.internal.crud.changes import find
from apitest_server.internal.crud.kind import Between, Field, HeaderName, Kind, Name, OneOf, Reference
from apitest_server.internal.crud.services import provide

__all__ = ["Between", "Field", "HeaderName", "Kind", "Name", "OneOf", "Reference", "find", "provide"]
