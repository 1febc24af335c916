"""Outgoing SFTP connections: defined, tried and given commands; services use them as ``self.out.sftp``."""

from time import perf_counter
from typing import TYPE_CHECKING

from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import Between, Field, Generic, ObjectType, connection_of
from apitest_server.internal.crud.field_types import LINES
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import AsIs, Bool, Float, Int, Text

if TYPE_CHECKING:
    from apitest_server.outgoing.sftp import SFTPConnection


class HostKeys(Text):
    """Host keys, one a line, as in a file known_hosts, without the name of the host."""

    schema = LINES

    def parse(self, value: object) -> str:
        """The keys."""
        lines = [line.strip() for line in super().parse(value).splitlines() if line.strip()]
        for line in lines:
            if len(line.split()) < 2 or not line.startswith(("ssh-", "ecdsa-", "sk-")):
                raise ValueError(f"must have lines such as `ssh-ed25519 AAAA…`, and not `{line[:60]}`")
        return "\n".join(lines)


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not fields.ping_command.strip():
        raise InputError("ping_command", "must be a command such as pwd")


SFTP = ObjectType(
    name="outgoing.sftp",
    title="SFTP connection",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(Text("host"), required=True, searched=True),
        Field(Between("port", 1, 65535, default=22)),
        Field(Text("username", default=""), searched=True),
        Field(Text("password"), stored="encrypted"),
        Field(Text("identity_file", default=""), about="The path of a private key"),
        Field(HostKeys("host_keys", default=""), about="One a line, as in known_hosts, without the name of the host"),
        Field(Bool("validate_host_key", default=True)),
        Field(Between("timeout", 1, 3600, default=10), about="In seconds"),
        Field(Bool("is_compression_enabled", default=False)),
        Field(Text("ping_command", default="pwd")),
    ),
    validate=_validate,
    generic=Generic(),
)

Create, Edit, Delete, GetList, GetByID, GetByName, ChangePassword = crud.services_of(SFTP, __name__)


class Ping(crud.Ping):
    """Logs in to the server of an SFTP connection and asks whether it is there."""

    name = "zato.outgoing.sftp.ping"
    object_type = SFTP


class Execute(Service):
    """Runs commands on the server of an SFTP connection, one a line, as they are typed into ``sftp``."""

    name = "zato.outgoing.sftp.execute"

    class SimpleIO:
        """``data`` are the commands; ``stderr`` says why one was refused, and then nothing after it was done."""

        input_required = ("data",)
        input_optional = (Int("id"), "name", Int("cluster_id"), AsIs("log_level"), AsIs("raw_data"))
        output_required = (Bool("is_ok"), "stdout", "stderr", Float("response_time"))

    def handle(self) -> None:
        """``response_time`` is in seconds."""
        connection: SFTPConnection = connection_of(self.server, SFTP, self.request.input)
        started = perf_counter()
        found = connection.execute(self.request.input.data)
        self.response.payload = {**found._asdict(), "response_time": round(perf_counter() - started, 6)}
