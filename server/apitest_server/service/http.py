"""The HTTP side of a request, ``self.request.http``: everything about it is read when it is first asked for."""

from collections.abc import Iterable
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from apitest_server.service.asgi import Scope
from apitest_server.service.forms import FORMS, Form, Upload, parse_form


class Headers(dict[str, str]):
    """Headers by name in any case; one that came more than once is joined with commas."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]] = ()) -> None:
        super().__init__()
        for name, value in raw:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            super().__setitem__(key, f"{self[key]}, {text}" if key in self else text)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: Any = None) -> Any:
        """The header, or the default."""
        return super().get(name.lower(), default)


class HTTPRequest:
    """What came over HTTP.

    Attributes:
        method: in capitals.
        path: decoded, without the query string.
        body: the bytes.
        params: of the channel's path, ``{"id": "1"}`` for ``/customers/{id}``.
        http_version: ``1.1``.
        client: the caller's address and port, or ``None``.
        user: who was authenticated, or empty.
    """

    def __init__(
        self,
        scope: Scope,
        body: bytes = b"",
        params: dict[str, str] | None = None,
        user: str = "",
    ) -> None:
        self.method = scope["method"]
        self.path = scope["path"]
        self.body = body
        self.params = params or {}
        self.user = user
        self.http_version = scope.get("http_version", "1.1")
        self.client = scope.get("client")
        self._scope = scope

    @property
    def query_string(self) -> str:
        """The query string as it came, without the question mark."""
        return self._scope.get("query_string", b"").decode("latin-1")

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Each query parameter's values, in order."""
        return parse_qs(self.query_string, keep_blank_values=True)

    @cached_property
    def GET(self) -> dict[str, str]:  # noqa: N802 - the name that existing services use
        """The last value of each query parameter."""
        return {name: values[-1] for name, values in self.query.items()}

    @cached_property
    def POST(self) -> dict[str, str | list[str]]:  # noqa: N802 - the name that existing services use
        """The fields of a form body."""
        return self.form.plain()

    @cached_property
    def headers(self) -> Headers:
        """The headers, by name in any case."""
        return Headers(self._scope["headers"])

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies that came; what is not a cookie is left out."""
        found: SimpleCookie = SimpleCookie()
        for part in self.headers.get("cookie", "").split(";"):
            try:
                found.load(part.strip())
            except CookieError:
                continue
        return {name: morsel.value for name, morsel in found.items()}

    @property
    def content_type(self) -> str:
        """The content type in lower case, without its parameters."""
        for name, value in self._scope["headers"]:
            if name == b"content-type":
                return value.decode("latin-1").partition(";")[0].strip().lower()
        return ""

    @cached_property
    def form(self) -> Form:
        """The form in the body; an empty one if the body is not a form."""
        if self.content_type not in FORMS:
            return Form()
        return parse_form(self.headers["content-type"], self.body)

    @property
    def files(self) -> list[Upload]:
        """The files of a multipart form."""
        return self.form.files

    @property
    def user_agent(self) -> str:
        """The User-Agent header, or an empty string."""
        text: str = self.headers.get("user-agent", "")
        return text

    def environ(self) -> dict[str, Any]:
        """The request in the words of WSGI, what ``self.environ`` is."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query_string,
            "REMOTE_ADDR": self.client[0] if self.client else "",
            "REMOTE_PORT": str(self.client[1]) if self.client else "",
            "SERVER_PROTOCOL": f"HTTP/{self.http_version}",
        }
        for name, value in self.headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
        return environ
