"""The sentences that build a request and send it."""

from typing import Any

from apitest.clients import files
from apitest.clients.http import body as http_body
from apitest.clients.http import client as http
from apitest.context import FeatureContext, StepContext
from apitest.errors import BadValue
from apitest.language.registry import given, when
from apitest.steps import documents
from apitest.steps.headed import pairs
from apitest.steps.lookup import doc_string


@given('address "{address}"', since="1.0")
def address(ctx: StepContext, address: Any) -> None:
    """Sets where requests go to: scheme, host and port.

    Example:
        address "http://localhost:8080"
    """
    ctx.zato.request.address = str(address)


@given('URL path "{url_path}"', since="1.0")
def url_path(ctx: StepContext, url_path: Any) -> None:
    """Sets the path of the URL, which follows the address.

    Example:
        URL path "/api/customers"
    """
    ctx.zato.request.url_path = str(url_path)


@given('query string "{query_string}"', since="1.0")
def query_string(ctx: StepContext, query_string: Any) -> None:
    """Sets the query string; the question mark may be left out.

    Example:
        query string "?id=123&lang=en"
    """
    ctx.zato.request.query_string = str(query_string)


@given('query parameter "{name}" is "{value}"')
def query_parameter(ctx: StepContext, name: str, value: Any) -> None:
    """Adds a parameter to the URL, percent-encoded.

    Example:
        query parameter "name" is "Maria José"
    """
    _add_parameters(ctx.zato, [(name, value)])


@given("query parameters")
def query_parameters(ctx: StepContext) -> None:
    """Adds parameters to the URL, one a row of the table below the step.

    Example:
        query parameters
            | name | value |
            | id   | 123   |
            | lang | en    |
    """
    _add_parameters(ctx.zato, pairs(ctx))


@given('REST method "{method}"', 'HTTP method "{method}"', since="1.0")
def method(ctx: StepContext, method: str) -> None:
    """Sets the method of the request, GET where nothing is said; any name is allowed.

    Example:
        REST method "POST"
    """
    name = str(method).strip().upper()
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
        raise BadValue(f'"{method}" is no HTTP method', fix="Write GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS")
    ctx.zato.request.method = name


@given('format "{format}"', since="1.0")
def format_(ctx: StepContext, format: str) -> None:
    """Sets the format of request and response: JSON, XML, RAW or FORM; JSON where nothing is said.

    Example:
        format "JSON"
    """
    ctx.zato.request.format = _format(format)
    ctx.zato.request.response_format = _format(format)


@given('request format "{format}"', since="1.7")
def request_format(ctx: StepContext, format: str) -> None:
    """Sets the format of the request only.

    Example:
        request format "FORM"
    """
    ctx.zato.request.response_format = ctx.zato.request.response_format
    ctx.zato.request.format = _format(format)


@given('response format "{format}"', since="1.7")
def response_format(ctx: StepContext, format: str) -> None:
    """Sets the format of the response only.

    Example:
        response format "XML"
    """
    ctx.zato.request.response_format = _format(format)


@given('header "{header}" "{value}"', since="1.0")
def header(ctx: StepContext, header: str, value: Any) -> None:
    """Sends a header with the following requests; its name is the same in any case.

    Example:
        header "X-Request-ID" "abc-123"
    """
    _set_header(ctx.zato, header, value)


@given("headers")
def headers(ctx: StepContext) -> None:
    """Sends headers with the following requests, one a row of the table below the step.

    Example:
        headers
            | name         | value   |
            | X-Request-ID | abc-123 |
            | X-Tenant     | acme    |
    """
    for name, value in pairs(ctx):
        _set_header(ctx.zato, name, value)


@given('user agent is "{value}"', since="1.0")
def user_agent(ctx: StepContext, value: Any) -> None:
    """Sets the User-Agent header.

    Example:
        user agent is "My Client 1.0"
    """
    _set_header(ctx.zato, "User-Agent", value)


@given('SOAP action "{value}"', since="1.0")
def soap_action(ctx: StepContext, value: Any) -> None:
    """Sets the SOAPAction header of a SOAP request.

    Example:
        SOAP action "urn:get-customer"
    """
    _set_header(ctx.zato, "SOAPAction", value)


@given('request "{request_path}"', since="1.0")
def request_from_file(ctx: StepContext, request_path: str) -> None:
    """Reads the request from a file in the directory "request" below that of its format.

    Example:
        request "create-customer.json"
    """
    kind = ctx.zato.request.format
    path = documents.request_file(ctx, kind, request_path)
    documents.set_request(ctx, files.read_bytes(path), str(path))


@given('request is "{data}"', since="1.0")
def request_is(ctx: StepContext, data: Any) -> None:
    """Sets the request itself, in its format.

    Example:
        request is "{}"
    """
    documents.set_request(ctx, data, "the request")


@given("request is")
def request_is_text(ctx: StepContext) -> None:
    '''Sets the request to the doc string, with the values of ${NAME}, #{name} and @{name} put in.

    Example:
        request is
            """
            {"customer": {"name": "Maria"}}
            """
    '''
    documents.set_request(ctx, doc_string(ctx), "the request")


@when("the URL is invoked", since="1.0")
def invoke(ctx: StepContext) -> None:
    """Sends the request and waits for the response.

    Example:
        the URL is invoked
    """
    transport = ctx.zato.get("transport") or http.invoke
    transport(ctx.zato)


def _format(name: str) -> str:
    upper = str(name).strip().upper()
    if upper not in http_body.FORMATS:
        raise BadValue(f'There is no format "{name}"', fix=f"Write {', '.join(http_body.FORMATS)}")
    return upper


def _set_header(zato: FeatureContext, name: str, value: Any) -> None:
    headers = zato.request.headers
    for known in [known for known in headers if known.lower() == name.lower()]:
        del headers[known]
    headers[name] = str(value)


def _add_parameters(zato: FeatureContext, added: list[tuple[str, Any]]) -> None:
    zato.request["query_parameters"] = [*zato.request.get("query_parameters", ()), *added]
