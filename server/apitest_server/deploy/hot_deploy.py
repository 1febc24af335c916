"""Hot deployment: user services come, change and go while the server runs.

Each change makes a new package of user files (see :mod:`modules`), is tried by importing what it touches, and takes
effect in the store at once, or is refused as a whole and the version before it stays deployed.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, RLock, Thread
from time import monotonic, perf_counter, time

from apitest_server.components import Key
from apitest_server.deploy.modules import UserPackage
from apitest_server.deploy.pickup import Content, Pickup
from apitest_server.deploy.store import Deployed, NameTaken, ServiceStore
from apitest_server.deploy.trial import Refused, dependants, in_order, tried
from apitest_server.deploy.user_file import UserFile, parse
from apitest_server.errors import DeploymentError

logger = logging.getLogger("apitest.deployment")
INTERVAL = 0.25  # seconds between two looks at the directory
_NAME = re.compile(r"[^\W\d][\w-]*\.py", re.ASCII)


@dataclass(frozen=True, slots=True)
class FileStatus:
    """How a file of the pick-up directory is doing.

    Attributes:
        file: the file.
        services: the names of the services that it gives, sorted; of the version that serves.
        error: why its newest version was refused; empty if that is the one that serves.
        since: when that was, in seconds since 1970.
    """

    file: Path
    services: tuple[str, ...]
    error: str
    since: float


class HotDeployment:
    """The user services of a directory.

    Attributes:
        anew: is told the names of services that somebody has deployed while the server runs, whatever they were before.

    Args:
        directory: the pick-up directory.
        store: takes the services.
        keep: for how many seconds a call may take; what was replaced longer ago is forgotten.
        seconds: how long a file may take to be imported.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        directory: Path,
        store: ServiceStore,
        keep: float = 60.0,
        seconds: float = 10.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.directory = directory
        self.anew: Callable[[list[str]], object] = list
        self._store = store
        self._keep = keep
        self._seconds = seconds
        self._clock = clock
        self._pickup = Pickup(directory)
        self._package = UserPackage({})
        self._services: dict[str, list[Deployed]] = {}
        self._verdicts: dict[str, tuple[str, float]] = {}  # Why a file was refused, or nothing, and when
        self._refused: dict[str, UserFile] = {}
        self._retired: list[tuple[float, UserPackage]] = []
        self._lock = RLock()
        self._end = Event()
        self._thread: Thread | None = None

    def deploy_all(self) -> int:
        """Deploys what is in the directory, importing nothing that need not be; returns how many services.

        What cannot be deployed is told by the log and by ``status``.

        Raises:
            OSError: the directory cannot be read.
        """
        with self._lock:
            self._package.install()
            self._take(self._pickup.all(), at_start=True)
            return sum(map(len, self._services.values()))

    def scan(self) -> None:
        """Looks at the directory once and deploys what changed and came to rest."""
        with self._lock:
            changes = self._pickup.changes()
            if changes:
                self._take(changes)
            self._forget()
            serving = self._serving(Path(name).stem for name in changes)
        if serving:
            self.anew(serving)

    def deploy(self, name: str, source: str | bytes) -> list[str]:
        """Deploys a file and writes it to the pick-up directory; returns the names of its services.

        It serves when this returns. A file without services is deployed as well: others may import it.

        Args:
            name: of the file, ``my_service.py``.
            source: what is in it.

        Raises:
            DeploymentError: it was refused, nothing has changed; or the directory cannot be written.
        """
        if not _NAME.fullmatch(name):
            raise DeploymentError(
                f"`{name}` is not a valid name for a file of services; choose one such as my_service.py"
            )
        content = source.encode("utf-8") if isinstance(source, str) else source
        with self._lock:
            file = parse(self.directory / name, content)
            part = self._part(name, content)
            try:
                self._exchange({file.stem: file})
                part.replace(file.path)
            except Refused as refused:
                raise refused.error from None
            finally:
                part.unlink(missing_ok=True)
            self._pickup.wrote(name)
            self._deployed(file.stem)
            serving = self._names(file.stem)
        self.anew(serving)
        return serving

    def status(self) -> list[FileStatus]:
        """All files that serve or were refused, sorted by name."""
        with self._lock:
            return [
                FileStatus(self.directory / f"{stem}.py", tuple(self._names(stem)), *self._verdicts[stem])
                for stem in sorted(self._verdicts)
            ]

    def source(self, service: str) -> bytes | None:
        """The source of the version of a user service that serves; ``None`` where it is none."""
        with self._lock:
            for stem, services in self._services.items():
                if any(found.name == service for found in services):
                    return self._package.files[stem].content
        return None

    def start(self) -> None:
        """Looks at the directory from now on, in a thread, every quarter of a second."""
        self._thread = Thread(target=self._watch, name="hot-deployment", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops looking, and forgets all modules of user services."""
        self._end.set()
        if self._thread is not None:
            self._thread.join(10)
        for _, package in self._retired:
            package.uninstall()
        self._package.uninstall()

    def _watch(self) -> None:
        while not self._end.wait(INTERVAL):
            try:
                self.scan()
            except Exception:
                logger.exception("Hot deployment failed; it continues")

    def _take(self, contents: Mapping[str, Content], at_start: bool = False) -> None:
        """Deploys what can be, refuses the rest; what was refused before is tried again: it may need what came now."""
        changes: dict[str, UserFile | None] = dict(self._refused)
        for name, content in contents.items():
            try:
                if isinstance(content, DeploymentError):
                    raise content
                changes[Path(name).stem] = None if content is None else parse(self.directory / name, content)
            except DeploymentError as error:
                changes.pop(Path(name).stem, None)
                self._refuse(Path(name).stem, error)
        while changes := {stem: file for stem, file in changes.items() if self._is_new(stem, file)}:
            started = perf_counter()
            try:
                self._exchange(changes, at_start)
            except Refused as refused:
                for stem in refused.stems:
                    file = changes.pop(stem)
                    self._refuse(stem, refused.error, file if refused.may_pass else None)
                continue
            for stem in changes:
                self._deployed(stem, perf_counter() - started, logging.DEBUG if at_start else logging.INFO)
            return

    def _is_new(self, stem: str, file: UserFile | None) -> bool:
        """Whether it is not what serves already; a file that was put back as it was is in order again."""
        serves = self._package.files.get(stem)
        same = serves is not None and file is not None and serves.content == file.content
        if same and self._verdicts[stem][0]:
            self._deployed(stem)
        return not same

    def _exchange(self, changes: Mapping[str, UserFile | None], at_start: bool = False) -> None:
        """All of the changes take effect, or none.

        Raises:
            Refused: one of them cannot.
        """
        files = {stem: file for stem, file in {**self._package.files, **changes}.items() if file is not None}
        changed = {stem for stem, file in changes.items() if file is not None}
        fresh = changed | dependants(changed, files)
        owners = {stem: self._package.module_name(stem) for stem in files if stem not in fresh}
        package = UserPackage(files, owners)
        package.install()
        try:
            needed = set() if at_start else changed | {stem for stem in fresh if self._package.is_loaded(stem)}
            found = {
                stem: tried(package, stem, changed, stem in needed, self._seconds) for stem in in_order(fresh, files)
            }
            gone = fresh | (changes.keys() - changed)
            names = [service.name for stem in gone for service in self._services.get(stem, [])]
            services = sorted((service for stem in found for service in found[stem][0]), key=self._is_newcomer)
            self._store.exchange(names, services, [compiled for stem in found for compiled in found[stem][1]])
        except NameTaken as error:
            package.uninstall()
            raise Refused({Path(error.service.source).stem} & changed or changed, error) from None
        except BaseException:
            package.uninstall()
            raise
        self._retired.append((self._clock(), self._package))
        self._package = package
        self._services = {stem: services for stem, services in self._services.items() if stem not in gone}
        self._services.update((stem, services) for stem, (services, _) in found.items())

    def _is_newcomer(self, service: Deployed) -> bool:
        """Whether its file did not have a service of this name before: who had the name keeps it."""
        return service.name not in self._names(Path(service.source).stem)

    def _forget(self) -> None:
        """Lets old packages go: those that no call can be in any more, and that lend nothing."""
        if not self._retired:
            return
        lending = {self._package.module_name(stem).rpartition(".")[0] for stem in self._package.files}
        then = self._clock() - self._keep
        stay = []
        for since, package in self._retired:
            if since > then or package.name in lending:
                stay.append((since, package))
            else:
                package.uninstall()
        self._retired = stay

    def _serving(self, stems: Iterable[str]) -> list[str]:
        """The services of those files whose newest version serves."""
        return [name for stem in stems if not self._verdicts.get(stem, ("", 0.0))[0] for name in self._names(stem)]

    def _names(self, stem: str) -> list[str]:
        return sorted(service.name for service in self._services.get(stem, []))

    def _deployed(self, stem: str, took: float = 0.0, level: int = logging.INFO) -> None:
        self._refused.pop(stem, None)
        if stem in self._package.files:
            self._verdicts[stem] = ("", time())
            logger.log(level, "Deployed %s.py in %.3f s: %s", stem, took, ", ".join(self._names(stem)) or "no services")
        else:
            self._verdicts.pop(stem, None)
            logger.log(level, "%s.py is gone, with its services", stem)

    def _refuse(self, stem: str, error: DeploymentError, file: UserFile | None = None) -> None:
        self._refused.pop(stem, None)
        if file is not None:
            self._refused[stem] = file
        if self._verdicts.get(stem, ("", 0.0))[0] != str(error):
            self._verdicts[stem] = (str(error), time())
            goes_on = "; the version before it stays deployed" if stem in self._package.files else ""
            logger.error("Refused %s.py%s: %s", stem, goes_on, error)

    def _part(self, name: str, content: bytes) -> Path:
        """The file under another name, that nobody picks up."""
        try:
            with NamedTemporaryFile(dir=self.directory, prefix=f".{name}.", delete=False) as part:
                part.write(content)
            path = Path(part.name)
            path.chmod(0o644)
        except OSError as error:
            raise DeploymentError(f"{self.directory} cannot be written: {error.strerror or error}") from None
        return path


DEPLOYMENT: Key[HotDeployment] = Key("deployment")
