"""The internal services of a server: deployed from the start-up cache, or from their modules."""

import ast
import logging
import sys
from collections.abc import Iterable
from functools import partial
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from apitest_server.components import Key
from apitest_server.config import Config, internal_modules
from apitest_server.deploy.discovery import declared_names, services_of_module
from apitest_server.deploy.startup_cache import Stale, StartupCache
from apitest_server.deploy.store import Deployed, ServiceStore, import_failed
from apitest_server.errors import DeploymentError
from apitest_server.odb.key import SecretKey

logger = logging.getLogger("apitest.server")
PACKAGE = "apitest_server.internal"
CACHE = Path(".cache") / "internal-services"
_OURS = Path(__file__).parents[1]


class InternalServices:
    """The modules of a package, each deployed unless ``[deploy_internal]`` says otherwise.

    Attributes:
        package: the package's dotted name.
        directory: where it is.
        disabled: the modules that are switched off, sorted; their modules of Python are never imported.
        seconds: that it took to deploy them.
        how: whether that was done from the cache.
    """

    def __init__(self, config: Config, package: str = PACKAGE) -> None:
        """Finds the package.

        Raises:
            DeploymentError: there is no such package.
        """
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise DeploymentError(f"There is no package `{package}` of internal services")
        self.package = package
        self.directory = Path(spec.submodule_search_locations[0])
        self.disabled = sorted(name for name, wanted in config.deploy_internal.items() if not wanted)
        roots = (_OURS,) if self.directory.is_relative_to(_OURS) else (_OURS, self.directory)
        self.cache = StartupCache(config.directory / CACHE, package, roots, self.disabled, SecretKey(config.directory))
        self.seconds, self.how = 0.0, ""

    def deploy(self, store: ServiceStore, sync: bool = False) -> None:
        """Deploys them and writes to the log how many there are, how long it took, and whether the cache was used.

        Args:
            store: takes the services.
            sync: rebuild the cache even if it could be used.

        Raises:
            DeploymentError: a module cannot be imported, or a name is taken.
        """
        started = perf_counter()
        services, self.how = self._found(sync)
        store.deploy(services)
        for module in self.disabled:
            store.disable(module, partial(self._declared, module))
        self.seconds = perf_counter() - started
        logger.info("Deployed %d internal services in %.3f s (%s)", len(services), self.seconds, self.how)
        if self.disabled:
            logger.info("Disabled in [deploy_internal]: %s", ", ".join(self.disabled))

    def _found(self, sync: bool) -> tuple[list[Deployed], str]:
        if not sync:
            try:
                return self.cache.load(), "from cache"
            except Stale as reason:
                if str(reason):
                    logger.info("Rebuilding the start-up cache: %s", reason)
        self.cache.watch()
        services = self._from_sources()
        problem = self.cache.save(services, _imported_files())
        return services, "from sources, " + (f"cache not written: {problem}" if problem else "cache written")

    def _from_sources(self) -> list[Deployed]:
        invalidate_caches()
        return [
            service
            for module, names in internal_modules(self.directory).items()
            if module not in self.disabled
            for name in names
            for service in self._imported(module, name)
        ]

    def _imported(self, module: str, name: str) -> Iterable[Deployed]:
        full = f"{self.package}.{name}"
        try:
            imported = import_module(full)
        except Exception as error:
            failed = import_failed(full, error)
            fix = f"Until that is put right, set `{module} = False` in [deploy_internal] of server.conf"
            raise DeploymentError(failed.problem, failed.where, fix) from error
        return services_of_module(imported, internal=True)

    def _declared(self, module: str) -> list[str]:
        """What the classes and kinds of a module say they are called, for the message that they are disabled."""
        found = []
        for name in internal_modules(self.directory).get(module, ()):
            file = self.directory.joinpath(*name.split(".")).with_suffix(".py")
            found += declared_names(ast.parse(file.read_bytes(), str(file)), file.stem)
        return found


def _imported_files() -> set[str]:
    """The source files of everything that this process has imported."""
    return {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}


INTERNAL: Key[InternalServices] = Key("internal services")
