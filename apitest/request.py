"""The request that sentences describe and the response that came: records whose fields are attributes and items."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from types import MappingProxyType

ONE_REQUEST = frozenset(
    (
        *("method", "url", "url_path", "query_string", "query_parameters", "headers"),
        *("data", "data_impl", "form", "files"),
    )
)
"""The fields that describe one request only; all others, such as the address, stay for the next one."""


class Record(MutableMapping[str, object]):
    """An object whose attributes are items, too; class attributes are defaults that do not count as set."""

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)

    def __getitem__(self, name: str) -> object:
        return self.__dict__[name]

    def __setitem__(self, name: str, value: object) -> None:
        setattr(self, name, value)

    def __delitem__(self, name: str) -> None:
        del self.__dict__[name]

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def get(self, name: str, default: object = None) -> object:
        """The field, or ``default`` if it was never set."""
        return self.__dict__.get(name, default)


class Request(Record):
    """The request that the sentences describe.

    Attributes:
        address: scheme, host and port; stays for further requests, as do the two formats and ns_map.
        format: "JSON", "XML", "RAW" or "FORM", of the request; response_format that of the response.
        ns_map: declared XML namespace prefixes.
        method, url_path, query_string: parts of the request line, as written.
        url: a whole URL, instead of address and path.
        query_parameters: pairs of name and value, not yet encoded.
        headers: by name, as written; None for one that is not sent.
        data: the body as it was given or sent.
        data_impl: the document made of it (a JSON value, an XML element, text).
        form: fields of a form, a list where a name came twice; files: name to path.
    """

    address: str = ""
    ns_map: dict[str, str]
    method: str = "GET"
    url: str = ""
    url_path: str = ""
    query_string: str = ""
    query_parameters: Sequence[tuple[str, object]] = ()
    headers: dict[str, object]
    data: object
    data_impl: object
    form: Mapping[str, object] = MappingProxyType({})
    files: Mapping[str, object] = MappingProxyType({})

    def __init__(self) -> None:
        super().__init__(headers={}, ns_map={})

    @property
    def format(self) -> str:
        """As said, else FORM for a request with fields or files, else JSON."""
        fields = self.__dict__
        found = fields.get("format")
        return str(found) if found else "FORM" if fields.get("form") or fields.get("files") else "JSON"

    @format.setter
    def format(self, value: str) -> None:
        self.__dict__["format"] = value

    @property
    def response_format(self) -> str:
        """What the response is read as: as said, else the format that was said for the request."""
        fields = self.__dict__
        return str(fields.get("response_format") or fields.get("format") or "JSON")

    @response_format.setter
    def response_format(self, value: str) -> None:
        self.__dict__["response_format"] = value

    def following(self) -> "Request":
        """A new request to the same address, in the same formats."""
        made = type(self)()
        made.__dict__.update((name, value) for name, value in self.__dict__.items() if name not in ONE_REQUEST)
        return made


class Response(Record):
    """The last answer.

    Attributes:
        data: the client's own object (requests.Response for HTTP).
        data_text: the body as text; data_impl: the document in it.
    """

    data: object
    data_text: str
    data_impl: object
