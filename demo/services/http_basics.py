"""Statuses, headers, cookies, redirects, slow and large answers, other kinds of text."""

import asyncio
from urllib.parse import quote

from zato.common.exception import BadRequest
from zato.server.service import Int, Service

LARGEST = 20_000_000
SLOWEST = 60_000


class Status(Service):
    """/status/{code} answers with that status."""

    name = "http.status"

    class SimpleIO:
        input_required = (Int("code"),)

    def handle(self):
        code = self.request.input.code
        if not 200 <= code <= 599:
            raise BadRequest("Input field `code` must be 200 to 599")
        self.response.status_code = code
        if code not in (204, 304):
            self.response.payload = {"status": code}


class Headers(Service):
    """/headers?X-Name=value answers with these headers."""

    name = "http.headers"

    def handle(self):
        query = self.request.http.query
        for name, values in query.items():
            if any(char in name + "".join(values) for char in "\r\n\0"):
                raise BadRequest("A header holds no line ends")
            self.response.headers[name] = [value.encode("utf-8").decode("latin-1") for value in values]
        self.response.payload = query


class SetCookies(Service):
    """/cookies/set?name=value sets each of them as a cookie."""

    name = "http.cookies.set"

    def handle(self):
        for name, value in self.request.http.GET.items():
            self.response.cookies[name] = value
            self.response.cookies[name]["path"] = "/"
        self.response.payload = {"set": self.request.http.GET}


class Cookies(Service):
    """/cookies tells which cookies came."""

    name = "http.cookies"

    def handle(self):
        self.response.payload = {"cookies": self.request.http.cookies}


class Redirect(Service):
    """/redirect/{n} redirects n times, then ends at /echo."""

    name = "http.redirect"

    class SimpleIO:
        input_required = (Int("n"),)

    def handle(self):
        left = self.request.input.n - 1
        self.response.status_code = 302
        self.response.headers["Location"] = f"/redirect/{left}" if left > 0 else "/echo"


class RedirectTo(Service):
    """/redirect-to?url=…&status=… redirects there."""

    name = "http.redirect-to"

    class SimpleIO:
        input_required = ("url",)
        input_optional = (Int("status", default=302),)

    def handle(self):
        if self.request.input.status not in (301, 302, 303, 307, 308):
            raise BadRequest("Input field `status` must be that of a redirect")
        self.response.status_code = self.request.input.status
        self.response.headers["Location"] = quote(self.request.input.url, safe=":/?#[]@!$&'()*+,;=%")


class Slow(Service):
    """/slow/{ms} answers after so many milliseconds."""

    name = "http.slow"

    class SimpleIO:
        input_required = (Int("ms"),)

    async def handle(self):
        ms = self.request.input.ms
        if not 0 <= ms <= SLOWEST:
            raise BadRequest(f"Input field `ms` must be 0 to {SLOWEST}")
        await asyncio.sleep(ms / 1000)
        self.response.payload = {"ms": ms}


class Bytes(Service):
    """/bytes/{n} answers with n bytes, 0 to 255 again and again."""

    name = "http.bytes"

    class SimpleIO:
        input_required = (Int("n"),)

    def handle(self):
        n = self.request.input.n
        if not 0 <= n <= LARGEST:
            raise BadRequest(f"Input field `n` must be 0 to {LARGEST}")
        self.response.content_type = "application/octet-stream"
        self.response.payload = (bytes(range(256)) * (n // 256 + 1))[:n]


class Text(Service):
    """Plain text, two lines."""

    name = "http.text"

    def handle(self):
        self.response.payload = "Hello, World!\nZażółć gęślą jaźń\n"


class Html(Service):
    """A small page."""

    name = "http.html"

    def handle(self):
        self.response.content_type = "text/html; charset=utf-8"
        self.response.payload = (
            "<!DOCTYPE html><html><head><title>Hello</title></head><body><h1>Hello, World!</h1></body></html>"
        )


class Empty(Service):
    """200 and nothing else."""

    name = "http.empty"

    def handle(self):
        self.response.status_code = 200
