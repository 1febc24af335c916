"""The files that services come from: uploaded, and shown."""

import binascii
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

from apitest_server.about import SERVER_INFO
from apitest_server.cluster.bus import BUS
from apitest_server.cluster.neighbours import NEIGHBOURS
from apitest_server.deploy.files import FILES
from apitest_server.deploy.names import service_id
from apitest_server.errors import InputError
from apitest_server.internal.service._found import ID_OR_NAME, found
from apitest_server.service.base import Service
from apitest_server.service.elements import Bool, DateTime, Int, List, Text


class UploadPackage(Service):
    """Deploys a file of services on all servers; they can be called once this answers.

    A file that is broken is refused with what is wrong and where, and the version before it stays deployed.
    """

    name = "zato.service.upload-package"

    class SimpleIO:
        """The file in Base64, and what it is called; ``here_only`` leaves the other servers out.

        ``not_on`` is what those servers said that have not deployed it.
        """

        input_required = ("payload", "payload_name")
        input_optional = (Bool("here_only", default=False), Int("cluster_id"))
        output_required = ("payload_name", List("services"))
        output_optional = (List("not_on"),)

    def handle(self) -> None:
        """Returns the names of the services in it."""
        given, have = self.request.input, self.server.components
        try:
            content = b64decode(given.payload, validate=True)
        except (binascii.Error, ValueError):
            raise InputError("payload", "must be Base64") from None
        services = have[FILES].upload(given.payload_name, content)
        self.response.payload = {"payload_name": given.payload_name, "services": services}
        if not given.here_only:
            payload = {"payload": given.payload, "payload_name": given.payload_name, "here_only": True}
            failures = have[NEIGHBOURS].call_all(have[BUS].peers(), self.name, payload)
            if failures:
                self.response.payload["not_on"] = failures


class GetSourceInfo(Service):
    """The source that a service runs from, in Base64, and its SHA-256."""

    name = "zato.service.get-source-info"

    class SimpleIO:
        """By ID or by name."""

        input_optional = ID_OR_NAME
        output_required = (
            Int("service_id"), "service_name", "server_name", "source", "source_path", "source_hash",
            "source_hash_method",
        )  # fmt: skip

    def handle(self) -> None:
        """Of the version that serves."""
        service = found(self.server, self.request.input)
        content = self.server.components[FILES].source(service)
        self.response.payload = {
            "service_id": service_id(service.name),
            "service_name": service.name,
            "server_name": self.server.name,
            "source": b64encode(content).decode("ascii"),
            "source_path": service.source,
            "source_hash": sha256(content).hexdigest(),
            "source_hash_method": "SHA-256",
        }


class GetDeploymentInfoList(Service):
    """Where a service is deployed from, since when, and why its newest version was refused if it was."""

    name = "zato.service.get-deployment-info-list"

    class SimpleIO:
        """A row a server."""

        input_optional = ID_OR_NAME
        output_required = (Int("service_id"), "service_name", Int("server_id"), "server_name", "place", "file")
        output_optional = (DateTime("since"), Text("error"))

    def handle(self) -> None:
        """Internal services are there since the server started."""
        service = found(self.server, self.request.input)
        status = self.server.components[FILES].status(service)
        about = self.server.components[SERVER_INFO]
        since = datetime.fromtimestamp(status.since, UTC) if status else about.row()["started"]
        self.response.payload[:] = [
            {
                "service_id": service_id(service.name),
                "service_name": service.name,
                "server_id": about.row()["id"],
                "server_name": self.server.name,
                "place": service.place,
                "file": service.source,
                "since": since,
                "error": status.error if status else "",
            }
        ]
