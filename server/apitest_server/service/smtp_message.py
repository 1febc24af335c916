"""PURE  An e-mail as services write it, for ``self.email.smtp[name].conn.send(message)``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class SMTPMessage:
    """An e-mail.

    Attributes:
        from_: the sender's address, with a name or without: ``Shop <shop@example.com>``.
        to: an address, several with commas between them, or a list of addresses; so are ``cc`` and ``bcc``.
        subject: in one line.
        body: text, or HTML where ``is_html`` is true.
        attachments: each with its ``name`` and its ``contents``, bytes or text.
        cc: who else gets it.
        bcc: who gets it without being named in it.
        is_html: what the body is.
        headers: more of them, or others in the place of those that are made.
        charset: of the body.
    """

    from_: str = ""
    to: str | Iterable[str] = ""
    subject: str = ""
    body: str = ""
    attachments: list[Mapping[str, bytes | str]] = field(default_factory=list)
    cc: str | Iterable[str] = ""
    bcc: str | Iterable[str] = ""
    is_html: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"
    is_rfc2231: bool = True  # Of old services; names of files are always written so

    def attach(self, name: str, contents: bytes | str) -> None:
        """Adds a file."""
        self.attachments.append({"name": name, "contents": contents})
