"""The HTTP session to a Vault, which keeps one time-out for a whole exchange and a size of answers."""

from typing import Any

import requests

from apitest.clients.http.limits import Limits
from apitest.clients.http.pools import Adapter
from apitest.clients.http.unpacking import read

_BYTES = 10_000_000  # of an answer; a secret has a megabyte at most


class BoundedSession(requests.Session):
    """A session whose exchanges end in time, redirects included, whatever a server does.

    Args:
        seconds: that an exchange may take.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._limits = Limits()
        adapter = _BoundedAdapter(self._limits)
        for prefix in ("http://", "https://"):
            self.mount(prefix, adapter)

    def request(self, *arguments: Any, **named: Any) -> requests.Response:
        """Sends a request and follows redirects.

        Raises:
            TimeoutError: it takes too long; TooLarge: the answer is too large; Exception: any of requests or urllib3.
        """
        self._limits.start(self._seconds)
        return super().request(*arguments, **named)


class _BoundedAdapter(Adapter):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._limits = limits

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # its options by name
        self._limits.await_headers()
        response = super().send(request, **{**options, "stream": True, "timeout": self._limits.seconds()})
        self._limits.await_body()
        read(response, self._limits, _BYTES)
        return response
