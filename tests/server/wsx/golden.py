"""Messages recorded from the examples of the specification."""

from pathlib import Path

DIRECTORY = Path(__file__).parents[1] / "golden" / "wsx"
TIMESTAMP = "2026-01-31T12:30:00.000001"
CLIENT = {"client_id": "32351b3f5d16", "client_name": "My Client"}


def golden(name: str) -> str:
    """A recorded message, without the line end of its file."""
    return (DIRECTORY / f"{name}.json").read_text("utf-8").removesuffix("\n")
