"""Answers of a system under test, made without one."""

import json
from typing import Any

from apitest.clients.response import Answer
from tests.apitest.steps.playing import Play


def answers_json(play: Play, document: Any) -> None:
    """The last response of the feature is this JSON document."""
    play.zato.response = Answer(None, json.dumps(document).encode(), "JSON")


def answers_xml(play: Play, document: str) -> None:
    """The last response of the feature is this XML document."""
    play.zato.response = Answer(None, document.encode(), "XML")
