"""Every subject of checks, in the order of the manual."""

from apitest.steps.subjects import (
    cookie,
    database,
    header,
    jsonpath,
    message,
    path,
    pubsub,
    text,
    variable,
    websocket,
    xpath,
)

SUBJECTS = (
    path.SUBJECT,
    path.OF_ITEM,
    path.WHOLE,
    jsonpath.SUBJECT,
    xpath.SUBJECT,
    header.SUBJECT,
    cookie.SUBJECT,
    cookie.ATTRIBUTE,
    text.SUBJECT,
    text.URL,
    text.CHECKSUM,
    variable.SUBJECT,
    *database.SUBJECTS,
    *message.SUBJECTS,
    *websocket.SUBJECTS,
    *pubsub.SUBJECTS,
)
