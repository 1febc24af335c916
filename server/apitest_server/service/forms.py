"""PURE  Form bodies, URL-encoded and multipart, in memory: the body's size is limited before it gets here.

Reading takes time in proportion to the size of the body, whatever it holds: multipart forms go through a streaming
parser, and the headers of their parts are short and few.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from apitest_server.errors import BadRequest

if TYPE_CHECKING:  # It exists for type checkers only
    from python_multipart.multipart import MultipartCallbacks

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_FIELDS = 10_000  # in a URL-encoded form, or parts of a multipart one
MAX_HEADERS = 16  # of a part
MAX_HEADER = 4096  # bytes of a line of a part's headers
_MAX_PARAMETERS = 2048  # characters of a content type that are looked at
_SLICE = 64 * 1024  # bytes that are decoded at a time
# Each alternative begins with another character, and none can be matched in two ways: linear.
_PARAMETER = re.compile(r';[ \t]*([^=;"\s]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^;"]*)(?=;|\Z))', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart form.

    Attributes:
        name: the form field.
        filename: what the client calls the file.
        content_type: what the client says it is.
        content: its bytes.
    """

    name: str
    filename: str
    content_type: str
    content: bytes


@dataclass(slots=True)
class Form:
    """What a form holds: each field's values in order, and the files."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)

    def plain(self) -> dict[str, str | list[str]]:
        """The fields; one that was given once is its value, one that was given again a list."""
        return {name: values[0] if len(values) == 1 else values for name, values in self.fields.items()}


def parse_form(content_type: str, body: bytes) -> Form:
    """The form in a body.

    Raises:
        BadRequest: the body is not a form of that content type, or has more than ``MAX_FIELDS`` fields.
    """
    kind, parameters = parameters_of(content_type[:_MAX_PARAMETERS])
    if kind == "multipart/form-data":
        boundary = parameters.get("boundary", "")
        if not boundary:
            raise BadRequest("The multipart form names no boundary")
        return _multipart(boundary.encode("latin-1", "replace"), body)
    return _urlencoded(body)


def parameters_of(header: str) -> tuple[str, dict[str, str]]:
    """A header such as ``form-data; name="a"``: its value in lower case, and its parameters.

    Of a name that is given twice, the first one counts.
    """
    value, _, _ = header.partition(";")
    parameters: dict[str, str] = {}
    for match in _PARAMETER.finditer(header, len(value)):
        name, quoted, bare = match.groups()
        parameters.setdefault(name.lower(), _ESCAPED.sub(r"\1", quoted) if quoted is not None else bare.strip())
    return value.strip().lower(), parameters


def _urlencoded(body: bytes) -> Form:
    """On bytes, since ``urllib.parse.parse_qs`` takes five times as long for a body full of escapes."""
    if body.count(b"&") >= MAX_FIELDS:
        raise BadRequest(f"The form has more than {MAX_FIELDS} fields")
    form = Form()
    for pair in filter(None, body.split(b"&")):
        name, equals, value = pair.partition(b"=")
        if not equals or not _is_text(pair):
            raise BadRequest("The body is not URL-encoded form data")
        form.fields.setdefault(_unquoted(name), []).append(_unquoted(value))
    return form


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _unquoted(raw: bytes) -> str:
    parts, start = [], 0
    while start < len(raw):  # In slices, between which other threads can run; an escape is never cut
        end = start + _SLICE
        end -= next((back for back in (1, 2) if raw[end - back : end - back + 1] == b"%"), 0)
        parts.append(unquote_to_bytes(raw[start:end].replace(b"+", b" ")))
        start = end
    return b"".join(parts).decode("utf-8", "replace")


def _multipart(boundary: bytes, body: bytes) -> Form:
    parts = _Parts()
    try:
        parser = MultipartParser(boundary, parts.callbacks(), max_header_count=MAX_HEADERS, max_header_size=MAX_HEADER)
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise BadRequest(f"The multipart form is not valid: {error}") from None
    if not parts.is_complete:
        raise BadRequest("The multipart form has no closing boundary")
    return parts.form


class _Parts:
    """Collects what the parser finds."""

    def __init__(self) -> None:
        self.form = Form()
        self.is_complete = False
        self._count = 0
        self._header: list[bytes] = []
        self._value: list[bytes] = []
        self._headers: dict[str, str] = {}
        self._content: list[bytes] = []

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header.append(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.append(data[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda data, start, end: self._content.append(data[start:end]),
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._count += 1
        if self._count > MAX_FIELDS:
            raise BadRequest(f"The form has more than {MAX_FIELDS} fields")
        self._headers, self._content = {}, []

    def _end_header(self) -> None:
        name = b"".join(self._header).decode("latin-1").strip().lower()
        self._headers.setdefault(name, b"".join(self._value).decode("utf-8", "replace").strip())
        self._header, self._value = [], []

    def _end_part(self) -> None:
        _, about = parameters_of(self._headers.get("content-disposition", ""))
        name, filename = about.get("name"), about.get("filename")
        if name is None:
            raise BadRequest("A part of the multipart form has no name")
        content = b"".join(self._content)
        if filename is None:
            self.form.fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
        else:
            kind = parameters_of(self._headers.get("content-type", ""))[0] or "application/octet-stream"
            self.form.files.append(Upload(name, filename, kind, content))

    def _end(self) -> None:
        self.is_complete = True
