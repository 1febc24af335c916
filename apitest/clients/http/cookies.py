"""The cookies of one scenario; the jar of requests is made when there is one to keep."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar


class Asking(Protocol):
    """A request, as far as cookies go with it."""

    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str | bytes]: ...


class Cookies:
    """The cookies of one scenario."""

    def __init__(self) -> None:
        self._jar: RequestsCookieJar | None = None

    @property
    def jar(self) -> "RequestsCookieJar":
        """The jar, made when it is first asked for: requests takes its time to import."""
        if self._jar is None:
            from requests.cookies import RequestsCookieJar

            self._jar = RequestsCookieJar()
        return self._jar

    def is_empty(self) -> bool:
        """Whether there are none."""
        return self._jar is None or not len(self._jar)

    def values(self) -> list[str]:
        """Their values."""
        return [] if self._jar is None else [cookie.value for cookie in self._jar if cookie.value]

    def header(self, request: Asking, *, of_steps: bool = True) -> str | None:
        """The Cookie header for a request; None where none belongs to it, or it has one.

        Args:
            request: the one that they go with.
            of_steps: with the cookies that steps have set for any host; else with those of servers only.
        """
        if self.is_empty():
            return None
        from requests.cookies import RequestsCookieJar, get_cookie_header

        jar = self.jar
        if not of_steps:
            jar = RequestsCookieJar()
            for cookie in self.jar:
                if cookie.domain:
                    jar.set_cookie(cookie)
        found: str | None = get_cookie_header(jar, request)  # type: ignore[no-untyped-call]  # in the stubs
        return found

    def keep(self, request: Asking, lines: Iterable[str]) -> None:
        """Takes in what an answer sets.

        Args:
            request: what it answers.
            lines: the values of its Set-Cookie headers.
        """
        from email.message import Message

        from requests.cookies import MockRequest, MockResponse

        fields = Message()
        for line in lines:
            fields["Set-Cookie"] = line
            self._make_room(line)
        asked = MockRequest(request)
        self.jar.extract_cookies(MockResponse(fields), asked)  # type: ignore[arg-type]

    def stored(self) -> list[dict[str, object]]:
        """Those that servers have set, each by the names of its attributes, as JSON can have them."""
        found = [] if self._jar is None else [dict(vars(cookie)) for cookie in self._jar if cookie.domain]
        return [{name.removeprefix("_"): value for name, value in attributes.items()} for attributes in found]

    def take(self, stored: Iterable[Mapping[str, object]]) -> None:
        """Takes in cookies that `stored` gave out, of another scenario."""
        from http.cookiejar import Cookie

        for attributes in stored:
            self.jar.set_cookie(Cookie(**attributes))  # type: ignore[arg-type]  # what each may be, Cookie says

    def _make_room(self, line: str) -> None:
        """One that a step set for any host goes where a server sets its own of the same name."""
        name = line.partition("=")[0].strip()
        if ("", "/", name) in {(each.domain, each.path, each.name) for each in self.jar}:
            self.jar.clear("", "/", name)

    def close(self) -> None:
        """Forgets them."""
        if self._jar is not None:
            self._jar.clear()
