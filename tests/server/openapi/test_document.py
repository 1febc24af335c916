"""Tests of apitest_server.openapi.document."""

from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from apitest_server.openapi.document import Endpoint, document
from apitest_server.service.elements import Int, Text
from apitest_server.service.simpleio import Fields

INPUT = Fields([Int("id"), Text("a")], [Text("b")])
OUTPUT = Fields([Int("x")], [])


def made(*endpoints: Endpoint, **schemes: Any) -> dict[str, Any]:
    found = document("Test", "1.0", endpoints, schemes)
    OpenAPIV31SpecValidator(found).validate()
    return found


def test_an_empty_document_is_valid() -> None:
    """A server without channels has one as well."""
    assert made()["paths"] == {}


def test_fields_are_in_path_query_and_body() -> None:
    """Of methods with a body they are in it, of others in the query string; those of the path are there."""
    found = made(Endpoint("one", "/c/{id}", ("get", "post"), "a.one", "Says.\n\n  More.\n  And more.", INPUT, OUTPUT))
    get, post = found["paths"]["/c/{id}"]["get"], found["paths"]["/c/{id}"]["post"]
    assert [(item["name"], item["in"], item["required"]) for item in get["parameters"]] == [
        ("id", "path", True),
        ("a", "query", True),
        ("b", "query", False),
    ]
    assert [item["name"] for item in post["parameters"]] == ["id"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    assert (list(schema["properties"]), schema["required"]) == (["a", "b"], ["a"])
    assert (get["summary"], get["description"], get["tags"]) == ("Says.", "More.\nAnd more.", ["a"])
    assert "anyOf" in get["responses"]["200"]["content"]["application/json"]["schema"]


def test_a_service_that_declares_nothing_takes_anything() -> None:
    """Its parameters of the path are texts, its body and its response are anything."""
    found = made(Endpoint("one", "/f/{path*}", ("put",), "one"))
    operation = found["paths"]["/f/{path}"]["put"]
    assert operation["parameters"][0]["schema"] == {"type": "string"}
    assert operation["requestBody"] == {"required": False, "content": {"application/json": {"schema": {}}}}
    assert "content" not in operation["responses"]["200"]
    assert (operation["summary"], operation["tags"]) == ("one", ["one"])


@pytest.mark.parametrize(("data_format", "media_type"), [("xml", "application/xml"), ("raw", "text/plain")])
def test_a_body_has_the_type_of_its_channel(data_format: str, media_type: str) -> None:
    """Only JSON and forms have fields in it."""
    found = made(Endpoint("one", "/a", ("post",), "one", input=INPUT, data_format=data_format))
    assert found["paths"]["/a"]["post"]["requestBody"]["content"] == {media_type: {"schema": {}}}


def test_a_channel_for_xml_answers_xml() -> None:
    """Errors as well; all others answer JSON."""
    for data_format, media_type in (("xml", "application/xml"), ("form", "application/json")):
        found = made(Endpoint("one", "/a", ("post",), "one", output=INPUT, data_format=data_format))
        responses = found["paths"]["/a"]["post"]["responses"]
        assert [list(one["content"]) for one in responses.values()] == [[media_type], [media_type]]


def test_paths_that_differ_in_names_only_are_one() -> None:
    """The parameters have the names of the first one."""
    found = made(Endpoint("b", "/c/{key}", ("put",), "b"), Endpoint("a", "/c/{id}", ("get",), "a"))
    assert list(found["paths"]) == ["/c/{id}"]
    assert found["paths"]["/c/{id}"]["put"]["parameters"][0]["name"] == "id"


def test_operations_have_names_of_their_own() -> None:
    """Even if two channels have one name."""
    found = made(Endpoint("a", "/a", ("get",), "a"), Endpoint("a", "/b", ("get",), "a"))
    assert [item["get"]["operationId"] for item in found["paths"].values()] == ["a.get", "a.get.2"]


def test_security_is_that_of_the_channel() -> None:
    """Public ones have none."""
    scheme = {"type": "http", "scheme": "basic"}
    found = made(Endpoint("a", "/a", ("get",), "a", security="staff"), Endpoint("b", "/b", ("get",), "a"), staff=scheme)
    assert found["paths"]["/a"]["get"]["security"] == [{"staff": []}]
    assert "security" not in found["paths"]["/b"]["get"]
    assert found["components"]["securitySchemes"] == {"staff": scheme}
