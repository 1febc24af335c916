"""PURE  Names of fields and values as people read them."""

import json
import re
from datetime import datetime

_KNOWN = {
    "id": "ID", "url": "URL", "sql": "SQL", "ttl": "TTL", "gd": "GD", "ip": "IP", "cid": "CID", "http": "HTTP",
    "soap": "SOAP", "wsx": "WSX", "ws": "WS", "ms": "ms", "db": "DB", "tls": "TLS", "fqdn": "FQDN", "api": "API",
    "uri": "URI", "json": "JSON", "xml": "XML", "jwt": "JWT", "rest": "REST", "ext": "external",
    "msg": "message", "email": "e-mail", "ca": "CA", "ftp": "FTP", "sftp": "SFTP", "ha": "HA", "def": "definition",
    "timezone": "time zone", "tz": "time zone", "hb": "heartbeat", "pref": "preference",
}  # fmt: skip
_NAMES = ("Basic", "Cassandra", "Elasticsearch", "Kafka", "Odoo", "Solr", "Vault")
_NAME = re.compile("`([^`\n]+)`")


def label(name: str) -> str:
    """``max_message_size`` as ``Max message size``; what begins with ``is_`` loses that."""
    words = [_KNOWN.get(word, word) for word in name.removeprefix("is_").replace("-", "_").split("_") if word]
    text = " ".join(words)
    return text[:1].upper() + text[1:] if text else name


def lowered(title: str) -> str:
    """A title within a sentence: ``Job`` as ``job``, but ``JWT definition`` and ``MongoDB connection`` as they are."""
    first = title.split(" ")[0]
    return title if first in _NAMES or any(map(str.isupper, first[1:])) else title[:1].lower() + title[1:]


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
