"""What services of attributes are given: one attribute, as ``name`` and so on, or several as ``data``."""

from collections.abc import Mapping

from apitest_server.errors import InputError
from apitest_server.internal.sso._asked import WHO, asking, desk
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool, Int
from apitest_server.sso.given import Attribute, Owner

_seconds, _truth = Int("expiration"), Bool("encrypt")


class Input:
    """One attribute or several in."""

    input_optional = (
        *WHO, "user_id", "target_ust", "name", AsIs("value"), AsIs("data"), Int("expiration"),
        Bool("encrypt"), Bool("decrypt", default=True),
    )  # fmt: skip


class OfAttributes(Service):
    """A service of attributes.

    Attributes:
        of_session: whether they are those of one session.
        verb: what the service's name ends with.
    """

    of_session = False
    verb = ""
    SimpleIO = Input

    @property
    def owner(self) -> Owner:
        """Whose attributes are meant."""
        given = self.request.input
        return Owner(session=given.target_ust) if self.of_session else Owner(str(given.user_id))

    @property
    def given(self) -> list[Attribute]:
        """Those that are given; what is not said of one of several is as it is for all.

        Raises:
            InputError: there is none, or one of them is not an attribute.
        """
        given = self.request.input
        if given.data is None:
            return [Attribute(_name(given.name, "name"), given.value, given.expiration, given.encrypt)]
        return [self._one(index, one) for index, one in enumerate(_listed(given.data))]

    @property
    def names(self) -> list[str]:
        """The names that are given.

        Raises:
            InputError: there is none.
        """
        given = self.request.input
        if given.data is None:
            return [_name(given.name, "name")]
        found = [one.get("name") if isinstance(one, Mapping) else one for one in _listed(given.data)]
        return [_name(one, f"data[{index}]") for index, one in enumerate(found)]

    def _one(self, index: int, one: object) -> Attribute:
        given, where = self.request.input, f"data[{index}]"
        if not isinstance(one, Mapping):
            raise InputError(where, "must be an object with a name and a value")
        try:
            seconds = _seconds.parse(one["expiration"]) if one.get("expiration") is not None else given.expiration
            encrypt = _truth.parse(one["encrypt"]) if one.get("encrypt") is not None else given.encrypt
        except ValueError as error:
            raise InputError(where, f"has an attribute that {error}") from None
        return Attribute(_name(one.get("name"), f"{where}.name"), one.get("value"), seconds, encrypt)


class Create(OfAttributes):
    """Adds attributes."""

    verb = "create"

    def handle(self) -> None:
        """Refuses a name that is taken."""
        desk(self).attributes.create(asking(self), self.owner, self.given)


class Update(OfAttributes):
    """Changes attributes."""

    verb = "update"

    def handle(self) -> None:
        """Refuses an attribute that is not there."""
        desk(self).attributes.update(asking(self), self.owner, self.given)


class Set(OfAttributes):
    """Adds or changes attributes."""

    verb = "set"

    def handle(self) -> None:
        """Refuses what is not an attribute."""
        desk(self).attributes.set(asking(self), self.owner, self.given)


class SetExpiry(OfAttributes):
    """Says how long attributes go on."""

    verb = "set-expiry"

    def handle(self) -> None:
        """Refuses an attribute that is not there."""
        desk(self).attributes.set_expiry(asking(self), self.owner, self.given)


class Delete(OfAttributes):
    """Deletes attributes."""

    verb = "delete"

    def handle(self) -> None:
        """Refuses an attribute that is not there."""
        desk(self).attributes.delete(asking(self), self.owner, self.names)


class Get(OfAttributes):
    """Returns attributes."""

    verb = "get"

    def handle(self) -> None:
        """Of an attribute that is not there ``found`` is false; several are under ``result``, by name."""
        given, names = self.request.input, self.names
        found = desk(self).attributes.get(asking(self), self.owner, names, given.decrypt)
        told = {name: one or {"found": False} for name, one in found.items()}
        self.response.payload = told[names[0]] if given.data is None else {"result": told}


class Exists(OfAttributes):
    """Returns whether attributes are there."""

    verb = "exists"

    def handle(self) -> None:
        """Of several it says so by name."""
        names = self.names
        found = desk(self).attributes.get(asking(self), self.owner, names, decrypt=False)
        told = {name: one is not None for name, one in found.items()}
        self.response.payload = {"result": told[names[0]] if self.request.input.data is None else told}


class GetNames(OfAttributes):
    """Returns names."""

    verb = "get-names"

    def handle(self) -> None:
        """Refuses to tell others."""
        self.response.payload = {"result": desk(self).attributes.names(asking(self), self.owner)}


_ABOUT: dict[type[OfAttributes], str] = {
    Create: "Adds attributes of a {one}, all or none; also ``POST /zato/sso/{one}/attr``.",
    Update: "Changes attributes of a {one}, all or none; also ``PATCH /zato/sso/{one}/attr``.",
    Set: "Adds attributes of a {one}, or changes those that are there; also ``PUT /zato/sso/{one}/attr``.",
    SetExpiry: "Says for how many seconds attributes of a {one} go on; also ``PATCH /zato/sso/{one}/attr/expiry``.",
    Delete: "Deletes attributes of a {one}, all or none; also ``DELETE /zato/sso/{one}/attr``.",
    Get: "Returns attributes of a {one}; also ``GET /zato/sso/{one}/attr``.",
    Exists: "Returns whether attributes of a {one} are there; also ``GET /zato/sso/{one}/attr/exists``.",
    GetNames: "Returns the names of all attributes of a {one}; also ``GET /zato/sso/{one}/attr/names``.",
}


def services_of(kind: str, module: str) -> tuple[type[OfAttributes], ...]:
    """The services of attributes, in the order of the classes above.

    Args:
        kind: ``sso.user-attr`` or ``sso.session-attr``, as in the names of the services.
        module: the name of the module that they become a part of.
    """
    one = kind.removeprefix("sso.").removesuffix("-attr")
    return tuple(
        type(
            base.__name__,
            (base,),
            {
                "__module__": module,
                "__doc__": about.format(one=one),
                "name": f"zato.{kind}.{base.verb}",
                "of_session": one == "session",
            },
        )
        for base, about in _ABOUT.items()
    )


def _listed(data: object) -> list[object]:
    if not isinstance(data, list) or not data:
        raise InputError("data", "must be a list that is not empty")
    return data


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise InputError(where, "must be the name of an attribute")
    return value
