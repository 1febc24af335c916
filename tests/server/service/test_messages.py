from apitest_server.service.attrs import Payload
from apitest_server.service.messages import Channel, Request, Response


def test_without_simpleio_the_fields_are_those_of_the_payload() -> None:
    """With attribute access; a payload that is not an object has none."""
    request = Request({"a": 1}, b'{"a": 1}')
    assert request.input.a == request.input["a"] == 1
    assert request.raw == request.raw_request == b'{"a": 1}'
    assert not Request([1]).input


def test_fields_that_simpleio_found_are_kept() -> None:
    """They take the place of the payload's."""
    request = Request({"a": 1})
    request.input = {"b": 2}
    assert (request.input, request.fields) == ({"b": 2}, {"a": 1})


def test_a_response_starts_empty_and_good() -> None:
    """With a payload for fields where output is declared."""
    assert (Response().payload, Response().status_code, Response().headers) == (None, 200, {})
    assert isinstance(Response(declared=True).payload, Payload)


def test_each_cookie_is_a_header() -> None:
    """None is made where none is set."""
    response = Response()
    assert response.cookie_headers() == []
    response.cookies["a"] = "1"
    response.cookies["b"] = "2"
    response.cookies["b"]["httponly"] = True
    assert response.cookie_headers() == ["a=1", "b=2; HttpOnly"]


def test_the_data_format_is_the_content_type() -> None:
    """Existing services read it by that name."""
    response = Response()
    response.content_type = "text/csv"
    assert response.data_format == "text/csv"


def test_a_service_that_another_one_invokes_has_no_channel_name() -> None:
    """And no user."""
    assert Channel() == Channel(name="", type="invoke", user="")
