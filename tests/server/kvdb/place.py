"""The section of server.conf that names the tests' Redis."""

from urllib.parse import urlsplit


def section(url: str) -> str:
    parts = urlsplit(url)
    return f"[kvdb]\nhost = {parts.hostname}\nport = {parts.port}\npassword = {parts.password}\n"
