"""The state of a feature, ``ctx.zato``, with the attributes and the freedom that existing projects are used to."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from apitest import project as projects
from apitest.clients.http import auth as http_auth
from apitest.clients.http.client import HTTPAnswer
from apitest.clients.response import Answer
from apitest.compat import running
from apitest.compat.bunches import Bunch, bunchify
from apitest.context import FeatureContext, RunState, SignIn
from apitest.request import Request, Response

__all__ = ["Bunch", "OldAnswer", "OldContext", "OldRequest", "context", "new_context"]

_FLAGS = {"is_json": "JSON", "is_xml": "XML", "is_raw": "RAW", "is_form": "FORM"}


class OldRequest(Request):
    """A request whose format can be asked for, and set, as ``is_json``, ``is_xml``, ``is_raw`` and ``is_form``."""

    def __getattr__(self, name: str) -> object:
        if name in _FLAGS:
            return self.format == _FLAGS[name]
        raise AttributeError(f"The request has no {name}")

    def __getitem__(self, name: str) -> object:
        return getattr(self, name) if name in _FLAGS else super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or (name in _FLAGS and "format" in self.__dict__)

    def __setattr__(self, name: str, value: object) -> None:
        if name in _FLAGS:
            if value:
                self.format = _FLAGS[name]
            return
        super().__setattr__(name, value)
        if name == "data_impl" and self.format == "RAW":
            self.data = value

    def get(self, name: str, default: object = None) -> object:
        """The field, or ``default`` if it was never set."""
        if name in _FLAGS:
            return getattr(self, name) if name in self else default
        return super().get(name, default)


class OldAnswer(HTTPAnswer):
    """A response that a project's own Python put together."""

    def __init__(self, fields: Mapping[str, object], response_format: str) -> None:
        Answer.__init__(self, None, b"", response_format)
        del self.__dict__["data"], self.__dict__["body"]  # set below or by later statements of that Python
        self.update(fields)

    def __getattr__(self, name: str) -> object:
        if name != "body":
            return super().__getattr__(name)
        if "data_text" in self.__dict__:
            return str(self.data_text).encode()
        content = getattr(self.get("data"), "content", None)
        return content if isinstance(content, bytes) else b""

    def described(self) -> str:
        """What it is."""
        return "the response that a step of the project set"


class OldContext(FeatureContext):
    """The state of a feature that a project's environment.py asked for.

    Attributes:
        auth: how requests authenticate, like ``{"type": "basic", "username": …, "password": …}``, or empty.
        cassandra_ctx: settings of the next Cassandra connection, as keyword arguments.
    """

    auth: dict[str, Any]
    cassandra_ctx: dict[str, object]

    def __init__(self, run: RunState, features: Path, user_config: Mapping[str, Any] | None = None) -> None:
        super().__init__(run, features)
        self.user_config = bunchify(_user_config(run, features) if user_config is None else user_config)
        self.reset()
        if run.feature is not None:  # what is open belongs to the feature, whoever asks for a new context in it
            self.clients, self.scenario = run.feature.clients, run.feature.scenario

    def reset(self) -> None:
        """Forgets everything but the open clients."""
        super().reset()
        self.cassandra_ctx = {}

    @property
    def sign_in(self) -> SignIn | None:
        """How requests authenticate, as ``auth`` has it."""
        known: SignIn | None = self.__dict__.get("_sign_in")
        if http_auth.as_fields(known) != self.auth:
            known = self.__dict__["_sign_in"] = http_auth.from_fields(self.auth)
        return known

    @sign_in.setter
    def sign_in(self, value: SignIn | None) -> None:
        self.__dict__["_sign_in"] = value
        self.auth = http_auth.as_fields(value)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "request" and isinstance(value, Mapping) and not isinstance(value, OldRequest):
            request = OldRequest()
            request.update(value)
            value = request
        elif name == "response" and isinstance(value, Mapping) and not isinstance(value, Response):
            value = OldAnswer(value, self.request.response_format)
        super().__setattr__(name, value)


def new_context(old_ctx: Any, environment_dir: str, user_config: Mapping[str, Any] | None = None) -> FeatureContext:
    """A fresh state for a feature of the run under way, ``context.zato``.

    Args:
        old_ctx: behave's context, whose project directory is kept; or None.
        environment_dir: the features directory, without an ``old_ctx``.
        user_config: what ``@name`` refers to, instead of the [user] section of config.ini.
    """
    directory = Path(old_ctx.zato.environment_dir if old_ctx else environment_dir)
    run = running.states[-1] if running.states else RunState(projects.find(directory))
    made = OldContext(run, directory, user_config)
    context.become(made)
    return made


def _user_config(run: RunState, features: Path) -> Mapping[str, Any]:
    """The [user] section of a features directory, which is nearly always that of the project that runs."""
    if features.resolve() == run.project.features:
        return run.project.user
    return projects.find(features).user


class _Latest:
    """Stands for the context that was made last."""

    def become(self, made: OldContext) -> None:
        """Stands for this one from now on."""
        self.__dict__["_made"] = made

    def __getattr__(self, name: str) -> object:
        try:
            made = self.__dict__["_made"]
        except KeyError:
            raise AttributeError(f"new_context was not called yet, so the context has no {name}") from None
        return getattr(made, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["_made"], name, value)

    def __getitem__(self, name: str) -> object:
        return self.__dict__["_made"][name]

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__.get("_made", ())


context = _Latest()
