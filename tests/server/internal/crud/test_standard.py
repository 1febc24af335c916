"""Tests of apitest_server.internal.crud.standard."""

from apitest_server.deploy.discovery import services_of_module
from apitest_server.internal import outgoing_odoo
from apitest_server.internal.amqp import channels
from apitest_server.internal.crud import Field, ObjectType, services_of
from apitest_server.service.elements import Text


def test_services_are_classes_of_their_module() -> None:
    """Named after the type and the verb, and found as classes that were written by hand are."""
    deployed = {service.name: service.place for service in services_of_module(outgoing_odoo, internal=True)}
    place = "apitest_server.internal.outgoing_odoo"
    assert deployed == {
        f"zato.outgoing.odoo.{verb}": f"{place}:{name}"
        for verb, name in {
            "create": "Create", "edit": "Edit", "delete": "Delete", "get-list": "GetList", "get-by-id": "GetByID",
            "get-by-name": "GetByName", "change-password": "ChangePassword", "ping": "Ping",
        }.items()
    }  # fmt: skip


def test_what_they_do_is_said_in_the_words_of_the_type() -> None:
    """With its article, and its secret by its name."""
    token = ObjectType(name="x", title="FTP box", fields=(Field(Text("token"), stored="hashed"),))
    said = [made.__doc__ for made in services_of(token, __name__)]
    assert said == [
        "Creates an FTP box; it takes effect at once.",
        "Changes the given fields of an FTP box, at once; the others keep their values.",
        "Deletes an FTP box, unless others need it.",
        "Lists FTP boxes by name; by page, search words and fields.",
        "Returns an FTP box, found by its ID, without its token.",
        "Returns an FTP box, found by its name, without its token.",
        "Changes the token of an FTP box, at once.",
    ]


def test_without_secrets_there_is_none_to_change() -> None:
    """And nothing is said of one."""
    plain = ObjectType(name="x", title="Outgoing thing", fields=())
    made = services_of(plain, __name__)
    assert (len(made), made[4].__doc__) == (6, "Returns an outgoing thing, found by its ID.")


def test_lists_have_the_names_of_definitions() -> None:
    """Where the type refers to one."""
    extra = [element.name for element in channels.GetList.SimpleIO.output_optional][-2:]  # type: ignore[attr-defined]
    assert extra == ["def_name", "service_name"]
