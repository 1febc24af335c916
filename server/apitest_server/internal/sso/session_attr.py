"""Attributes that applications keep for single sessions of users of SSO."""

from apitest_server.internal.sso import _attributes as kinds


class Create(kinds.Create):
    """Adds attributes of a session, all or none; also ``POST /zato/sso/session/attr``."""

    name = "zato.sso.session-attr.create"
    of_session = True


class Update(kinds.Update):
    """Changes attributes of a session, all or none; also ``PATCH /zato/sso/session/attr``."""

    name = "zato.sso.session-attr.update"
    of_session = True


class Set(kinds.Set):
    """Adds attributes of a session, or changes those that are there; also ``PUT /zato/sso/session/attr``."""

    name = "zato.sso.session-attr.set"
    of_session = True


class SetExpiry(kinds.SetExpiry):
    """Says for how many seconds attributes of a session go on; also ``PATCH /zato/sso/session/attr/expiry``."""

    name = "zato.sso.session-attr.set-expiry"
    of_session = True


class Delete(kinds.Delete):
    """Deletes attributes of a session, all or none; also ``DELETE /zato/sso/session/attr``."""

    name = "zato.sso.session-attr.delete"
    of_session = True


class Get(kinds.Get):
    """Returns attributes of a session; also ``GET /zato/sso/session/attr``."""

    name = "zato.sso.session-attr.get"
    of_session = True


class Exists(kinds.Exists):
    """Returns whether attributes of a session are there; also ``GET /zato/sso/session/attr/exists``."""

    name = "zato.sso.session-attr.exists"
    of_session = True


class GetNames(kinds.GetNames):
    """Returns the names of all attributes of a session; also ``GET /zato/sso/session/attr/names``."""

    name = "zato.sso.session-attr.get-names"
    of_session = True
