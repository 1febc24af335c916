"""What one feature carries from step to step: variables, the pending request, the last answer, open clients.

Steps reach it as ``ctx.zato``, the name that existing projects know. A record's fields can be read and
written as attributes and as items; a field that was never set is absent (``"data_impl" in request`` is false).
"""

import os
import random
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from apitest.events import Event, Exchange, Listener
from apitest.language import values
from apitest.project import Project
from apitest.redaction import redact

Client = TypeVar("Client")

DEFAULT_DATE_FORMAT = "YYYY-MM-DDTHH:mm:ss"


class Record(MutableMapping[str, Any]):
    """An object whose attributes are items, too; class attributes are defaults that do not count as set."""

    def __init__(self, **fields: Any) -> None:
        self.__dict__.update(fields)

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)

    def __delitem__(self, name: str) -> None:
        del self.__dict__[name]

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def get(self, name: str, default: Any = None) -> Any:
        """The field, or ``default`` if it was never set."""
        return self.__dict__.get(name, default)


class Request(Record):
    """The request that the sentences build up.

    Attributes:
        method, address, url_path, query_string: parts of the request line, as written.
        format: "JSON", "XML", "RAW" or "FORM", of the request; response_format that of the response.
        headers: by name, as written.
        data: the body as it was given or sent.
        data_impl: the document made of it (a JSON value, an XML element, text).
        form: fields of a form, a list where a name came twice; files: name to path.
        ns_map: declared XML namespace prefixes.
    """

    method: str = "GET"
    address: str = ""
    url_path: str = ""
    query_string: str = ""
    format: str = "JSON"
    headers: dict[str, str]
    data: Any
    data_impl: Any
    form: dict[str, Any]
    files: dict[str, Any]
    ns_map: dict[str, str]

    def __init__(self) -> None:
        super().__init__(headers={}, ns_map={})

    @property
    def response_format(self) -> str:
        """What the response is read as: as said, else the request's format."""
        return str(self.__dict__.get("response_format", self.format))

    @response_format.setter
    def response_format(self, value: str) -> None:
        self.__dict__["response_format"] = value


class Response(Record):
    """The last answer.

    Attributes:
        data: the client's own object (requests.Response for HTTP).
        data_text: the body as text; data_impl: the document in it.
    """

    data: Any
    data_text: str
    data_impl: Any


