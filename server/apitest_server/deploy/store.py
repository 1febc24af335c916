"""The services of a server: a name and a place to import it from. A module is imported at the first call."""

from collections.abc import Callable, Hashable, Iterable
from difflib import get_close_matches
from importlib import import_module
from threading import Lock
from traceback import extract_tb
from typing import TypeVar, cast

import msgspec

from apitest_server.components import Key
from apitest_server.errors import DeploymentError, NoSuchService, ServiceDisabled
from apitest_server.service.base import Service
from apitest_server.service.compiled import Compiled

Made = TypeVar("Made")


class Deployed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One service.

    Attributes:
        name: unique in a server.
        place: ``module:Class``.
        source: the file that it comes from.
        internal: whether it belongs to the server.
    """

    name: str
    place: str
    source: str = ""
    internal: bool = False


class NameTaken(DeploymentError):
    """Two services have one name; ``service`` is the newcomer."""

    def __init__(self, service: Deployed, other: Deployed) -> None:
        super().__init__(
            f"Two services are called `{service.name}`",
            f"{other.source or other.place} and {service.source or service.place}",
            "Give one of them another name with `name = '…'`",
        )
        self.service = service


class ServiceStore:
    """Knows each service's place, and keeps the classes that were imported.

    Attributes:
        inactive: the names of services that may not be called; replaced, never changed.
    """

    def __init__(self) -> None:
        self.inactive: frozenset[str] = frozenset()
        self._deployed: dict[str, Deployed] = {}
        self._compiled: dict[str, Compiled] = {}
        self._disabled: dict[str, Callable[[], Iterable[str]]] = {}
        self._derived: dict[Hashable, object] = {}
        self._lock = Lock()

    def deploy(self, services: Iterable[Deployed]) -> None:
        """Takes services in, all of them or none.

        Raises:
            NameTaken: a name is taken by another place; both are named.
        """
        self.exchange([], services)

    def exchange(self, gone: Iterable[str], services: Iterable[Deployed], ready: Iterable[Compiled] = ()) -> None:
        """Forgets services and takes others in, all of it at once or nothing.

        Whoever calls one of them gets the one before or the one after; a call that has begun is not touched.

        Args:
            gone: names.
            services: may have names of those that are gone.
            ready: those of the services whose modules are imported already.

        Raises:
            NameTaken: a name is taken by another place; both are named.
        """
        with self._lock:
            left = set(gone)
            taken = {name: service for name, service in self._deployed.items() if name not in left}
            for service in services:
                other = taken.get(service.name)
                if other is not None and other.place != service.place:
                    raise NameTaken(service, other)
                taken[service.name] = service
            compiled = {
                name: found for name, found in self._compiled.items() if taken.get(name) is self._deployed[name]
            }
            compiled.update((found.name, found) for found in ready)
            self._deployed, self._compiled = taken, compiled
            self._derived = {}  # Last: what is still being made of the services before goes to the one before

    def disable(self, module: str, names: Callable[[], Iterable[str]]) -> None:
        """Takes note of the services of an internal module that is switched off, to say so when one is called.

        Args:
            module: its name in [deploy_internal]; services called ``zato.<module>.…`` are taken for its own, too.
            names: gives those of its services when it is asked; one with a dot at its end is what several begin with.
        """
        self._disabled[module] = names
        self._derived = {}

    def derived(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of the services that there are; made once, and anew when there are others.

        Args:
            what: tells it from all else that is made of them.
            make: makes it; called in this thread, twice where two threads ask at once.
        """
        kept = self._derived
        if what not in kept:
            kept[what] = make()
        return cast("Made", kept[what])

    def loaded(self, name: str) -> Compiled | None:
        """A service whose module is imported already, else ``None``."""
        return self._compiled.get(name)

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._deployed)

    def is_users(self, name: str) -> bool:
        """Whether there is a service of this name that is not internal."""
        found = self._deployed.get(name)
        return found is not None and not found.internal

    def about(self, name: str) -> Deployed:
        """A service's place.

        Raises:
            NoSuchService: no service has this name; :class:`ServiceDisabled` if it is known why.
        """
        found = self._deployed.get(name)
        if found is None:
            raise self._unknown(name)
        return found

    def _unknown(self, name: str) -> NoSuchService:
        for module, names in self._disabled.items():
            known = [f"zato.{module.replace('_', '-')}.", *names()]
            if name in known or name.startswith(tuple(one for one in known if one.endswith("."))):
                return ServiceDisabled(name, module)
        near = get_close_matches(name, self._deployed, n=1)
        return NoSuchService(name, near[0] if near else "")

    def get(self, name: str) -> Compiled:
        """A service ready to be called; its module is imported if this is the first call.

        Raises:
            NoSuchService: no service has this name.
            DeploymentError: its place cannot be imported.
        """
        while (found := self._compiled.get(name)) is None:
            service = self.about(name)
            # Importing may take as long as it likes: it is the import system that sees to it that it is done once.
            compiled = Compiled(name, import_class(service.place))
            with self._lock:
                if self._deployed.get(name) is service:  # Else it was replaced meanwhile
                    self._compiled.setdefault(name, compiled)
        return found


def import_class(place: str) -> type[Service]:
    """The class at ``module:Class``.

    Raises:
        DeploymentError: tells apart a malformed place, a module that does not exist, one that fails while it is
            imported, and a class that is missing or not a service.
    """
    module_name, colon, class_name = place.partition(":")
    if not (colon and module_name and class_name):
        raise DeploymentError(f"`{place}` is not of the form module:Class")
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name and (module_name == error.name or module_name.startswith(error.name + ".")):
            raise DeploymentError(f"There is no module `{module_name}`", place) from None
        raise import_failed(module_name, error) from error
    except BaseException as error:  # One that calls sys.exit() cannot be imported, and that is all
        raise import_failed(module_name, error) from error
    found = getattr(module, class_name, None)
    if found is None:
        raise DeploymentError(f"Module `{module_name}` has no `{class_name}`", module.__file__ or place)
    if not (isinstance(found, type) and issubclass(found, Service)):
        raise DeploymentError(f"`{class_name}` is not a Service", module.__file__ or place)
    return found


def import_failed(module_name: str, error: BaseException) -> DeploymentError:
    """What went wrong inside a module, with the file and line that failed."""
    where = module_name
    if isinstance(error, SyntaxError):
        where = f"{error.filename}:{error.lineno}"
    else:
        frames = [frame for frame in extract_tb(error.__traceback__) if not frame.filename.startswith("<frozen")]
        if frames:
            where = f"{frames[-1].filename}:{frames[-1].lineno}"
    return DeploymentError(f"Module `{module_name}` cannot be imported: {type(error).__name__}: {error}", where)


STORE: Key[ServiceStore] = Key("store")
