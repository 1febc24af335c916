"""Requests and responses of a service that were kept, without their secrets: every n-th one, and the slow ones."""

from base64 import b64encode

from apitest_server.deploy.names import service_id
from apitest_server.deploy.settings import SETTINGS
from apitest_server.errors import NotFound
from apitest_server.internal.crud.field_types import Between
from apitest_server.internal.service._found import ID_OR_NAME, change, found
from apitest_server.invoke.reply import encode
from apitest_server.service.base import Service
from apitest_server.service.elements import AsIs, DateTime, Float, Int
from apitest_server.statistics.samples import SAMPLES

_SAMPLE = (
    "cid", "service", "channel", DateTime("time"), Float("ms"), AsIs("request"), AsIs("response"), "error",
)  # fmt: skip
_SLOW = ("cid", "service", "channel", DateTime("time"), Float("ms"), Float("proc_time"), "error")


def _base64(message: object) -> str:
    """Of a text as it is, of nothing nothing, of all else its JSON."""
    if message is None:
        return ""
    return b64encode(message.encode("utf-8") if isinstance(message, str) else encode(message)).decode("ascii")


class ConfigureRequestResponse(Service):
    """Keeps a service's every n-th request and response from now on; 0 is none. The last ten are there to see."""

    name = "zato.service.configure-request-response"

    class SimpleIO:
        """By ID or by name."""

        input_required = (Between("sample_req_resp_freq", 0, 1_000_000),)
        input_optional = ID_OR_NAME
        output_required = (Int("id"), "name")

    def handle(self) -> None:
        """Also after a restart."""
        given = self.request.input
        service = found(self.server, given)
        change(self.server, service, {"sample_every": given.sample_req_resp_freq})
        self.response.payload = {"id": service_id(service.name), "name": service.name}


class GetRequestResponse(Service):
    """The requests and responses of a service that were kept: the newest in Base64, and all of them as they are."""

    name = "zato.service.get-request-response"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = (
            Int("service_id"), "name", Int("sample_req_resp_freq"), "sample_cid", "sample_req", "sample_resp",
            AsIs("samples"),
        )  # fmt: skip
        response_elem = "zato_service_request_response_response"

    def handle(self) -> None:
        """The newest first; empty where none was kept."""
        service = found(self.server, self.request.input)
        samples = self.server.components[SAMPLES].of(service.name)
        newest = samples[0] if samples else {"cid": "", "request": None, "response": None}
        self.response.payload = {
            "service_id": service_id(service.name),
            "name": service.name,
            "sample_req_resp_freq": self.server.components[SETTINGS].of(service.name).sample_every,
            "sample_cid": newest["cid"],
            "sample_req": _base64(newest["request"]),
            "sample_resp": _base64(newest["response"]),
            "samples": samples,
        }


class SlowGetList(Service):
    """The last hundred responses of a service that took longer than its ``slow_threshold``."""

    name = "zato.service.slow-response.get-list"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = _SLOW

    def handle(self) -> None:
        """The newest first, without their messages."""
        service = found(self.server, self.request.input)
        slow = self.server.components[SAMPLES].slow(service.name)
        self.response.payload[:] = [{**one, "proc_time": one["ms"]} for one in slow]


class SlowGet(Service):
    """One slow response with its request, by the ``cid`` of the call."""

    name = "zato.service.slow-response.get"

    class SimpleIO:
        """And the service, by ID or by name."""

        input_required = ("cid",)
        input_optional = ID_OR_NAME
        output_required = (*_SAMPLE, Float("proc_time"))

    def handle(self) -> None:
        """404 where it is not kept, or not any more."""
        cid = self.request.input.cid
        slow = self.server.components[SAMPLES].slow(found(self.server, self.request.input).name)
        for sample in slow:
            if sample["cid"] == cid:
                self.response.payload = {**sample, "proc_time": sample["ms"]}
                return
        raise NotFound(f"No slow response with the cid `{cid}` is kept")
