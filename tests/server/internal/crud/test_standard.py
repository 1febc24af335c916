"""Tests of apitest_server.internal.crud.standard."""

from dataclasses import replace

import pytest

from apitest_server.deploy.discovery import services_of_module
from apitest_server.internal import crud, outgoing_odoo
from apitest_server.internal.amqp import channels
from apitest_server.internal.amqp.definitions import AMQP_DEFINITION
from apitest_server.internal.crud import Field, ObjectType, definition, services_of
from apitest_server.internal.crud.of_definitions import Listed
from apitest_server.internal.crud.services import ObjectService
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


def test_more_can_be_said_of_one() -> None:
    """By its verb, in the words of the type; what the type does not have is told."""
    kept = (Field(Text("key"), stored="encrypted"), Field(Text("token"), stored="encrypted"))
    box = ObjectType(
        name="x",
        title="Key of box",
        single="a key of a box",
        plural="Keys of boxes",
        fields=kept,
        declared=lambda server: (),
    )
    said = {made.name: made.__doc__ for made in services_of(box, __name__, {"delete": "Deletes {one}, for ever."})}
    assert said["zato.x.delete"] == "Deletes a key of a box, for ever."
    assert (
        said["zato.x.get-list"]
        == "Lists keys of boxes by name, those of server.conf in front; by page, search words and fields."
    )
    assert said["zato.x.get-by-id"] == "Returns a key of a box, found by its ID, without its secrets."
    with pytest.raises(TypeError, match="`x` has no ping"):
        services_of(box, __name__, {"ping": "Asks whether it is there."})
    every = services_of(replace(box, is_built_in=True), __name__)[3].__doc__
    assert (
        every == "Lists keys of boxes by name, those that every server has in front; by page, search words and fields."
    )


def test_a_type_may_add_to_what_its_services_do() -> None:
    """By a class that all of them derive from."""

    class Counted(ObjectService):
        def handle(self) -> None:
            super().handle()

    box = ObjectType(name="x", title="Box", fields=(definition(AMQP_DEFINITION),))
    create, *_, get_list, _, _ = services_of(box, __name__, {}, Counted)
    assert create.__bases__ == (Counted, crud.Create)
    assert get_list.__bases__ == (Listed, Counted, crud.GetList)
    assert create.handle is Counted.handle


def test_without_secrets_there_is_none_to_change() -> None:
    """And nothing is said of one."""
    plain = ObjectType(name="x", title="Outgoing thing", fields=())
    made = services_of(plain, __name__)
    assert (len(made), made[4].__doc__) == (6, "Returns an outgoing thing, found by its ID.")


def test_lists_have_the_names_of_definitions() -> None:
    """Where the type refers to one."""
    extra = [element.name for element in channels.GetList.SimpleIO.output_optional][-2:]  # type: ignore[attr-defined]
    assert extra == ["service_name", "def_name"]
