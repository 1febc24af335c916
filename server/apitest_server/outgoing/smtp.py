"""An SMTP server that takes the e-mails of services: ``self.email.smtp["Shop"].conn.send(message)``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import ClassVar

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.mail import MailConnection
from apitest_server.outgoing.mail_written import written
from apitest_server.outgoing.sessions import Sessions
from apitest_server.service.smtp_message import SMTPMessage

_REFUSALS = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, SMTPNotSupportedError)
_LOGIN = (SMTPAuthenticationError, SMTPNotSupportedError, SMTPHeloError)


class SMTPConnection(MailConnection[SMTP]):
    """One definition, ready to be used by any thread; connects when it is first used."""

    ports: ClassVar = {"starttls": 587, "ssl": 465, "plain": 25}

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        super().__init__(item, directory)
        self._sessions = Sessions(f"SMTP connection `{item.name}`", self._opened, _is_alive, SMTP.close, _REFUSALS)

    def send(self, message: SMTPMessage, from_: str = "") -> bool:
        """Sends an e-mail; it is true that the server has taken it.

        Args:
            message: the e-mail.
            from_: the sender where the message has none.

        Raises:
            BadRequest: the message cannot be sent as it is.
            RemoteError: the server refuses the sender, the message or a recipient; who else got it is told.
            ServiceUnavailable: the server cannot be reached.
            ServiceTimeout: it did not answer in time.
        """
        if from_ and not message.from_:
            message.from_ = from_
        mail = written(message)
        with self._session() as session:
            refused = session.send_message(mail)
        if refused:
            names = ", ".join(sorted(refused))
            raise RemoteError(f"`{self.name}` refuses the recipients {names}; the others have got the message")
        return True

    def ping(self) -> str:
        """Asks the server whether it is there; sends an e-mail where the definition has a ``ping_address``."""
        fields = self._item.fields
        address = fields.get("ping_address", "")
        if address:
            self.send(SMTPMessage(from_=address, to=address, subject="Ping", body=f"Ping of `{self.name}`"))
        else:
            with self._session() as session:
                session.noop()
        return self._place

    @contextmanager
    def _session(self) -> Iterator[SMTP]:
        try:
            with self._sessions.session() as session:
                yield session
        except SMTPRecipientsRefused as error:
            said = "; ".join(f"{name}: {code} {_text(why)}" for name, (code, why) in error.recipients.items())
            raise RemoteError(f"`{self.name}` refuses all recipients: {self._clean(said)}") from None
        except (SMTPSenderRefused, SMTPDataError) as error:
            raise RemoteError(f"`{self.name}` refuses the message: {self._said(error)}") from None
        except SMTPNotSupportedError:
            raise BadRequest(f"`{self.name}` takes no addresses that are not ASCII") from None
        except TimeoutError:
            raise ServiceTimeout(f"`{self.name}` did not answer in time") from None
        except (SMTPException, OSError) as error:
            raise ServiceUnavailable(f"`{self.name}` was lost: {self._said(error)}") from None

    def _opened(self) -> SMTP:
        fields, timeout = self._item.fields, self._item.fields.get("timeout", 10)
        session: SMTP | None = None
        try:
            if self._mode == "ssl":
                session = SMTP_SSL(fields["host"], self._port, timeout=timeout, context=self._tls)
            else:
                session = SMTP(fields["host"], self._port, timeout=timeout)
            if self._mode == "starttls":
                session.starttls(context=self._tls)
            if fields.get("username"):
                session.login(fields["username"], self._item.secret("password"))
        except (SMTPException, OSError, ValueError) as error:
            if session is not None:
                session.close()
            problem = "refuses to log in" if isinstance(error, _LOGIN) else "cannot be reached"
            raise ServiceUnavailable(f"`{self.name}` {problem}: {self._said(error)}") from None
        return session

    def _said(self, error: Exception) -> str:
        if isinstance(error, SMTPResponseException):
            return self._clean(f"{error.smtp_code} {_text(error.smtp_error)}")
        return self._clean(str(getattr(error, "strerror", None) or error) or "the connection was closed")


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _is_alive(session: SMTP) -> bool:
    try:
        return session.noop()[0] == 250
    except (SMTPException, OSError):
        return False
