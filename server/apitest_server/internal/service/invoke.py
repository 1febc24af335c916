"""A service invoked by ID or name, with what came over another channel than its own."""

import binascii
import json
from base64 import b64decode, b64encode

import msgspec

from apitest_server.errors import InputError
from apitest_server.internal.crud.field_types import OneOf
from apitest_server.internal.service._found import ID_OR_NAME, found
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, Bool

_TEXTS = dict.fromkeys(("xml", "csv", "raw"), "text")  # Formats that are handed over as they are


class _IsAsync(Bool):
    """Whether the response is not waited for."""

    also = "async"


class Invoke(Service):
    """Invokes a service. A payload that is text is Base64; a JSON object, a list or a number is taken as it is."""

    name = "zato.service.invoke"

    class SimpleIO:
        """The response stands beside the envelope. ``data_format`` says what is in the Base64.

        A response in the background is not waited for: ``is_async``, which clients may call ``async``.
        """

        input_optional = (
            *ID_OR_NAME,
            AsIs("payload"),
            OneOf("data_format", "text", "json", "bytes", aliases=_TEXTS),
            _IsAsync("is_async", default=False),
        )
        output_required = ("cid", AsIs("response"))
        response_elem = ""

    async def handle(self) -> None:
        """Returns the response in Base64, and the ``cid`` under which the log knows the call.

        No thread of the internal services waits for the service, which may be a user's that hangs.
        """
        given = self.request.input
        service = found(self.server, given)
        payload = _payload(given.payload, given.data_format)
        if given.is_async:
            self.response.payload = {"cid": self.invoke_async(service.name, payload), "response": None}
        else:
            response = await self.invoke(service.name, payload)
            self.response.payload = {"cid": self.cid, "response": _encoded(response)}


def _payload(given: object, data_format: str) -> object:
    if not isinstance(given, str):
        return given
    try:
        raw = b64decode(given, validate=True)
        if data_format == "bytes" or not raw:
            return raw or None
        return json.loads(raw) if data_format == "json" else raw.decode("utf-8")
    except binascii.Error:
        raise InputError("payload", "must be Base64 where it is a text") from None
    except (ValueError, RecursionError) as error:
        raise InputError("payload", f"is not in the data format {data_format}: {error}") from None


def _encoded(response: object) -> str:
    if isinstance(response, str):
        response = response.encode("utf-8")
    if not isinstance(response, bytes):
        response = msgspec.json.encode(response, enc_hook=str) if response is not None else b""
    return b64encode(response).decode("ascii")
