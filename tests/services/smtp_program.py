"""``python -m tests.services.smtp_program SETTINGS``: an SMTP server, aiosmtpd, that puts what it takes into a Maildir.

SETTINGS is a JSON file: ``port``, ``username``, ``password``, ``certificate``, ``key``, ``maildir``.
"""

import asyncio
import json
import mailbox
import ssl
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Delivery:
    """Delivers to one mailbox, whoever the recipient is; those at ``refused.example`` are not taken."""

    def __init__(self, maildir: Path) -> None:
        self._maildir = maildir

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.endswith("@refused.example"):
            return "550 5.1.1 There is nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if b"X-Refuse: yes" in content:
            return "554 5.7.1 This message is not wanted"
        head = f"X-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        box = mailbox.Maildir(self._maildir, create=False)
        box.add(head + content)
        return "250 OK"


async def serve(settings: dict[str, Any]) -> None:
    """Until it is killed."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(settings["certificate"], settings["key"])
    right = settings["username"].encode(), settings["password"].encode()

    def authenticated(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and (data.login, data.password) == right
        return AuthResult(success=is_right, handled=False)

    def made(context: ssl.SSLContext | None) -> SMTP:
        return SMTP(
            Delivery(Path(settings["maildir"])),
            hostname="localhost",
            tls_context=context,
            authenticator=authenticated,
            auth_required=True,
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    plain = await loop.create_server(lambda: made(tls), "127.0.0.1", settings["port"])
    secure = await loop.create_server(lambda: made(None), "127.0.0.1", settings["secure_port"], ssl=tls)
    async with plain, secure:
        await asyncio.gather(plain.serve_forever(), secure.serve_forever())


if __name__ == "__main__":
    asyncio.run(serve(json.loads(Path(sys.argv[1]).read_text())))
