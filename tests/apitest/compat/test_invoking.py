from typing import Any

import pytest

from apitest.compat import invoking
from apitest.errors import BadValue, CheckFailed
from tests.apitest.web import WebServer
from tests.apitest.wsx_server import WSXServer


def test_the_request_is_sent(ctx: Any, web: WebServer) -> None:
    """As by its sentence; with another adapter if one is given."""
    from requests.adapters import HTTPAdapter

    ctx.zato.request.address = web.address
    ctx.zato.request.url_path = "/echo"
    invoking.set_request_format(ctx, "JSON")
    invoking.given_request_impl(ctx, '{"a": 1}')
    invoking.when_the_url_is_invoked(ctx)
    assert ctx.zato.response.data.status_code == 200
    assert ctx.zato.response.data_impl["body"] == '{"a":1}'
    sent: list[str] = []

    class Counting(HTTPAdapter):
        def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            sent.append(str(request.url))
            return super().send(request, *args, **kwargs)

    invoking.when_the_url_is_invoked(ctx, [Counting()])
    invoking.invoke_http(ctx)
    assert sent == [f"{web.address}/echo"]


def test_a_variable_equals_a_literal() -> None:
    """Literals are Python's."""
    invoking.variable_is([1, None], "[1, None]")
    with pytest.raises(CheckFailed):
        invoking.variable_is(1, "2")
    with pytest.raises(BadValue):
        invoking.variable_is(1, "no literal")


def test_the_request_is_sent_over_a_channel(ctx: Any) -> None:
    """Over WSX, whatever else requests go over."""
    server = WSXServer()
    try:
        ctx.zato.request.address, ctx.zato.request.url_path = server.address, "/open"
        invoking.given_request_impl(ctx, '{"a": 1}')
        invoking.invoke_zato_web_sockets_service(ctx)
        assert ctx.zato.response.data_impl == {"a": 1}
        assert [each["meta"]["action"] for each in server.received] == ["create-session", "invoke-service"]
    finally:
        ctx.zato.close()
        server.close()
