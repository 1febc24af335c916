"""The documents that steps look into: of the last response, of the pending request, and of a project's files."""

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from apitest.checks.mismatch import written
from apitest.clients import files, response
from apitest.clients.response import Answer
from apitest.context import StepContext
from apitest.documents.display import article
from apitest.errors import BadValue, UnknownValue
from apitest.language.literals import json_value

if TYPE_CHECKING:
    from lxml import etree

_SIGNS = (b"${", b"#{", b"@{")


def answer(ctx: StepContext) -> Answer:
    """The last answer.

    Raises:
        CheckFailed: nothing was invoked yet.
    """
    return response.last(ctx.zato)


def json_document(ctx: StepContext) -> object:
    """The last response's body as a JSON value.

    Raises:
        CheckFailed: nothing was invoked yet, or the body is not valid JSON.
    """
    return answer(ctx).json()


def xml_document(ctx: StepContext) -> "etree._Element":
    """The last response's body as an XML element.

    Raises:
        CheckFailed: nothing was invoked yet, or the body is not valid XML.
    """
    return answer(ctx).xml()


def set_request(ctx: StepContext, data: object, what: str) -> None:
    """Makes ``data`` the pending request, parsed as the request's format says.

    Args:
        ctx: the step's context.
        data: text, the bytes of a file, or a value that is a document already.
        what: what it is, for the error ("the request", "the file orders.json").

    Raises:
        BadValue: it is not valid JSON or XML.
    """
    request = ctx.zato.describe()
    if request.format == "XML" and isinstance(data, str | bytes):
        request.data_impl = _xml(data, what)
    elif request.format in ("JSON", "XML") and not isinstance(data, str | bytes):
        request.data_impl = deepcopy(data)  # of a variable, which must not change with the request
    elif request.format == "RAW" and isinstance(data, bytes) and not _is_plain_text(data):
        request.data = request.data_impl = data  # sent byte by byte
    else:
        text = files.text_of(data, what) if isinstance(data, bytes) else written(data)
        document = json_value(text, what) if request.format == "JSON" else text
        request.data, request.data_impl = text, document  # neither where the text is not valid JSON


def request_json(ctx: StepContext) -> object:
    """The pending request's JSON value, to be changed in place (or through ``request.data_impl``).

    Raises:
        BadValue: there is no request, or it is not valid JSON.
    """
    return _request_document(ctx, "JSON", 'Given request is "{}"')


def request_xml(ctx: StepContext) -> "etree._Element":
    """The pending request's XML element, to be changed in place.

    Raises:
        BadValue: there is no request, or it is not valid XML.
    """
    from lxml import etree

    sentence = 'Given request "request.xml"'
    document = _request_document(ctx, "XML", sentence)
    if not isinstance(document, etree._Element):
        fix = f"Give a text or a file: {sentence}"
        raise BadValue(f"This step needs a request in XML, and the request is {article(document)}", fix=fix)
    return document


def request_file(ctx: StepContext, kind: str, name: str) -> Path:
    """``<features>/<kind>/request/<name>``, which exists and lies inside the project; ``files.read`` gives its text.

    Raises:
        BadValue: no such file, or it lies outside the project.
    """
    return files.request(ctx.zato, kind, name)


def response_file(ctx: StepContext, kind: str, name: str) -> Path:
    """``<features>/<kind>/response/<name>``, likewise."""
    return files.response(ctx.zato, kind, name)


def with_values(ctx: StepContext, path: Path, kind: str) -> bytes:
    """The content of a file of the project, with the values of ${NAME}, #{name} and @{name} put in, as in a doc string.

    Files of old projects and of other formats than JSON and XML are what they are.

    Args:
        ctx: the step's context.
        path: the file.
        kind: its format, JSON, XML or RAW.

    Raises:
        BadValue: it cannot be read, or is not valid XML.
        UnknownValue: it names what is not there.
    """
    content = files.read_bytes(path)
    if kind not in ("JSON", "XML") or ctx.zato.run.project.is_old or not any(sign in content for sign in _SIGNS):
        return content
    try:
        return _filled_xml(ctx, content, str(path)) if kind == "XML" else _filled(ctx, content, str(path))
    except UnknownValue as error:
        error.where = str(path)
        raise


def _filled(ctx: StepContext, content: bytes, what: str) -> bytes:
    return ctx.zato.interpolate(files.text_of(content, what)).encode("utf-8", "surrogatepass")


def _filled_xml(ctx: StepContext, content: bytes, what: str) -> bytes:
    """As above, in the encoding that the document declares."""
    from apitest.documents import xml as xmltext  # lxml takes its time to import, and most projects need none

    document = xmltext.parse(content, what)
    encoding = document.getroottree().docinfo.encoding or "utf-8"
    text = xmltext.serialise(document).decode(encoding)
    return ctx.zato.interpolate(text).encode(encoding, "xmlcharrefreplace")


def _is_plain_text(content: bytes) -> bool:
    """Whether a file is text that is sent as the same bytes again; not with a byte order mark."""
    try:
        return not content.decode("utf-8").startswith("\ufeff")
    except UnicodeDecodeError:
        return False


def _xml(data: str | bytes, what: str) -> "etree._Element":
    from apitest.documents import xml as xmltext  # lxml takes its time to import, and most projects need none

    return xmltext.parse(data, what)


def _request_document(ctx: StepContext, kind: str, sentence: str) -> object:
    request = ctx.zato.describe()
    if "data_impl" not in request:
        raise BadValue(f"This step needs a request in {kind}, and there is none yet", fix=f"Add before it: {sentence}")
    if request.format != kind:
        raise BadValue(
            f"This step needs a request in {kind}, and the request's format is {request.format}",
            fix=f'Add before the request: Given format "{kind}"',
        )
    return request.data_impl