class Clients:
    """Open clients by kind and name, made on first use and closed together."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Any] = {}

    def get(self, kind: str, name: str, make: Callable[[], Client]) -> Client:
        """The open client of that kind and name, made if there is none."""
        client: Client | None = self._open.get((kind, name))
        if client is None:
            client = self._open[kind, name] = make()
        return client

    def find(self, kind: str, name: str) -> Any | None:
        """The open client of that kind and name, if there is one."""
        return self._open.get((kind, name))

    def names(self, kind: str) -> list[str]:
        """The names of the open clients of a kind."""
        return [name for known, name in self._open if known == kind]

    def put(self, kind: str, name: str, client: Any) -> None:
        """Takes a client in; one of the same kind and name is closed first."""
        self.drop(kind, name)
        self._open[kind, name] = client

    def drop(self, kind: str, name: str) -> bool:
        """Closes one client; false if there was none."""
        client = self._open.pop((kind, name), None)
        if client is not None:
            client.close()
        return client is not None

    def close(self) -> None:
        """Closes all, the newest first; each is closed even if one before it fails to.

        Raises:
            Exception: the first failure, once all others are closed; further ones are its notes.
        """
        first: Exception | None = None
        while self._open:
            (kind, name), client = self._open.popitem()
            try:
                client.close()
            except Exception as error:
                error.add_note(f"while closing {kind} {name}".rstrip())
                if first is None:
                    first = error
                else:
                    first.add_note(f"{kind} {name} could not be closed either: {error}")
        if first is not None:
            raise first


class RunState:
    """What all features of one run share.

    Attributes:
        project: the project that runs.
        clients: clients kept for the whole run, such as the HTTP connection pool.
        secrets: values that no output may show.
        random: the source of random values; seeded, a run can be repeated.
        environ: the environment variables that ``$NAME`` refers to.
        verbose: whether every exchange is to be shown.
        feature: the state of the feature that runs.
        vault: reads ``vault:path#key``; None where nothing says where a Vault is.
    """

    feature: "FeatureContext | None" = None
    vault: Callable[[str], Any] | None = None

    def __init__(
        self,
        project: Project,
        *,
        seed: int | None = None,
        verbose: bool = False,
        emit: Listener | None = None,
    ) -> None:
        self.project = project
        self.clients = Clients()
        self.secrets: set[str] = set()
        self.random = random.Random(seed)  # noqa: S311 - test data, not secrets
        self.environ: Mapping[str, str] = os.environ
        self.verbose = verbose
        self._listener: Listener = emit or (lambda event: None)

    def emit(self, event: Event) -> None:
        """Tells the listeners of an event, without the secrets of the run."""
        self._listener(redact(event, self.secrets))


class FeatureContext(Record):
    """The state of one feature, ``ctx.zato`` in steps.

    Attributes:
        user_ctx: the stored variables, ``#name``.
        user_config: the [user] stanza of config.ini, ``@name``.
        date_formats: label to Arrow format.
        environment_dir: the directory of the request and response files.
        auth: how requests authenticate, like ``{"type": "basic", "username": …, "password": …}``, or empty.
        cassandra: settings of the next Cassandra connection, by the names of CassandraSettings' fields.
        exchange: makes the last request and its answer into what reports show; None before the first.
        clients: clients that live as long as the feature; scenario: those that live as long as a scenario.
    """

    user_ctx: dict[str, Any]
    user_config: Mapping[str, Any]
    date_formats: dict[str, str]
    environment_dir: str
    auth: dict[str, Any]
    request: Request
    response: Response
    exchange: Callable[[], Exchange] | None = None
    cassandra: Record

    def __init__(self, run: RunState, features: Path | None = None) -> None:
        self.run = run
        self.clients = Clients()
        self.scenario = Clients()
        self.environment_dir = str(features or run.project.features)
        self.user_config = run.project.user
        self.reset()

    def reset(self) -> None:
        """Forgets the variables, the request, the response and the authentication; open clients stay."""
        self.user_ctx = {}
        self.date_formats = {"default": DEFAULT_DATE_FORMAT}
        self.auth = {}
        self.request = Request()
        self.response = Response()
        self.exchange = None
        self.oauth2 = Record()
        self.cassandra = Record()
        self.sources = values.Sources(
            env=self.run.environ,
            variables=self.user_ctx,
            config=self.user_config,
            config_path=str(self.run.project.config_path),
            vault=self.run.vault,
        )

    def resolve(self, text: str) -> Any:
        """A parameter's value: what ``$NAME``, ``#name``, ``@name`` and ``vault:path`` in it stand for."""
        return values.resolve(text, self.sources)

    def interpolate(self, text: str) -> str:
        """A longer text, such as a doc string, with its ``${NAME}``, ``#{name}`` and ``@{name}`` replaced."""
        return values.interpolate(text, self.sources)

    def date_format(self, label: str) -> str:
        """The Arrow format that a label stands for; a label that was never declared is a format itself."""
        return self.date_formats.get(label, label)

    def rows(self, table: Any) -> list[dict[str, Any]]:
        """The rows of a step's table by heading, each cell resolved like a parameter; none for no table."""
        if table is None:
            return []
        return [dict(zip(table.headings, map(self.resolve, row.cells), strict=True)) for row in table.rows]

    def start_scenario(self) -> None:
        """A scenario begins: what lives as long as a scenario (cookies, a transaction) starts afresh."""
        self.scenario.close()

    def last_exchange(self) -> Exchange | None:
        """The last request and its answer, for a report."""
        return self.exchange() if self.exchange else None

    def close(self) -> None:
        """Closes the clients of the last scenario and of the feature."""
        try:
            self.scenario.close()
        finally:
            self.clients.close()


class StepContext(Protocol):
    """What a step's function is given: behave's context, as far as the built-in steps use it.

    Attributes:
        zato: the state of the feature.
        text: the step's doc string, or None.
        table: the step's data table (headings, rows with cells), or None.
    """

    zato: FeatureContext
    text: str | None
    table: Any
