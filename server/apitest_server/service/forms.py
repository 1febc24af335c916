"""PURE  Form bodies, URL-encoded and multipart, in memory: the body's size is limited before it gets here."""

from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs

from apitest_server.errors import BadRequest

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


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
        BadRequest: the body is no form of that content type.
    """
    about = Message()
    about["content-type"] = content_type
    if about.get_content_type() == "multipart/form-data":
        boundary = about.get_param("boundary")
        if not isinstance(boundary, str) or not boundary:
            raise BadRequest("The multipart form names no boundary")
        return _multipart(boundary.encode("latin-1", "replace"), body)
    try:
        return Form(parse_qs(body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body)))
    except ValueError:
        raise BadRequest("The body is not URL-encoded form data") from None


def _multipart(boundary: bytes, body: bytes) -> Form:
    form = Form()
    delimiter = b"\r\n--" + boundary
    parts = (b"\r\n" + body).split(delimiter)
    if len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise BadRequest("The multipart form has no closing boundary")
    for part in parts[1:-1]:
        head, separator, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not separator:
            raise BadRequest("A part of the multipart form has no end of its headers")
        _add(form, head.decode("utf-8", "replace"), content)
    return form


def _add(form: Form, head: str, content: bytes) -> None:
    about = Message()
    for line in head.split("\r\n"):
        header, _, value = line.partition(":")
        about[header.strip()] = value.strip()
    name = about.get_param("name", header="content-disposition")
    if not isinstance(name, str):
        raise BadRequest("A part of the multipart form has no name")
    filename = about.get_filename()
    if filename is None:
        form.fields.setdefault(name, []).append(content.decode("utf-8", "replace"))
    else:
        kind = about.get_content_type() if "content-type" in about else "application/octet-stream"
        form.files.append(Upload(name, filename, kind, content))
