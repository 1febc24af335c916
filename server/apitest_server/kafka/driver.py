"""The driver of Kafka, which is loaded with the first client, and what it says of problems."""

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from apitest_server.errors import ServiceUnavailable

if TYPE_CHECKING:
    from confluent_kafka import KafkaError

DRIVER = "confluent_kafka"
_WHERE = re.compile(r"^\S+: ")  # A broker and its ID
_STATE = re.compile(r" \(after \d+ms in state \w+.*", re.DOTALL)


def need_driver() -> None:
    """Asks whether there is a driver; it is not loaded.

    Raises:
        ServiceUnavailable: it is not installed.
    """
    if find_spec(DRIVER) is None:
        raise ServiceUnavailable("Kafka needs the package confluent-kafka. Install it with: pip install apitest[kafka]")


def reason(error: "KafkaError") -> str:
    """What the driver, or a broker through it, has said, in one line."""
    text = _STATE.sub("", _WHERE.sub("", error.str()))
    if "timed out" in text:
        return "it does not answer"
    for begin in ("Connect to ", "SASL authentication error: ", "Authentication failed: "):
        if text.startswith(begin):
            text = text.partition(": ")[2] or text
    return " ".join(text.split())
