"""Fields that hold the address of a web server."""

from urllib.parse import urlsplit

from apitest_server.service.elements import Text

WANTED = "must be an address such as https://example.com, without user name and password"


class WebAddress(Text):
    """An address, with a path or without one."""

    def parse(self, value: object) -> str:
        """The address, without a slash at its end."""
        text = super().parse(value).strip()
        if not is_web_address(text):
            raise ValueError(WANTED)
        return text.rstrip("/")


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a web server, without credentials, a query and a fragment."""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_address and not any(sign in text for sign in "@?#")
