"""The sentences that check the status, the body as a whole, and the time of a response."""

from apitest.checks import documents as compare_documents
from apitest.checks import scalars, text
from apitest.checks.mismatch import written
from apitest.clients import files
from apitest.context import StepContext
from apitest.errors import CheckFailed
from apitest.language.literals import integer, json_value, number, parse_list
from apitest.language.registry import then
from apitest.language.shortening import cut
from apitest.steps import anew, documents, status
from apitest.steps.documents import answer
from apitest.steps.lookup import doc_string

_TEXT = "the text of the response"
_BODY = "the response"


@then('status is "{expected_status}"', since="1.0", again=anew.REQUEST)
def status_is(ctx: StepContext, expected_status: object) -> None:
    """Checks the status code; 2xx stands for any from 200 to 299.

    Example:
        status is "200"
    """
    status.check(answer(ctx), [expected_status])


@then('status is not "{unwanted}"', again=anew.REQUEST, negates='status is "{expected_status}"')
def status_is_not(ctx: StepContext, unwanted: object) -> None:
    """Checks that the status code is any other than this; 5xx stands for all from 500 to 599.

    Example:
        status is not "5xx"
    """
    status.refuse(answer(ctx), unwanted)


@then('status is one of "{choices}"', again=anew.REQUEST)
def status_is_one_of(ctx: StepContext, choices: object) -> None:
    """Checks that the status code is one of a list.

    Example:
        status is one of "200, 201"
    """
    status.check(answer(ctx), parse_list(choices))


@then('I store status under "{name}"', again=anew.REQUEST)
def store_status(ctx: StepContext, name: str) -> None:
    """Stores the status code, an integer.

    Example:
        I store status under "status"
    """
    ctx.zato.user_ctx[name] = status.of(answer(ctx))


@then('response time is less than "{limit}" ms', again=anew.REQUEST)
def response_time(ctx: StepContext, limit: object) -> None:
    """Checks that the whole response came within so many milliseconds.

    Example:
        response time is less than "500" ms
    """
    milliseconds = round(status.http(answer(ctx)).seconds * 1000, 1)
    scalars.compare(milliseconds, "less than", number(limit), "the response time in ms")


@then('response size is "{size}"', again=anew.REQUEST)
def response_size(ctx: StepContext, size: object) -> None:
    """Checks the size of the body, in bytes.

    Example:
        response size is "1024"
    """
    scalars.is_integer(len(answer(ctx).body), integer(size), "the size of the response in bytes")


@then('response size is less than "{size}"', again=anew.REQUEST)
def response_size_below(ctx: StepContext, size: object) -> None:
    """Checks that the body has fewer bytes than this.

    Example:
        response size is less than "10000"
    """
    scalars.compare(len(answer(ctx).body), "less than", integer(size), "the size of the response in bytes")


@then('response size is greater than "{size}"', again=anew.REQUEST)
def response_size_above(ctx: StepContext, size: object) -> None:
    """Checks that the body has more bytes than this.

    Example:
        response size is greater than "0"
    """
    scalars.compare(len(answer(ctx).body), "greater than", integer(size), "the size of the response in bytes")


@then("response is empty", again=anew.REQUEST)
def response_is_empty(ctx: StepContext) -> None:
    """Checks that the response has no body.

    Example:
        response is empty
    """
    text.is_empty(answer(ctx).data_text, _TEXT)


@then("response is not empty", again=anew.REQUEST, negates="response is empty")
def response_is_not_empty(ctx: StepContext) -> None:
    """Checks that the response has a body.

    Example:
        response is not empty
    """
    text.is_not_empty(answer(ctx).data_text, _TEXT)


@then('response is equal to "{expected}"', since="1.0", again=anew.REQUEST)
def response_is(ctx: StepContext, expected: object) -> None:
    """Compares the response with a document, in the response's format.

    Example:
        response is equal to "{}"
    """
    _compare(ctx, expected, "the expected response")


@then("response is equal to", again=anew.REQUEST)
def response_is_text(ctx: StepContext) -> None:
    '''Compares the response with the doc string, with the values of ${NAME}, #{name} and @{name} put in.

    Example:
        response is equal to
            """
            {"status": "ok"}
            """
    '''
    _compare(ctx, doc_string(ctx), "the expected response")


@then('response is equal to that from "{path}"', since="1.0", again=anew.REQUEST)
def response_is_from_file(ctx: StepContext, path: str) -> None:
    """Compares the response with a file in the directory "response" below that of its format.

    In JSON and XML, the values of ${NAME}, #{name} and @{name} are put in.

    Example:
        response is equal to that from "customer.json"
    """
    kind = answer(ctx).format
    file = documents.response_file(ctx, kind, path)
    _compare(ctx, documents.with_values(ctx, file, kind), str(file))


@then("JSON response exists", since="1.11", again=anew.REQUEST)
def json_response_exists(ctx: StepContext) -> None:
    """Checks that the response is JSON.

    Example:
        JSON response exists
    """
    documents.json_document(ctx)


@then("JSON response does not exist", since="1.11", again=anew.REQUEST, negates="JSON response exists")
def json_response_does_not_exist(ctx: StepContext) -> None:
    """Checks that the response has no body, or one that is not valid JSON.

    Example:
        JSON response does not exist
    """
    if answer(ctx).may_be_json():
        raise CheckFailed("The response must not be JSON", _BODY, actual=cut(answer(ctx).data_text))


@then('JSON response is equal to "{expected}"', since="1.11", again=anew.REQUEST)
def json_response_is(ctx: StepContext, expected: object) -> None:
    """Compares the response with a JSON document, whatever its format is said to be.

    Example:
        JSON response is equal to "[1, 2, 3]"
    """
    wanted = json_value(expected, "the expected response")
    compare_documents.same(documents.json_document(ctx), wanted, _BODY)


def _compare(ctx: StepContext, expected: object, what: str) -> None:
    kind = answer(ctx).format
    if kind == "XML":
        from apitest.documents import xml as xmltext  # lxml takes its time to import, and most projects need none

        wanted_xml = xmltext.parse(expected if isinstance(expected, bytes) else written(expected), what)
        xmltext.same_xml(documents.xml_document(ctx), wanted_xml, _BODY)
        return
    wanted = files.text_of(expected, what) if isinstance(expected, bytes) else expected
    if kind == "JSON" and wanted != "":
        compare_documents.same(documents.json_document(ctx), json_value(wanted, what), _BODY)
    else:
        text.is_text(answer(ctx).data_text, written(wanted), _TEXT)
