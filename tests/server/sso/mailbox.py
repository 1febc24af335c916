"""An SMTP server in the test's process, aiosmtpd, and a connection to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from queue import Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port
from tests.server.asgi import Client

CONF = "smtp_conn = mail\nemail_from = sso@example.com\nreturn_confirm_token = False\n"
WAIT = 30  # seconds at most


class Mailbox:
    """What has arrived; each is taken out once."""

    def __init__(self) -> None:
        self.arrived: Queue[Message] = Queue()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.arrived.put(message_from_bytes(envelope.content))
        return "250 OK"

    def next(self) -> Message:
        return self.arrived.get(timeout=WAIT)


def token_in(message: Message) -> str:
    """The word that stands alone in a line of an e-mail, or ends a link."""
    text = message.get_payload(decode=True)
    assert isinstance(text, bytes)
    [line] = [line for line in text.decode().splitlines() if line.startswith("  ")]
    return line.rpartition("=")[2].strip()


@contextmanager
def mailbox(client: Client) -> Iterator[Mailbox]:
    """The server has an SMTP connection `mail` to it."""
    found = Mailbox()
    controller = Controller(found, hostname="127.0.0.1", port=free_port())
    controller.start()
    fields = {"name": "mail", "host": "127.0.0.1", "port": controller.port, "mode": "plain"}
    client.result("zato.email.smtp.create", fields)
    try:
        yield found
    finally:
        controller.stop()
