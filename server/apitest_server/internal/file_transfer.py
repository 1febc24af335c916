"""File transfer channels: files of directories that are handed over to services and topics."""

import codecs

from apitest_server.deploy.store import STORE
from apitest_server.errors import InputError
from apitest_server.internal import crud
from apitest_server.internal.crud import (
    RECEIVED_FIELDS,
    Between,
    Field,
    Generic,
    Lines,
    ObjectType,
    OneOf,
    Reference,
    Seconds,
    find,
)
from apitest_server.odb.live import LIVE
from apitest_server.service.attrs import Attrs
from apitest_server.service.base import Server, Service
from apitest_server.service.elements import Bool, DateTime, Int, Text
from apitest_server.transfer.document import PARSERS
from apitest_server.transfer.names import listed
from apitest_server.transfer.objects import SOURCES, TRANSFERS

_LARGEST = 1 << 30


def _validate(server: Server, fields: Attrs, number: int) -> None:
    if not listed(fields.pickup_from_list):
        raise InputError("pickup_from_list", "must name a directory")
    services, topics = listed(fields.service_list), listed(fields.topic_list)
    if not services and not topics:
        raise InputError("service_list", "must name a service, or `topic_list` a topic")
    known = {item.name for item in server.components[LIVE].of_kind("pubsub.topic")}
    for field, names, there, what in (
        ("service_list", services, server.components[STORE].names(), "a deployed service"),
        ("topic_list", topics, known, "a topic"),
    ):
        for name in names:
            if name not in there:
                raise InputError(field, f"has a line which is not the name of {what}: `{name}`")
    if not fields.move_processed_to and not fields.should_delete_after_pickup:
        problem = "must name a directory, unless `should_delete_after_pickup`: a file that stays would be taken again"
        raise InputError("move_processed_to", problem)
    for kind in SOURCES[1:]:
        if fields.source_type == kind and not fields[f"{kind}_source_id"]:
            raise InputError(f"{kind}_source_id", f"must be the ID of an outgoing {kind.upper()} connection")
    try:
        codecs.lookup(fields.data_encoding)
    except LookupError:
        raise InputError("data_encoding", f"is not an encoding: `{fields.data_encoding}`") from None


FILE_TRANSFER = ObjectType(
    name="channel.file-transfer",
    title="File transfer channel",
    fields=(
        Field(Bool("is_active", default=True)),
        Field(OneOf("source_type", *SOURCES), about="Where the directories are"),
        Field(Reference("ftp_source_id"), refers_to=("outgoing.ftp",), about="An FTP connection"),
        Field(Reference("sftp_source_id"), refers_to=("outgoing.sftp",), about="An SFTP connection"),
        Field(Lines("pickup_from_list"), required=True, searched=True, about="Directories, one a line"),
        Field(Text("file_patterns", default="*"), about="Such as *.csv, *.json"),
        Field(Bool("is_case_sensitive", default=True), about="Whether case counts in file patterns"),
        Field(Seconds("interval", 86400, default=5, shortest=0.1), about="Seconds between two looks"),
        Field(Lines("service_list", default=""), searched=True, about="Services, one a line, called in this order"),
        Field(Lines("topic_list", default=""), searched=True, about="Topics, one a line, after the services"),
        Field(Bool("should_read_on_pickup", default=True), about="Whether services get the content, or the path only"),
        Field(Between("max_file_size", 1, _LARGEST, default=100 << 20), about="In bytes; a larger file is not read"),
        Field(Text("data_encoding", default="utf-8")),
        Field(Bool("should_parse_on_pickup", default=True)),
        Field(OneOf("parse_with", *PARSERS), about="What makes data of the content"),
        Field(Bool("should_delete_after_pickup", default=True), about="Whether a file is deleted that is not moved"),
        Field(Text("move_processed_to", default=""), about="A directory; empty: it is deleted"),
        Field(Text("move_failed_to", default=""), about="A directory; empty: it stays, and is tried again"),
        *RECEIVED_FIELDS,
    ),
    validate=_validate,
    generic=Generic(),
)


Create, Edit, Delete, GetList, GetByID, GetByName = crud.services_of(FILE_TRANSFER, __name__)


class Ping(Service):
    """Looks into the directories of a channel, and takes nothing."""

    name = "zato.channel.file-transfer.ping"

    class SimpleIO:
        """By ID."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Bool("is_success"), "info")

    def handle(self) -> None:
        """Says how many files wait there; 404, 502 or 503 where a directory cannot be used."""
        number = find(self.server, FILE_TRANSFER, self.request.input.id).id
        channel = self.server.components[TRANSFERS].of(number)
        directories = channel.terms.directories
        count = sum(len(channel.taker.look(directory)) for directory in directories)
        self.response.payload = {"is_success": True, "info": f"{len(directories)} directories with {count} files"}


class GetStatus(Service):
    """What has become of a channel's files since this server started, or the channel was changed."""

    name = "zato.channel.file-transfer.get-status"

    class SimpleIO:
        """``failed`` counts failures: a file may fail more than once; ``problem`` is the last one, while it lasts."""

        input_required = (Int("id"),)
        input_optional = (Int("cluster_id"),)
        output_required = (Int("id"), "name", Bool("is_active"), Int("taken"), Int("failed"), "problem")
        output_optional = (DateTime("last_look"),)

    def handle(self) -> None:
        """Of this server; others of the ODB count on their own."""
        item = find(self.server, FILE_TRANSFER, self.request.input.id)
        channel = self.server.components[TRANSFERS].channels.get(item.id)
        known = {"id": item.id, "name": item.name, "is_active": channel is not None}
        figures = vars(channel.figures) if channel else {"taken": 0, "failed": 0, "problem": "", "last_look": None}
        self.response.payload = {**known, **figures}
