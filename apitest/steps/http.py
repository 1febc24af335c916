"""Sentences that describe a request and send it."""

from apitest.clients.http import auth as http_auth
from apitest.clients.http import body as http_body
from apitest.clients.http import client as http
from apitest.clients.http import url as http_url
from apitest.context import FeatureContext, StepContext
from apitest.errors import BadValue
from apitest.language.embedding import in_text
from apitest.language.names import alike
from apitest.language.registry import given, when
from apitest.steps import anew, documents
from apitest.steps.headed import pairs
from apitest.steps.lookup import doc_string


@given('address "{address}"', since="1.0")
def address(ctx: StepContext, address: object) -> None:
    """Sets where requests go to: scheme, host and port.

    Example:
        address "http://localhost:8080"
    """
    ctx.zato.adjust().address = str(address)


@given('URL path "{url_path}"', since="1.0")
def url_path(ctx: StepContext, url_path: object) -> None:
    """Sets the path of the URL, which follows the address.

    Example:
        URL path "/api/customers"
    """
    request = ctx.zato.describe()
    request.url_path, request.url = str(url_path), ""


@given('URL "{url}"')
def url(ctx: StepContext, url: object) -> None:
    """Sets the whole URL of the next request, such as one from a response; the address stays for further requests.

    A relative URL starts at that of the last response, or at the address where there is none.

    Example:
        URL "#location"
    """
    request = ctx.zato.describe()
    for part in ("url_path", "query_string", "query_parameters"):
        request.pop(part, None)
    request.url = str(url)


@given('query string "{query_string}"', since="1.0")
def query_string(ctx: StepContext, query_string: object) -> None:
    """Sets the query string; the question mark may be left out.

    Example:
        query string "?id=123&lang=en"
    """
    ctx.zato.describe().query_string = str(query_string)


@given('query parameter "{name}" is "{value}"')
def query_parameter(ctx: StepContext, name: str, value: object) -> None:
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


@given('query parameter "{name}" is not sent')
def query_parameter_is_not_sent(ctx: StepContext, name: str) -> None:
    """Drops a parameter that an earlier step added to the URL or wrote into the query string.

    Example:
        query parameter "lang" is not sent
    """
    request = ctx.zato.describe()
    kept = [(known, value) for known, value in request.query_parameters if known != name]
    request["query_parameters"] = kept
    request.query_string = http_url.query_without(str(request.query_string), str(name))
    http_auth.drop_key(ctx.zato, parameter=name)


@given('REST method "{method}"', 'HTTP method "{method}"', since="1.0")
def method(ctx: StepContext, method: str) -> None:
    """Sets the method of the request; GET by default, any name is allowed.

    Example:
        REST method "POST"
    """
    name = str(method).strip().upper()
    if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
        raise BadValue(f'"{method}" is not an HTTP method', fix="Write GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS")
    ctx.zato.describe().method = name


@given('format "{format}"', since="1.0")
def format_(ctx: StepContext, format: str) -> None:
    """Sets the format of request and response: JSON, XML, RAW or FORM; JSON by default.

    Example:
        format "JSON"
    """
    request = ctx.zato.adjust()
    request.format = request.response_format = _format(format)


@given('request format "{format}"', since="1.7")
def request_format(ctx: StepContext, format: str) -> None:
    """Sets the format of the request only.

    Example:
        request format "FORM"
    """
    request = ctx.zato.adjust()
    request.response_format = request.response_format  # which a change of the request's format leaves as it is
    request.format = _format(format)


@given('response format "{format}"', since="1.7")
def response_format(ctx: StepContext, format: str) -> None:
    """Sets the format of the response only.

    Example:
        response format "XML"
    """
    ctx.zato.adjust().response_format = _format(format)


@given('header "{header}" "{value}"', since="1.0")
def header(ctx: StepContext, header: str, value: object) -> None:
    """Sends a header with the next request; its name is the same in any case.

    Example:
        header "X-Request-ID" "abc-123"
    """
    _set_header(ctx.zato, header, value)


@given("headers")
def headers(ctx: StepContext) -> None:
    """Sends headers with the next request, one a row of the table below the step.

    Example:
        headers
            | name         | value   |
            | X-Request-ID | abc-123 |
            | X-Tenant     | acme    |
    """
    for name, value in pairs(ctx):
        _set_header(ctx.zato, name, value)


@given('header "{header}" is not sent')
def header_is_not_sent(ctx: StepContext, header: str) -> None:
    """Sends the next request without a header: one that an earlier step set, Authorization, or a default one.

    Example:
        header "Accept" is not sent
    """
    _set_header(ctx.zato, header, None)


@given('user agent is "{value}"', since="1.0")
def user_agent(ctx: StepContext, value: object) -> None:
    """Sets the User-Agent header.

    Example:
        user agent is "My Client 1.0"
    """
    _set_header(ctx.zato, "User-Agent", value)


@given('SOAP action "{value}"', since="1.0")
def soap_action(ctx: StepContext, value: object) -> None:
    """Sets the SOAPAction header of a SOAP request.

    Example:
        SOAP action "urn:get-customer"
    """
    _set_header(ctx.zato, "SOAPAction", value)


@given('request "{request_path}"', since="1.0")
def request_from_file(ctx: StepContext, request_path: str) -> None:
    """Reads the request from a file in the directory "request" below that of its format; RAW sends its bytes.

    In JSON and XML, the values of ${NAME}, #{name} and @{name} are put in.

    Example:
        request "create-customer.json"
    """
    kind = ctx.zato.describe().format
    path = documents.request_file(ctx, kind, request_path)
    documents.set_request(ctx, documents.with_values(ctx, path, kind), str(path))


@given('request is "{data}"', since="1.0")
def request_is(ctx: StepContext, data: object) -> None:
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


@given("request body is not sent")
def request_body_is_not_sent(ctx: StepContext) -> None:
    """Sends the next request without the body, form and files that earlier steps gave it.

    Example:
        request body is not sent
    """
    request = ctx.zato.describe()
    for part in ("data", "data_impl", "form", "files"):
        request.pop(part, None)


@given("request is cleaned up")
def clean_up_request(ctx: StepContext) -> None:
    """Forgets the method, URL, headers, body, form and files; stored values, address and sign-in stay.

    Example:
        request is cleaned up
    """
    ctx.zato.new_request()


@when("the URL is invoked", since="1.0", again=anew.BY_ITSELF)
def invoke(ctx: StepContext) -> None:
    """Sends the request and waits for the response.

    Example:
        the URL is invoked
    """
    transport = ctx.zato.transport or http.invoke
    transport(ctx.zato)


def _format(name: str) -> str:
    upper = str(name).strip().upper()
    if upper not in http_body.FORMATS:
        raise BadValue(f'Unknown format "{name}"', fix=f"Write {', '.join(http_body.FORMATS)}")
    return upper


def _set_header(zato: FeatureContext, name: str, value: object) -> None:
    headers = zato.describe().headers
    for known in alike(name, headers):
        del headers[known]
    headers[name] = value if value is None else in_text(value)


def _add_parameters(zato: FeatureContext, added: list[tuple[str, object]]) -> None:
    request = zato.describe()
    request["query_parameters"] = [*request.query_parameters, *added]
