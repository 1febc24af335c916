"""Attributes that applications keep for users of SSO."""

from apitest_server.internal.sso import _attributes as kinds


class Create(kinds.Create):
    """Adds attributes of a user, all or none; also ``POST /zato/sso/user/attr``."""

    name = "zato.sso.user-attr.create"


class Update(kinds.Update):
    """Changes attributes of a user, all or none; also ``PATCH /zato/sso/user/attr``."""

    name = "zato.sso.user-attr.update"


class Set(kinds.Set):
    """Adds attributes of a user, or changes those that are there; also ``PUT /zato/sso/user/attr``."""

    name = "zato.sso.user-attr.set"


class SetExpiry(kinds.SetExpiry):
    """Says for how many seconds attributes of a user go on; also ``PATCH /zato/sso/user/attr/expiry``."""

    name = "zato.sso.user-attr.set-expiry"


class Delete(kinds.Delete):
    """Deletes attributes of a user, all or none; also ``DELETE /zato/sso/user/attr``."""

    name = "zato.sso.user-attr.delete"


class Get(kinds.Get):
    """Returns attributes of a user; also ``GET /zato/sso/user/attr``."""

    name = "zato.sso.user-attr.get"


class Exists(kinds.Exists):
    """Returns whether attributes of a user are there; also ``GET /zato/sso/user/attr/exists``."""

    name = "zato.sso.user-attr.exists"


class GetNames(kinds.GetNames):
    """Returns the names of all attributes of a user; also ``GET /zato/sso/user/attr/names``."""

    name = "zato.sso.user-attr.get-names"
