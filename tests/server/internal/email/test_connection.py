"""Tests of apitest_server.internal.email._connection."""

from apitest_server.internal.crud import Field
from apitest_server.internal.email._connection import connection
from apitest_server.service.elements import Text


def test_a_type_has_what_all_have_and_its_own() -> None:
    """The first mode is the default; nobody is shown the password."""
    pop = connection("email.pop", "POP connection", ("ssl", "plain"), (Field(Text("box", default="")),))
    shown = {field.name: field.element.default for field in pop.shown if hasattr(field.element, "default")}
    assert (shown["mode"], shown["port"], shown["validate_tls"], shown["box"]) == ("ssl", 0, True, "")
    assert [field.name for field in pop.secrets] == ["password"]
    assert [field.name for field in pop.fields if field.required] == ["host"]
