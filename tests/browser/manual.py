"""The pictures of web-admin in the manual: which page each shows, and how it looks there."""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
LARGEST = 150_000  # bytes
WIDE, NARROW = (1200, 760), (390, 760)


class Picture(NamedTuple):
    """One of them.

    Attributes:
        page: a name of ``Stage.paths``.
        size: of the window.
        scheme: ``light`` or ``dark``.
    """

    page: str
    size: tuple[int, int] = WIDE
    scheme: str = "light"


PICTURES = {
    "web-admin-home.png": Picture("home"),
    "web-admin-client.png": Picture("client"),
    "web-admin-service.png": Picture("service"),
    "web-admin-subscription.png": Picture("queue"),
    "web-admin-log.png": Picture("late", scheme="dark"),
    "web-admin-steps.png": Picture("steps"),
    "web-admin-objects-narrow.png": Picture("objects", NARROW),
}
