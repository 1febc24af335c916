"""A real web server for the tests of the HTTP client: a thread that answers well, badly, or not at all."""

import json
import os
import signal
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Handler(BaseHTTPRequestHandler):
    """Answers a path by the method of this class whose name its first part is."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: "WebServer"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.url = urlsplit(self.path)
        self.parts = self.url.path.strip("/").split("/")
        self.server.requests.append((self.command, self.path, dict(self.headers.items()), self.body))
        getattr(self, "on_" + self.parts[0].replace("-", "_"), self.on_echo)()
        self.wfile.flush()

    def log_message(self, *arguments: Any) -> None:
        """Keeps the output of the tests clean."""

    def answer(self, status: int, body: bytes = b"", content_type: str = "", **headers: str) -> None:
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            for one in value.split("\n"):
                self.send_header(name.replace("_", "-"), one)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer_json(self, document: Any, status: int = 200, **headers: str) -> None:
        self.answer(status, json.dumps(document).encode(), "application/json", **headers)

    def on_echo(self) -> None:
        self.answer_json(
            {
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): value for name, value in self.headers.items()},
                "body": self.body.decode("latin-1"),
            }
        )

    def on_series(self) -> None:
        """The next of the server's series, the last one again and again: a document, a status, or a way to fail."""
        series = self.server.series
        answer = series.pop(0) if len(series) > 1 else series[0]
        if isinstance(answer, str):
            getattr(self, f"on_{answer}")()
        elif isinstance(answer, int):
            self.answer(answer, b"<html>as asked</html>", "text/html")
        else:
            self.answer_json(answer)

    def on_after(self) -> None:
        """``/after/3/done/NAME``: the state "new" to so many requests for this very path, then that one."""
        asked = sum(path == self.path for _, path, _, _ in list(self.server.requests))
        self.answer_json({"state": self.parts[2] if asked > int(self.parts[1]) else "new", "asked": asked})

    def on_status(self) -> None:
        self.answer(int(self.parts[1]), b"<html>as asked</html>", "text/html")

    def on_empty(self) -> None:
        self.answer(204)

    def on_body(self) -> None:
        """The request's own body, with the content type that the query names."""
        query = dict(parse_qsl(self.url.query))
        self.answer(200, self.body, query.get("type", ""))

    def on_headers(self) -> None:
        self.answer(200, b"ok", "text/plain", **dict(parse_qsl(self.url.query, keep_blank_values=True)))

    def on_redirect(self) -> None:
        """302 to the URL in the query; 307 and others by the path."""
        status = int(self.parts[1]) if len(self.parts) > 1 else 302
        self.answer(status, b"moved", Location=dict(parse_qsl(self.url.query))["to"])

    def on_loop(self) -> None:
        self.answer(302, Location="/loop")

    def on_set_cookie(self) -> None:
        cookies = [f"{name}={value}; Path=/" for name, value in parse_qsl(self.url.query, keep_blank_values=True)]
        self.answer(200, b"ok", "text/plain", Set_Cookie="\n".join(cookies))

    def on_delete_cookie(self) -> None:
        self.answer(200, b"ok", "text/plain", Set_Cookie=f"{self.parts[1]}=; Path=/; Max-Age=0")

    def on_silent(self) -> None:
        """No answer until the test is over."""
        self.server.over.wait(30)
        self.close_connection = True

    def on_drip(self) -> None:
        """A byte now and then, never the last one."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not self.server.over.wait(0.01):
            self.wfile.write(b"x")
            self.wfile.flush()
        self.close_connection = True

    def on_stuck(self) -> None:
        """The beginning of an answer, and nothing more until the test is over."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        self.wfile.flush()
        self.on_silent()

    def on_cut(self) -> None:
        """The connection closed before the body is complete."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        self.close_connection = True

    def on_cut_chunk(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhalf")
        self.close_connection = True

    def on_bad_chunk(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nthis is not a number\r\n")
        self.close_connection = True

    def on_chunks(self) -> None:
        self.wfile.write(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n4\r\n: 1}\r\n0\r\n\r\n')

    def on_kills(self) -> None:
        """Kills the process whose number is in a header, in the middle of its request."""
        os.kill(int(self.headers["X-Process"]), signal.SIGKILL)
        self.close_connection = True

    def on_hang_up(self) -> None:
        self.close_connection = True

    def on_garbage(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
        self.close_connection = True

    def on_bad_gzip(self) -> None:
        self.answer(200, b"not compressed at all", "text/plain", Content_Encoding="gzip")

    def on_gzip(self) -> None:
        import gzip

        self.answer(200, gzip.compress(b'{"packed": true}'), "application/json", Content_Encoding="gzip")

    def on_digest(self) -> None:
        """Digest authentication: asks for it once, then takes any response."""
        if "response=" in self.headers.get("Authorization", ""):
            self.on_echo()
        else:
            challenge = 'Digest realm="test", nonce="abc", qop="auth", algorithm=MD5'
            self.answer(401, b"who is it?", WWW_Authenticate=challenge, Set_Cookie="challenged=yes; Path=/")

    def on_token(self) -> None:
        """OAuth2: a token that tells what was asked for; an error where the secret is "wrong"."""
        body = self.body.decode()
        fields = json.loads(body) if "json" in self.headers["Content-Type"] else dict(parse_qsl(body))
        if "wrong" in fields.values():
            self.answer_json({"error": "invalid_client", "error_description": "no such client"}, 401)
        elif "tokenless" in fields.values():
            self.answer_json({"token_type": "bearer"})
        else:
            self.answer_json({"access_token": "token-" + "-".join(f"{k}.{v}" for k, v in sorted(fields.items()))})


class WebServer(ThreadingHTTPServer):
    """The server, on a free port of its own.

    Attributes:
        requests: method, path, headers and body of each request that came.
        over: set when the test is over, so that nothing waits on.
        series: what "/series" answers, one after the other.
    """

    daemon_threads = True
    block_on_close = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.scheme = "https" if context else "http"
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.over = threading.Event()
        self.series: list[Any] = [{}]
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up, or that trust nobody, are what the tests are about."""

    def close(self) -> None:
        self.over.set()
        self.shutdown()
        self._thread.join()
        self.socket.close()
