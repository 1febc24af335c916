"""The driver of Kafka, which is loaded with the first client, and what it says of problems."""

import re
from typing import TYPE_CHECKING

from apitest_server.outgoing.driver import Driver

if TYPE_CHECKING:
    from confluent_kafka import KafkaError

DRIVER = Driver("Kafka", "confluent_kafka", "confluent-kafka", "kafka")
_WHERE = re.compile(r"^\S+: ")  # A broker and its ID
_STATE = re.compile(r" \(after \d+ms in state \w+.*", re.DOTALL)


def reason(error: "KafkaError") -> str:
    """What the driver, or a broker through it, has said, in one line."""
    text = _STATE.sub("", _WHERE.sub("", error.str()))
    if "timed out" in text:
        return "it does not answer"
    for begin in ("Connect to ", "SASL authentication error: ", "Authentication failed: "):
        if text.startswith(begin):
            text = text.partition(": ")[2] or text
    return " ".join(text.split())
