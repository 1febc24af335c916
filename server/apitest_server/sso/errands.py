"""What is done after the answer, so that the time it takes tells nothing: e-mails, and looking up who gets them."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from apitest_server.errors import HTTPError, ServerError
from apitest_server.outgoing.connections import EMAILS
from apitest_server.service.base import Server
from apitest_server.service.smtp_message import SMTPMessage
from apitest_server.sso.letters import Letter

logger = logging.getLogger("apitest.sso")
WAITING = 1000  # errands at a time; further ones are not done, which the log says


class Errands:
    """Does one after the other, in a thread of its own, and sends e-mails."""

    def __init__(self, server: Server, smtp_conn: str, email_from: str) -> None:
        """Takes the server, and the SMTP connection and the sender that server.conf names."""
        self._server = server
        self._smtp_conn = smtp_conn
        self._email_from = email_from
        self._lock = Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._waiting = 0

    @property
    def has_mail(self) -> bool:
        """Whether e-mails can be sent."""
        return bool(self._smtp_conn)

    def do(self, what: str, errand: Callable[[], None]) -> None:
        """Does something later.

        Args:
            what: it is, for the log.
            errand: does it.
        """
        with self._lock:
            if self._waiting >= WAITING:
                logger.error("SSO: %s is not done, %d others wait already", what, self._waiting)
                return
            self._waiting += 1
            if self._threads is None:
                self._threads = ThreadPoolExecutor(1, "sso")
            self._threads.submit(self._done, what, errand)

    def send(self, letter: Letter) -> None:
        """Sends an e-mail now.

        Raises:
            HTTPError: it cannot be sent.
            ServerError: there is no such SMTP connection.
        """
        message = SMTPMessage(to=letter.to, subject=letter.subject, body=letter.body)
        self._server.components[EMAILS].smtp[self._smtp_conn].conn.send(message, self._email_from)

    async def close(self) -> None:
        """Finishes what it has begun, and drops the rest."""
        if self._threads is not None:
            await asyncio.to_thread(self._threads.shutdown, wait=True, cancel_futures=True)

    def _done(self, what: str, errand: Callable[[], None]) -> None:
        try:
            errand()
        except (HTTPError, ServerError) as error:
            logger.error("SSO: %s failed: %s", what, error)
        except Exception:
            logger.exception("SSO: %s failed", what)
        finally:
            with self._lock:
                self._waiting -= 1
