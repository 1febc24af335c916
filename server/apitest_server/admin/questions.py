"""What cannot be undone is asked once more: by a script of the page or, before it has loaded and without it, here."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from apitest_server.admin.answers import PREFIX
from apitest_server.admin.repeats import FIELD, mark
from apitest_server.admin.visit import Visit

ASK, YES = "_ask", "_yes"
"""Of a form: what is asked before it is done, and what the button says then. A script that has asked leaves the first
one out, and so does the form that answers the question. No field of an object begins with an underscore."""

_NOT_AGAIN = frozenset([ASK, YES, "proof", FIELD])


class Question(NamedTuple):
    """What a page asks.

    Attributes:
        text: the question.
        yes: what the button says that does it.
        action: the form's address.
        fields: what the form has to send once more.
        back: where the visitor came from, below ``PREFIX``; empty for the home page.
    """

    text: str
    yes: str
    action: str
    fields: tuple[tuple[str, str], ...]
    back: str


def question_of(visit: Visit) -> Question | None:
    """The question that a form waits for; ``None`` where it was answered already, and for all other forms."""
    text = visit.text(ASK)
    if not text or not visit.wants_page:
        return None
    fields = visit.form.fields.items()
    again = tuple((name, value) for name, values in fields if name not in _NOT_AGAIN for value in values)
    return Question(text, visit.text(YES), visit.http.path, (*again, (FIELD, mark())), _back(visit.http.headers))


def _back(headers: Mapping[str, str]) -> str:
    """The page of ours that the form is on, as the browser says."""
    parts = urlsplit(headers.get("referer", ""))
    if parts.netloc != headers.get("host", "") or not parts.path.startswith(PREFIX):
        return ""
    return parts.path.removeprefix(PREFIX) + (f"?{parts.query}" if parts.query else "")
