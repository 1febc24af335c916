"""What services write as an SMTPMessage -> an e-mail as it is sent."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid
from mimetypes import guess_type

from apitest_server.errors import BadRequest
from apitest_server.service.smtp_message import SMTPMessage


def written(message: SMTPMessage) -> EmailMessage:
    """The e-mail, with a date and an ID.

    Raises:
        BadRequest: a header has a line break in it, there is nobody to send it to, or nobody who sends it.
    """
    mail = EmailMessage(policy=SMTP)
    headers = {
        "From": message.from_,
        "To": _joined(message.to),
        "Cc": _joined(message.cc),
        "Bcc": _joined(message.bcc),
        "Subject": message.subject,
        "Date": format_datetime(localtime()),
        "Message-ID": make_msgid(domain=_domain(message.from_)),
        **(message.headers or {}),
    }
    if not headers["From"]:
        raise BadRequest("The message has no sender: set `from_`")
    if not (headers["To"] or headers["Cc"] or headers["Bcc"]):
        raise BadRequest("The message has no recipient: set `to`, `cc` or `bcc`")
    for name, value in headers.items():
        _set(mail, name, value)
    mail.set_content(message.body, subtype="html" if message.is_html else "plain", charset=message.charset)
    for part in message.attachments or ():
        _attach(mail, str(part["name"]), part["contents"])
    return mail


def _set(mail: EmailMessage, name: str, value: str) -> None:
    if not value:
        return
    try:
        del mail[name]
        mail[name] = value
    except (ValueError, IndexError):  # The latter is what some addresses come to that are none
        raise BadRequest(
            f"The header {name} of the message cannot be used: it has a line break, or is malformed"
        ) from None


def _attach(mail: EmailMessage, name: str, contents: bytes | str) -> None:
    kind, encoding = guess_type(name)
    main, _, sub = (kind if kind and not encoding else "application/octet-stream").partition("/")
    content = contents.encode("utf-8") if isinstance(contents, str) else bytes(contents)
    params = {"charset": "utf-8"} if isinstance(contents, str) and main == "text" else {}
    mail.add_attachment(content, maintype=main, subtype=sub, filename=name, params=params)


def _joined(addresses: str | Iterable[str] | None) -> str:
    return addresses if isinstance(addresses, str) else ", ".join(addresses or ())


def _domain(sender: str) -> str:
    domain = sender.rpartition("@")[2].strip("> ")
    return domain if domain.isascii() and domain.replace(".", "").replace("-", "").isalnum() else "localhost"
