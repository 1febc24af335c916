"""How a secret may be spelled where a server, a program or a log writes it."""

import base64
import html
import json
import quopri
import urllib.parse


def _hex(data: bytes, separator: str = "") -> str:
    return data.hex(separator) if separator else data.hex()


def _percent(data: bytes, lower: bool = False) -> str:
    return "".join(f"%{byte:02x}" if lower else f"%{byte:02X}" for byte in data)


def spellings(secret: str, user: str = "maria") -> dict[str, str]:
    """Each spelling by a name for it."""
    data, both = secret.encode(), f"{user}:{secret}".encode()
    b64, url64 = base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()
    half = len(secret) // 2
    dumped, ascii_only = json.dumps(secret, ensure_ascii=False)[1:-1], json.dumps(secret)[1:-1]
    units = secret.encode("utf-16-be")
    utf16 = "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
    return {
        "plain": secret,
        "within a word": f"x{secret}y",
        "twice": secret * 2,
        "Base64": b64,
        "Base64 without padding": b64.rstrip("="),
        "Base64 for URLs": url64,
        "Base64 for URLs without padding": url64.rstrip("="),
        "Base64 in lines": f"{b64[:6]}\n{b64[6:]}",
        "Base64 of user and password": base64.b64encode(both).decode(),
        "Base64 of them without padding": base64.b64encode(both).decode().rstrip("="),
        "Base64 of them for URLs": base64.urlsafe_b64encode(both).decode(),
        "Base64 of JSON": base64.b64encode(json.dumps({"password": secret}).encode()).decode(),
        "Base64 of a longer text": base64.b64encode(f"xy{secret}z".encode()).decode(),
        "Base64 of UTF-16": base64.b64encode(secret.encode("utf-16-le")).decode(),
        "Base64 of Base64": base64.b64encode(b64.encode()).decode(),
        "hexadecimal": _hex(data),
        "hexadecimal in capitals": _hex(data).upper(),
        "hexadecimal with colons": _hex(data, ":"),
        "hexadecimal with spaces": _hex(data, " "),
        "hexadecimal with 0x": ", ".join(f"0x{byte:02x}" for byte in data),
        "bytes of C": "".join(f"\\x{byte:02x}" for byte in data),
        "octal": "".join(f"\\{byte:03o}" for byte in data),
        "URL": urllib.parse.quote(secret, safe=""),
        "URL, slashes kept": urllib.parse.quote(secret),
        "form": urllib.parse.quote_plus(secret),
        "URL, every byte": _percent(data),
        "URL, small letters": _percent(data, lower=True),
        "URL twice": urllib.parse.quote(urllib.parse.quote(secret, safe=""), safe=""),
        "URL of Base64": urllib.parse.quote(b64, safe=""),
        "JSON": dumped,
        "JSON in ASCII": ascii_only,
        "JSON, every character": utf16,
        "JSON, every character in capitals": utf16.upper().replace("\\U", "\\u"),
        "JSON of PHP": dumped.replace("/", "\\/"),
        "JSON of .NET": dumped.translate({ord(c): f"\\u{ord(c):04X}" for c in "+&<>'"}),
        "JSON of Go": dumped.translate({ord(c): f"\\u{ord(c):04x}" for c in "&<>"}),
        "JSON in JSON": json.dumps(dumped)[1:-1],
        "JavaScript": "".join(f"\\u{{{ord(c):x}}}" for c in secret),
        "XML": html.escape(secret),
        "XML, decimal": "".join(f"&#{ord(c)};" for c in secret),
        "XML, hexadecimal": "".join(f"&#x{ord(c):X};" for c in secret),
        "XML of XML": html.escape(html.escape(secret)),
        "CDATA": f"<![CDATA[{secret}]]>",
        "quoted-printable": quopri.encodestring(data).decode(),
        "Python": repr(secret)[1:-1],
        "Python bytes": repr(data)[2:-1],
        "in two lines": f"{secret[:half]}\n{secret[half:]}",
        "in lines with an indent": f"{secret[:half]}\r\n    {secret[half:]}",
        "put together": f'{secret[:half]}" + \n  "{secret[half:]}',
        "continued with a backslash": f"{secret[:half]}\\\n{secret[half:]}",
    }
