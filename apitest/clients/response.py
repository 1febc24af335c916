"""What a system under test answered: the text and the document in it, each made on first use."""

import codecs
import json
from typing import TYPE_CHECKING

from apitest.context import FeatureContext
from apitest.errors import BadValue, CheckFailed
from apitest.expressions import expression
from apitest.language.literals import parse_json
from apitest.language.shortening import beginning
from apitest.request import Response

if TYPE_CHECKING:
    from lxml import etree

_SHOWN = 300
_XML_ENCODING = expression(rb"""\s*<\?xml[^>]{1,80}?encoding=["']([\w.-]+)""")
_INVOKE = "Put this line before the check: When the URL is invoked"


def decode(body: bytes, charset: str | None) -> str:
    """The text of a body: by its declared charset, else by its XML declaration, else as UTF-8, else as Latin-1."""
    if charset is None and body.lstrip()[:5] == b"<?xml":
        declared = _XML_ENCODING.match(body)
        charset = declared[1].decode("ascii") if declared else None
    if charset is not None:
        try:
            return body.removeprefix(codecs.BOM_UTF8).decode(charset, "replace")
        except LookupError:  # a charset that Python has never heard of
            pass
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("latin-1")


class Answer(Response):
    """The last answer, whatever client it came through.

    Attributes:
        data: the client's own object.
        data_text: the body as text, decoded when first read.
        data_impl: the document in the body, parsed when first read, as ``format`` says; absent for an empty body.
        format: "JSON", "XML", "RAW" or "FORM".
        body: as it came.
        noun: what errors call it.
    """

    noun = "response"
    as_text = 'To check it as text: response text is "…", response text contains "…"'

    body: bytes
    format: str
    charset: str | None

    def __init__(self, data: object, body: bytes, response_format: str, charset: str | None = None) -> None:
        fields = self.__dict__
        fields["data"] = data
        fields["body"] = body
        fields["format"] = response_format
        fields["charset"] = charset

    def __getattr__(self, name: str) -> object:
        if name == "data_text":
            value: object = decode(self.body, self.charset)
        elif name == "data_impl" and not self.is_empty():
            value = self._document()
        else:
            raise AttributeError(f"The response has no {name}")
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        """Sets a field; a text or document that a project's own step sets is what later checks look at."""
        fields = self.__dict__
        if name == "data_text":
            for made in ("data_impl", "_json", "_xml"):
                fields.pop(made, None)
            fields["body"], fields["charset"] = str(value).encode(), "utf-8"
        elif name == "data_impl":
            fields["_xml" if self.format == "XML" else "_json"] = value
        fields[name] = value

    def __getitem__(self, name: str) -> object:
        try:
            return getattr(self, name)
        except AttributeError as error:
            raise KeyError(str(error)) from None

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__ or name == "data_text" or (name == "data_impl" and not self.is_empty())

    def get(self, name: str, default: object = None) -> object:
        """The field, or ``default`` if there is none."""
        return getattr(self, name, default)

    def is_empty(self) -> bool:
        """Whether the body holds nothing but white space."""
        return not self.body or self.body.isspace()

    def described(self) -> str:
        """What the answer is, in a few words, for the place of an error."""
        return f"the {self.noun}"

    def json(self) -> object:
        """The body as JSON, whatever format was expected.

        Raises:
            CheckFailed: it is empty, or not valid JSON.
        """
        fields = self.__dict__
        if "_json" not in fields:
            fields["_json"] = _parsed_json(self)
        return fields["_json"]

    def may_be_json(self) -> bool:
        """Whether any reader would take the body for JSON: with names twice, NaN or another encoding as well."""
        try:
            json.loads(self.data_text)
        except (ValueError, RecursionError):
            return self.is_json()
        return True

    def is_json(self) -> bool:
        """Whether the body is JSON."""
        try:
            self.json()
        except CheckFailed:
            return False
        return True

    def xml(self) -> "etree._Element":
        """The body as an XML element, whatever format was expected.

        Raises:
            CheckFailed: it is empty, or not valid XML.
        """
        fields = self.__dict__
        if "_xml" not in fields:
            fields["_xml"] = _parsed_xml(self)
        document: etree._Element = fields["_xml"]
        return document

    def _document(self) -> object:
        if self.format == "JSON":
            return self.json()
        return self.xml() if self.format == "XML" else self.data_text


def last(zato: FeatureContext) -> Answer:
    """The response that a check looks at.

    Raises:
        CheckFailed: this scenario has sent nothing yet, or its request was changed since it was last sent.
    """
    found = zato.response
    if not isinstance(found, Answer):
        error = CheckFailed("There is no response yet: this scenario has not sent a request", fix=_INVOKE)
        error.needs = "response"
        raise error
    if zato.is_outdated:
        problem = "The request was changed after it was sent, so the last response does not belong to it"
        raise CheckFailed(problem, found.described(), _INVOKE)
    return found


def _parsed_json(answer: Answer) -> object:
    if answer.is_empty():
        raise _not("JSON", "its body is empty", answer)
    _must_be_in("JSON", answer.charset or "UTF-8", answer)
    try:
        return parse_json(answer.data_text)
    except json.JSONDecodeError as error:
        raise _not("JSON", f"{error.msg} at line {error.lineno}, column {error.colno}", answer) from None
    except ValueError as error:
        raise _not("JSON", str(error), answer) from None


def _parsed_xml(answer: Answer) -> "etree._Element":
    from apitest.documents import xml as xmltext  # lxml takes its time to import, and most projects need none

    if answer.is_empty():
        raise _not("XML", "its body is empty", answer)
    if answer.charset:
        _must_be_in("XML", answer.charset, answer)
    try:
        # A charset in the header counts for more than one in the document.
        return xmltext.parse(answer.data_text if answer.charset else answer.body, f"the {answer.noun}")
    except BadValue as error:
        raise _not("XML", error.problem.partition(": ")[2] or error.problem, answer) from None


def _must_be_in(kind: str, charset: str, answer: Answer) -> None:
    """Refuses a document with bytes that its charset does not have: as text they would be others."""
    try:
        answer.body.decode(charset)
    except UnicodeDecodeError as error:
        name = "UTF-8" if charset.lower().replace("-", "") == "utf8" else charset
        raise _not(kind, f"it is not {name}: byte {error.start + 1} does not fit", answer) from None
    except LookupError:  # a charset that Python has never heard of
        pass


def _not(kind: str, problem: str, answer: Answer) -> CheckFailed:
    start = answer.data_text.strip()
    shown = beginning(start, _SHOWN)
    return CheckFailed(
        f"The {answer.noun} is not valid {kind}: {problem}",
        answer.described(),
        answer.as_text,
        expected=kind,
        actual=shown or "an empty body",
    )
