"""What a server answered to a client of publish/subscribe, and why it refused."""

from typing import NamedTuple, NoReturn

from apitest.clients.response import Answer
from apitest.errors import CheckFailed

FORBIDDEN, BAD_REQUEST = 403, 400
_FORBIDDEN = (
    "Servers do not tell apart: wrong credentials, no endpoint for them, a topic that does not exist, and an endpoint"
    " whose patterns do not allow this: it takes a line such as {verb}={topic} or {verb}=/** there."
)
_SUBSCRIBE = 'Subscribe before: Given "{client}" subscribes to topic "{topic}"'


class Reply(NamedTuple):
    """What a server answered.

    Attributes:
        answer: as checks of the response look at it.
        status: as an HTTP status code.
        details: what it says of a failure; empty where it says nothing.
        where: what was asked for.
    """

    answer: Answer
    status: int
    details: str
    where: str

    @property
    def is_success(self) -> bool:
        """Whether it did as it was asked."""
        return 200 <= self.status < 300

    @property
    def is_not_subscribed(self) -> bool:
        """Whether it says that there is no subscription."""
        return self.status == BAD_REQUEST and "not subscribed" in self.details.casefold()

    def told(self) -> str:
        """The status and what was said."""
        return f"{self.status} {self.details}".rstrip()

    def field(self, name: str) -> object:
        """A field of the answer; None where it has none, or is not a JSON object."""
        document = self.answer.json() if self.answer.is_json() else None
        return document.get(name) if isinstance(document, dict) else None


def refuse(reply: Reply, client: str, action: str, topic: str) -> NoReturn:
    """Fails with what the server said, and what may be the reason.

    Args:
        reply: of the server.
        client: the name of who asked.
        action: such as "publish on".
        topic: its name.

    Raises:
        CheckFailed: always.
    """
    problem = f'"{client}" cannot {action} topic "{topic}": {reply.told()}'
    raise CheckFailed(problem, reply.where, _fix(reply, client, action, topic))


def _fix(reply: Reply, client: str, action: str, topic: str) -> str:
    if reply.is_not_subscribed:
        return _SUBSCRIBE.format(client=client, topic=topic)
    if reply.status == FORBIDDEN:
        return _FORBIDDEN.format(verb="pub" if action.startswith("publish") else "sub", topic=topic)
    return ""
