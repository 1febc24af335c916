"""One request to web-admin, as its pages see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest

from apitest_server.admin.calls import Calls
from apitest_server.errors import Forbidden
from apitest_server.service.forms import Form
from apitest_server.service.http import HTTPRequest


@dataclass(slots=True)
class Visit:
    """A request, and who has sent it.

    Attributes:
        http: the request.
        params: of the path.
        call: calls services as the user.
        session: what the cookie holds, or empty.
        user: who has signed in, or empty.
        is_secure: whether it came over TLS.
    """

    http: HTTPRequest
    params: Mapping[str, str]
    call: Calls
    session: str = ""
    user: str = ""
    is_secure: bool = False
    _form: Form | None = field(default=None, init=False)

    @property
    def query(self) -> dict[str, str]:
        """The query string's parameters."""
        return self.http.GET

    @property
    def wants_page(self) -> bool:
        """Whether a browser shows the answer; else a script reads it."""
        return "text/html" in self.http.headers.get("accept", "")

    @property
    def form(self) -> Form:
        """The form that was sent."""
        if self._form is None:
            self._form = self.http.form
        return self._form

    @property
    def page_number(self) -> int:
        """Which page of a list is asked for; the first one where that cannot be read."""
        text = self.query.get("page", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1

    def text(self, name: str) -> str:
        """A field of the form; empty where it is not there."""
        values = self.form.fields.get(name, [])
        return values[-1] if values else ""

    @property
    def proof(self) -> str:
        """What a form of this session has to send along; pages of other sites cannot know it."""
        return sha256(b"form\0" + self.session.encode("utf-8", "replace")).hexdigest()

    def check_proof(self) -> None:
        """Refuses a form that is not from a page of this session.

        Raises:
            Forbidden: with what to do.
        """
        given = self.http.headers.get("x-proof", "") or self.text("proof")
        if not compare_digest(given.encode("utf-8", "replace"), self.proof.encode("ascii")):
            raise Forbidden("This form belongs to another session. Load the page again, and send it once more")
