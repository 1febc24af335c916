"""What one feature carries from step to step: variables, the pending request, the last response, open clients.

Steps reach it as ``ctx.zato``, the name that existing projects know. A record's fields can be read and
written as attributes and as items; a field that was never set is absent (``"data_impl" in request`` is false).
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from apitest.draws import Draws
from apitest.events import Event, Exchange, Listener
from apitest.language import values
from apitest.open_clients import Clients
from apitest.project import Project
from apitest.redaction import appearance, is_secret, learning, redact
from apitest.redaction.appearance import is_worth
from apitest.request import Record, Request, Response
from apitest.settings import Adjustable
from apitest.trace import Trace

if TYPE_CHECKING:
    from apitest.language.values import Named, Sources
    from apitest.shared import Stored

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
DEFAULT_DATE_FORMAT = "YYYY-MM-DDTHH:mm:ss"


class SignIn(Protocol):
    """How requests prove who sends them."""

    def apply(self, request: Any) -> None:
        """Puts the credentials into a request that is about to be sent."""


class RunState:
    """What all features of one run share.

    Attributes:
        project: the project that runs.
        clients: clients kept for the whole run, such as the HTTP connection pool.
        secrets: values that no output may show.
        random: the source of random values; each scenario has its own, which the seed repeats.
        environ: the environment variables that ``$NAME`` refers to.
        seed: of the random values; chosen by itself where none was asked for.
        verbose: whether every exchange is shown.
        trace: what the step that runs has done so far.
        feature: the state of the feature that runs.
        vault: reads ``vault:path#key``; None where nothing says where a Vault is.
        once: runs a feature the first time that it is asked to, and tells what that left; None where nothing runs.
    """

    feature: "FeatureContext | None" = None
    vault: Callable[[str], object] | None = None
    once: "Callable[[Path], Stored] | None" = None

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
        self.seed = int.from_bytes(os.urandom(4)) if seed is None else seed
        self.random = Draws(self.seed, project.name_of)
        self.environ: Mapping[str, str] = os.environ
        self.secrets = self._configured_secrets()
        self.verbose = verbose
        self.trace = Trace()
        self._listener: Listener = emit or (lambda event: None)

    def _configured_secrets(self) -> set[str]:
        """The values of [secrets] in config.ini, those under the names of secrets there, and passwords of proxies.

        A value that is not set in the environment hides nothing.
        """
        sources = values.Sources(self.environ, {}, {}, "", None, lenient=True)
        found = {str(values.configured(value, sources)) for value in self.project.secrets if value}
        for section in (self.project.user, self.project.vault):
            named = [values.configured(value, sources) for name, value in section.items() if is_secret(name)]
            found.update(value for value in named if isinstance(value, str) and is_worth(value))
            used = {name[1:] for value in section.values() for name in learning.environment_in(str(value))}
            found.update(filter(appearance.looks_generated, (self.environ.get(name, "") for name in used)))
        return found.union(*(learning.of_text(self.environ.get(name, "")) for name in _PROXIES))

    def emit(self, event: Event) -> None:
        """Tells the listeners of an event, without the secrets of the run."""
        self._listener(redact(event, self.secrets))

    @property
    def shows_exchanges(self) -> bool:
        """Whether anybody wants to know of exchanges, so that they are worth making."""
        return self.verbose or self.trace.wants_exchanges

    def exchanged(self, make: Callable[[], Exchange]) -> None:
        """Tells of an exchange, if anybody wants to know: at once with --verbose, with its step where a report does."""
        if self.shows_exchanges:
            exchange = make()
            if self.verbose:
                self.emit(exchange)
            self.trace.add(exchange)
        self.trace.ended(make)


class FeatureContext(Adjustable, Record):
    """The state of one feature, ``ctx.zato`` in steps.

    Variables last as long as the feature. The request, the sign-in, settings and the response belong to a scenario,
    unless the project carries requests over, as projects of zato-apitest do.

    Attributes:
        user_ctx: the stored variables, ``#name``.
        user_config: the [user] section of config.ini, ``@name``.
        date_formats: label to Arrow format.
        environment_dir: the directory of the request and response files.
        sign_in: how requests authenticate; None for not at all.
        request: the request as described so far; sentences that change it ask `describe` for it.
        response: the last response; empty before the first.
        exchange: makes the last request and its response into what reports show; None before the first.
        transport: sends the request; None for the HTTP client.
        clients: clients that live as long as the feature; scenario: those that live as long as a scenario.
    """

    user_ctx: dict[str, object]
    user_config: Mapping[str, object]
    date_formats: dict[str, str]
    environment_dir: str
    sign_in: SignIn | None
    request: Request
    response: Response
    exchange: Callable[[], Exchange] | None
    transport: "Callable[[FeatureContext], object] | None" = None
    sources: "Sources"
    _sent: Request | None
    _outdated: Response | None
    _again: tuple[Response, Callable[[], Response]] | None  # a response, and what sends its request again

    def __init__(self, run: RunState, features: Path | None = None) -> None:
        self.run = run
        self.clients = Clients()
        self.scenario = Clients()
        self.environment_dir = str(features or run.project.features)
        self.user_config = run.project.user
        self.reset()

    def reset(self) -> None:
        """Forgets the variables and all that a scenario described; open clients stay."""
        self.user_ctx = {}
        self.sources = values.Sources(
            env=self.run.environ,
            variables=self.user_ctx,
            config=self.user_config,
            config_path=str(self.run.project.config_path),
            vault=self.run.vault,
            lenient=self.run.project.is_old,
        )
        self._forget()

    def _forget(self) -> None:
        self.date_formats = {"default": DEFAULT_DATE_FORMAT}
        self.sign_in = None
        self.transport = None
        self.request = Request()
        self.response = Response()
        self.exchange = None
        self.default_settings()
        self._sent = self._outdated = self._again = None

    # ------------------------------------------------------------------ the life of a request

    def start_scenario(self) -> None:
        """A scenario begins: it knows the variables of the feature and nothing else, unless requests carry over."""
        if not self.run.project.carries_over:
            self._forget()

    def finish_scenario(self) -> None:
        """A scenario is over: what lives as long as it (cookies, a transaction) ends."""
        self.scenario.close()

    def describe(self) -> Request:
        """The request, to change what belongs to it alone; a new one where the last was sent already."""
        if self._sent is self.request:
            self.request = self.request.following()
        self._outdated = self.response
        return self.request

    def adjust(self) -> Request:
        """The request, to change what stays for further ones: its address and formats."""
        self._outdated = self.response
        return self.request

    def new_request(self) -> None:
        """Forgets what belongs to the request alone; address, formats, sign-in and settings stay."""
        self.request = self.request.following()
        self._outdated = self.response

    def sent(self) -> None:
        """The request goes out as it is described now; what was answered before counts no longer."""
        self.response = Response()
        self.exchange = None
        if not self.run.project.carries_over:
            self._sent = self.request

    def answered(self, response: Response, again: Callable[[], Response]) -> None:
        """What a request was answered, and what sends the same request again."""
        self.response = response
        self._again = response, again

    @property
    def can_send_again(self) -> bool:
        """Whether the last response is that of a request which can be sent again."""
        return self._again is not None and self._again[0] is self.response

    def send_again(self) -> None:
        """Sends the last request again; its response is the last one now. Where none comes, the one before stays."""
        assert self._again is not None, "can_send_again says so"
        self.answered(self._again[1](), self._again[1])

    @property
    def is_outdated(self) -> bool:
        """Whether the request was changed since the last response came."""
        return self._outdated is self.response and not self.run.project.carries_over

    @property
    def address(self) -> str:
        """Where requests go to: what the scenario says, else the address in config.ini, else empty."""
        return str(self.request.address).strip() or str(self.resolve(self.run.project.address)).strip()

    def authenticate(self, sign_in: SignIn | None, *secrets: str) -> None:
        """Signs further requests in, or no longer; no output shows the secrets."""
        self.sign_in = sign_in
        self._outdated = self.response
        self.run.secrets.update(secrets)

    # ------------------------------------------------------------------ values

    def resolve(self, text: str) -> object:
        """A parameter's value: what ``$NAME``, ``#name``, ``@name`` and ``vault:path`` in it stand for."""
        return values.resolve(text, self.sources)

    def interpolate(self, text: str) -> str:
        """A longer text, such as a doc string, with its ``${NAME}``, ``#{name}`` and ``@{name}`` replaced."""
        return values.interpolate(text, self.sources)

    def pieces(self, text: str) -> "list[str | Named]":
        """A longer text in its pieces: texts as they stand, and what the names in it stand for."""
        return values.pieces(text, self.sources)

    def date_format(self, label: str) -> str:
        """The Arrow format that a label stands for; a label that was never declared is a format itself."""
        return self.date_formats.get(label, label)

    def rows(self, table: "Table | None") -> list[dict[str, object]]:
        """The rows of a step's table by heading, each cell resolved like a parameter; none for no table."""
        if table is None:
            return []
        return [dict(zip(table.headings, map(self.resolve, row.cells), strict=True)) for row in table.rows]

    def last_exchange(self) -> Exchange | None:
        """The last request and its answer, for a report."""
        return self.exchange() if self.exchange else None

    def close(self) -> None:
        """Closes the clients of the last scenario and of the feature."""
        try:
            self.scenario.close()
        finally:
            self.clients.close()


class TableRow(Protocol):
    """A row of a step's table."""

    cells: Sequence[str]


class Table(Protocol):
    """A step's data table, as behave parses it."""

    headings: Sequence[str]
    rows: Sequence[TableRow]


class StepContext(Protocol):
    """What a step's function is given: behave's context, as far as the built-in steps use it.

    Attributes:
        zato: the state of the feature.
        text: the step's doc string, or None.
        table: the step's data table (headings, rows with cells), or None.
    """

    zato: FeatureContext
    text: str | None
    table: Table | None
