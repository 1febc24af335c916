"""An e-mail as a server has it -> what services read of it."""

from collections.abc import Iterator
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import default
from io import BytesIO

from apitest_server.service.attrs import Attrs


def read(raw: bytes) -> Attrs:
    """The e-mail; what is malformed in it is read as far as it can be.

    Returns:
        ``subject``, ``message_id`` and ``date`` as text; ``sent_from``, ``sent_to``, ``cc`` as lists of ``name`` and
        ``email``; ``body`` with the lists ``plain`` and ``html``; ``attachments`` with ``filename``, ``content-type``,
        ``size`` and ``content``, a file; ``headers`` with ``Name`` and ``Value``; ``raw_email``, the bytes.
    """
    mail = message_from_bytes(raw, policy=default)
    body: dict[str, list[str]] = {"plain": [], "html": []}
    attachments = []
    for part in _leaves(mail):
        kind = part.get_content_type()
        if part.get_content_disposition() != "attachment" and kind in ("text/plain", "text/html"):
            body[kind.partition("/")[2]].append(_text(part))
        elif part.get_filename() or part.get_content_disposition() == "attachment":
            attachments.append(_attachment(part))
    return Attrs(
        subject=_header(mail, "Subject"),
        message_id=_header(mail, "Message-ID"),
        date=_header(mail, "Date"),
        sent_from=_addresses(mail, "From"),
        sent_to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        body=Attrs(body),
        attachments=attachments,
        headers=[Attrs(Name=name, Value=str(value)) for name, value in mail.raw_items()],
        raw_email=raw,
    )


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that have no parts; a forwarded message is one, whatever is in it."""
    inner = part.get_payload()
    if part.get_content_maintype() == "message" or not isinstance(inner, list):
        yield part
        return
    for one in inner:
        if isinstance(one, Message):
            yield from _leaves(one)


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
    except LookupError:  # A character set that nobody knows
        return content.decode("utf-8", "replace").replace("\r\n", "\n")


def _attachment(part: Message) -> Attrs:
    inner = part.get_payload()
    if isinstance(inner, list):
        content = b"".join(one.as_bytes() for one in inner if isinstance(one, Message))
    else:
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
    found = Attrs(filename=part.get_filename() or "", size=len(content), content=BytesIO(content))
    found["content-type"] = part.get_content_type()
    return found


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):  # What the parser comes to with some that are malformed
        return next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")


def _addresses(mail: EmailMessage, name: str) -> list[Attrs]:
    try:
        found: tuple[Address, ...] = getattr(mail.get(name), "addresses", ())
    except (ValueError, IndexError, AttributeError, TypeError):
        return []
    return [Attrs(name=one.display_name, email=one.addr_spec) for one in found]
