"""PURE  SimpleIO: what a service declares as its input and output, applied to messages.

    class SimpleIO:
        input_required = ('a', Int('b'))
        input_optional = (Bool('c'), List('d'))
        output_required = ('x',)
        output_optional = ('y',)

A name alone is a string, or what its beginning or end tells: ``is_…`` and ``has_…`` are true or false, ``…_count``,
``…_size`` and ``…_timeout`` whole numbers, and so are ``id`` and ``…_id`` where they look like one.
``input = 'a', '-b'`` and ``output = …`` are short for the two, a dash meaning optional. An optional field that was not
given is an empty string where it is only named, else ``None``, unless its element or the class (``default_value``) says
otherwise. A message that is a list is taken where the class says ``input_repeated = True``; the input is a list then,
too. A text is taken where it holds a JSON object; and taken, and returned, where all fields have a fixed width.
"""

import json
from collections.abc import Iterable, Mapping
from copy import copy

from apitest_server.errors import InputError, ServerError
from apitest_server.service.attrs import Attrs, Payload
from apitest_server.service.elements import Element
from apitest_server.service.fixed_width import lines_of, rows_of
from apitest_server.service.old_elements import FixedWidth, named

_MISSING = object()


class Fields:
    """The required and the optional fields of one direction."""

    __slots__ = ("elements", "is_fixed_width", "optional", "required")

    def __init__(self, required: Iterable[Element], optional: Iterable[Element]) -> None:
        self.required = tuple(required)
        self.optional = tuple(optional)
        self.elements = self.required + self.optional
        self.is_fixed_width = bool(self.elements) and all(isinstance(one, FixedWidth) for one in self.elements)

    def __bool__(self) -> bool:
        return bool(self.elements)


class SimpleIO:
    """A service's declaration, read once.

    Attributes:
        input: the fields that come in.
        output: the fields that go out.
        repeated: whether a message may be a list of inputs.
        element: what the response stands in, in the envelope of the admin API: ``response_elem`` of the class.
    """

    __slots__ = ("default", "element", "input", "output", "repeated")

    def __init__(self, declared: object) -> None:
        self.default = getattr(declared, "default_value", _MISSING)
        self.repeated = bool(getattr(declared, "input_repeated", False))
        self.element: str | None = getattr(declared, "response_elem", None)
        self.input = _fields(declared, "input")
        self.output = _fields(declared, "output")

    def parse(
        self, message: object, query: Mapping[str, object] | None = None, params: Mapping[str, object] | None = None
    ) -> object:
        """The input of a service: an object with attributes, or a list of them for a message that is a list.

        Args:
            message: the decoded body, or the payload of an invocation.
            query: fields of the query string; the message wins over them.
            params: fields of the path; they win over everything else.

        Raises:
            InputError: names the field and what is wrong with it.
        """
        if isinstance(message, str | bytes) and message and self.input.is_fixed_width:
            rows = rows_of(message, self.input.elements)
            message = rows if self.repeated else rows[0]
        if self.repeated and isinstance(message, list):
            return [
                self._parse_one(_merged(item, query, params, f"[{index}]"), f"[{index}].")
                for index, item in enumerate(message)
            ]
        return self._parse_one(_merged(message, query, params, "body"), "")

    def _parse_one(self, source: Mapping[str, object], prefix: str) -> Attrs:
        found = Attrs()
        for element in self.input.required:
            value = _given(element, source)
            if value is None:
                raise InputError(prefix + element.name, "is required")
            found[element.name] = _parsed(element, value, prefix)
        for element in self.input.optional:
            value = _given(element, source)
            missing = value is None
            found[element.name] = self._default(element) if missing else _parsed(element, value, prefix)
        return found

    def _default(self, element: Element) -> object:
        if self.default is not _MISSING and "default" not in vars(element):
            return self.default
        return element.default

    def serialize(self, payload: object) -> object:
        """The message out of what a service gave: only declared fields, in the order they were declared.

        Raises:
            ServerError: a required field is missing: the service is at fault, not the caller.
        """
        if isinstance(payload, Payload):
            payload = payload.plain()
        if payload is None or isinstance(payload, str | bytes):
            return payload
        if isinstance(payload, list | tuple):
            rows = [self._serialize_one(row) for row in payload]
        else:
            rows = [self._serialize_one(payload)]
        if self.output.is_fixed_width:
            return lines_of(rows, self.output.elements)
        return rows if isinstance(payload, list | tuple) else rows[0]

    def _serialize_one(self, row: object) -> dict[str, object]:
        out = {}
        for element in self.output.required:
            value = _value(row, element.name)
            if value is _MISSING:
                raise ServerError(f"Required output field `{element.name}` was not given by the service")
            out[element.name] = element.serialize(value)
        for element in self.output.optional:
            value = _value(row, element.name)
            if value is not _MISSING:
                out[element.name] = element.serialize(value)
        return out


def _merged(
    message: object, query: Mapping[str, object] | None, params: Mapping[str, object] | None, name: str
) -> Mapping[str, object]:
    fields: Mapping[str, object] = {}
    if isinstance(message, Mapping):
        fields = message
    elif message is not None and message != "" and message != b"":
        fields = _object(message, name)
    if not query and not params:
        return fields
    return {**(query or {}), **fields, **(params or {})}


def _object(message: object, name: str) -> Mapping[str, object]:
    """What a text holds that nobody has decoded: what jobs are given, and messages of brokers."""
    found = None
    if isinstance(message, str | bytes) and message.lstrip()[:1] in ("{", b"{"):
        try:
            found = json.loads(message)
        except (ValueError, RecursionError):
            found = None
    if not isinstance(found, Mapping):
        raise InputError(name, "must be an object")
    return found


def _given(element: Element, source: Mapping[str, object]) -> object:
    value = source.get(element.name)
    return source.get(element.also) if value is None and element.also else value


def _parsed(element: Element, value: object, prefix: str) -> object:
    try:
        return element.parse(value)
    except ValueError as error:
        raise InputError(prefix + element.name, str(error)) from None


def _value(row: object, name: str) -> object:
    if isinstance(row, Mapping):
        return row.get(name, _MISSING)
    return getattr(row, name, _MISSING)


def _fields(declared: object, direction: str) -> Fields:
    required = list(_elements(getattr(declared, f"{direction}_required", ())))
    optional = list(_elements(getattr(declared, f"{direction}_optional", ())))
    for element in _elements(getattr(declared, direction, ())):
        if element.name.startswith("-"):
            optional.append(_renamed(element, element.name[1:]))
        else:
            required.append(element)
    return Fields(required, optional)


def _renamed(element: Element, name: str) -> Element:
    element = copy(element)  # The declared one stays as it is: a class may be read more than once
    element.name = name
    return element


def _elements(declared: object) -> Iterable[Element]:
    if isinstance(declared, str | Element):
        declared = (declared,)
    if not isinstance(declared, Iterable):
        raise ServerError(f"SimpleIO declares {declared!r}, which is neither a name, an element nor a list of them")
    for item in declared:
        if isinstance(item, Element):
            yield item
        elif isinstance(item, str):
            yield named(item)
        else:
            raise ServerError(f"SimpleIO declares {item!r}, which is neither a name nor an element")
