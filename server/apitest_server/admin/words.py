"""PURE  Names of fields and values as people read them."""

import json
import re
from datetime import datetime

_KNOWN = {
    "id": "ID", "url": "URL", "sql": "SQL", "ttl": "TTL", "gd": "GD", "ip": "IP", "cid": "CID", "http": "HTTP",
    "soap": "SOAP", "wsx": "WSX", "ws": "WS", "ms": "ms", "db": "DB", "tls": "TLS", "fqdn": "FQDN", "api": "API",
    "uri": "URI", "json": "JSON", "xml": "XML", "jwt": "JWT", "rest": "REST", "ext": "external",
    "msg": "message", "ca": "CA", "ftp": "FTP", "sftp": "SFTP", "ha": "HA", "def": "definition",
    "timezone": "time zone",
}  # fmt: skip
_NAMES = ("Basic", "Cassandra", "Kafka", "Odoo", "Vault", "WebSocket", "ZeroMQ")
_NAME = re.compile("`([^`\n]+)`")


def label(name: str) -> str:
    """``max_message_size`` as ``Max message size``; what begins with ``is_`` loses that."""
    words = [_KNOWN.get(word, word) for word in name.removeprefix("is_").replace("-", "_").split("_") if word]
    text = " ".join(words)
    return text[:1].upper() + text[1:] if text else name


def lowered(title: str) -> str:
    """A title within a sentence: ``Job`` as ``job``, but ``JWT definition`` and ``SQL connection`` as they are."""
    return title if title[1:2].isupper() or title.split(" ")[0] in _NAMES else title[:1].lower() + title[1:]


def shown(value: object) -> str:
    """A value in a table: yes and no, numbers in groups of three, nothing for nothing, JSON for what has parts."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def plain(value: object) -> str:
    """A value in the field of a form: as one would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def prose(text: str) -> str:
    """A text without the marks of code in it; names stand in quotes instead."""
    return _NAME.sub("“\\1”", text.replace("``", ""))


def pretty(value: object) -> str:
    """What a service has returned, as JSON with an indentation; text is as it is."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2, default=str)
