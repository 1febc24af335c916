"""A mailbox that services read: ``for uid, message in self.email.imap["Shop"].conn.get()``."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from imaplib import IMAP4, IMAP4_SSL
from pathlib import Path
from typing import ClassVar, TypeVar

from apitest_server.errors import BadRequest, RemoteError, ServiceTimeout, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.outgoing.mail import MailConnection
from apitest_server.outgoing.mail_read import read
from apitest_server.outgoing.sessions import Sessions
from apitest_server.service.attrs import Attrs

T = TypeVar("T")


class IMAPMessage:
    """An e-mail in a mailbox.

    Attributes:
        uid: its ID in its folder.
        data: what it says; see ``mail_read.read``.
    """

    def __init__(self, connection: "IMAPConnection", folder: str, uid: str, data: Attrs) -> None:
        self.uid = uid
        self.data = data
        self._connection = connection
        self._folder = folder

    def mark_seen(self) -> None:
        """It is not new any longer."""
        self._connection.mark_seen(self.uid, self._folder)

    def delete(self) -> None:
        """It is gone from the mailbox."""
        self._connection.delete(self.uid, self._folder)


class IMAPConnection(MailConnection[IMAP4]):
    """One definition, ready to be used by any thread; connects when it is first used.

    Every method raises an HTTPError: 502 where the server refuses something, 503 where it is away, 504 where it does
    not answer in time.
    """

    ports: ClassVar = {"ssl": 993, "starttls": 143, "plain": 143}

    def __init__(self, item: StoredObject, directory: Path) -> None:
        """Takes the definition, and where relative paths of this machine begin.

        Raises:
            BadRequest: its certificates cannot be used.
        """
        super().__init__(item, directory)
        self._sessions = Sessions(
            f"IMAP connection `{item.name}`", self._opened, _is_alive, IMAP4.shutdown, (IMAP4.error,)
        )

    def get(self, folder: str = "INBOX", criteria: str = "") -> Iterator[tuple[str, IMAPMessage]]:
        """The messages that the criteria find, by default those of the definition: each is fetched when its turn comes.

        They stay as they are, new ones too, until they are marked as seen or deleted.

        Args:
            folder: of the mailbox.
            criteria: of the command SEARCH in RFC 3501, such as ``UNSEEN SUBJECT "order"``.
        """
        wanted = criteria or self._item.fields.get("get_criteria", "UNSEEN")
        with self._session(folder, f"to search for {wanted}") as session:
            [found] = _good(session.uid("SEARCH", _plain(wanted)))
        for uid in found.decode("ascii").split() if isinstance(found, bytes) else ():
            raw = self._fetched(folder, uid)
            if raw is not None:
                yield uid, IMAPMessage(self, folder, uid, read(raw))

    def mark_seen(self, uid: str, folder: str = "INBOX") -> None:
        """A message is not new any longer."""
        with self._session(folder, f"to mark message {uid} as seen") as session:
            _good(session.uid("STORE", _plain(uid), "+FLAGS.SILENT", r"(\Seen)"))

    def delete(self, uid: str, folder: str = "INBOX") -> None:
        """A message is gone; where the server lacks UIDPLUS, so are others that are marked as deleted."""
        with self._session(folder, f"to delete message {uid}") as session:
            _good(session.uid("STORE", _plain(uid), "+FLAGS.SILENT", r"(\Deleted)"))
            # What can be done is told anew to who has logged in
            can = b" ".join(part for part in _good(session.capability()) if isinstance(part, bytes))
            _good(session.uid("EXPUNGE", uid) if b"UIDPLUS" in can.upper().split() else session.expunge())

    def ping(self) -> str:
        """Asks the server whether it is there, and whether the mailbox can be opened."""
        with self._session("INBOX", "to answer a ping") as session:
            session.noop()
        return self._place

    def _fetched(self, folder: str, uid: str) -> bytes | None:
        """A whole message, which is still new afterwards; ``None`` if it has gone meanwhile."""
        with self._session(folder, f"to fetch message {uid}") as session:
            found = _good(session.uid("FETCH", uid, "(UID BODY.PEEK[])"))
        return next((part[1] for part in found if isinstance(part, tuple)), None)

    @contextmanager
    def _session(self, folder: str, what: str) -> Iterator[IMAP4]:
        try:
            with self._sessions.session() as session:
                _good(session.select(_quoted(folder)))
                yield session
        except IMAP4.abort as error:
            raise ServiceUnavailable(f"`{self.name}` was lost when it was asked {what}: {self._said(error)}") from None
        except IMAP4.error as error:
            raise RemoteError(f"`{self.name}` refuses {what}: {self._said(error)}") from None
        except TimeoutError:
            raise ServiceTimeout(f"`{self.name}` did not answer in time when it was asked {what}") from None
        except OSError as error:
            raise ServiceUnavailable(f"`{self.name}` was lost when it was asked {what}: {self._said(error)}") from None

    def _opened(self) -> IMAP4:
        fields, timeout = self._item.fields, self._item.fields.get("timeout", 10)
        session: IMAP4 | None = None
        is_connected = False
        try:
            if self._mode == "ssl":
                session = IMAP4_SSL(fields["host"], self._port, ssl_context=self._tls, timeout=timeout)
            else:
                session = IMAP4(fields["host"], self._port, timeout=timeout)
            if self._mode == "starttls":
                session.starttls(self._tls)
            is_connected = True
            session.login(fields.get("username", ""), self._item.secret("password"))
        except (IMAP4.error, OSError, ValueError) as error:
            if session is not None:
                session.shutdown()
            problem = "refuses to log in" if is_connected and not isinstance(error, OSError) else "cannot be reached"
            raise ServiceUnavailable(f"`{self.name}` {problem}: {self._said(error)}") from None
        return session

    def _said(self, error: Exception) -> str:
        first = error.args[0] if error.args else ""
        said = (
            first.decode("utf-8", "replace")
            if isinstance(first, bytes)
            else str(getattr(error, "strerror", "") or error)
        )
        return self._clean(said) or "the connection was closed"


def _good(answer: tuple[str, Sequence[T]]) -> Sequence[T]:
    status, data = answer
    if status != "OK":
        raise IMAP4.error(data[0] if data else status)
    return data


def _plain(text: str) -> str:
    """A text that cannot be a further command."""
    if not (text.isascii() and text.isprintable()):
        raise BadRequest("Folders, criteria and IDs of messages have printable ASCII characters only")
    return text


def _quoted(folder: str) -> str:
    escaped = _plain(folder).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_alive(session: IMAP4) -> bool:
    try:
        return session.noop()[0] == "OK"
    except (IMAP4.error, OSError):
        return False
