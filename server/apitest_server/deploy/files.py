"""The files that services come from: uploaded, read and deleted."""

from pathlib import Path

from apitest_server.components import Key
from apitest_server.deploy.hot_deploy import FileStatus, HotDeployment
from apitest_server.deploy.store import Deployed
from apitest_server.deploy.user_file import parse
from apitest_server.errors import BadRequest, DeploymentError, NotFound


class ServiceFiles:
    """What administrators do with files of services."""

    def __init__(self, deployment: HotDeployment) -> None:
        self._deployment = deployment

    def upload(self, name: str, content: bytes) -> list[str]:
        """Deploys a file; returns the names of its services, which can be called from now on.

        Raises:
            BadRequest: it was refused and nothing has changed; says why, with file and line.
        """
        try:
            return self._deployment.deploy(name, content)
        except DeploymentError as error:
            where = f" ({error.where})" if error.where else ""
            raise BadRequest(f"{error.problem}{where}") from None

    def source(self, service: Deployed) -> bytes:
        """The source that a service runs from.

        Raises:
            NotFound: it is not there any more.
        """
        content = self._deployment.source(service.name)
        if content is not None:
            return content
        try:
            return Path(service.source).read_bytes()
        except OSError as error:
            raise NotFound(f"The source of `{service.name}` cannot be read: {error.strerror or error}") from None

    def status(self, service: Deployed) -> FileStatus | None:
        """How the file of a user service is doing; ``None`` for an internal one."""
        return next((status for status in self._deployment.status() if service.name in status.services), None)

    def remove(self, service: Deployed) -> None:
        """Deletes a user service together with its file.

        Raises:
            BadRequest: it is internal, shares its file with others, or other files need it.
        """
        status = self.status(service)
        if service.internal or status is None:
            raise BadRequest(f"Service `{service.name}` is internal and cannot be deleted")
        others = [name for name in status.services if name != service.name]
        if others:
            raise BadRequest(f"Service `{service.name}` shares its file with others: {', '.join(others)}")
        needing = [path.name for path in self._others(status.file) if status.file.stem in _neighbours(path)]
        if needing:
            raise BadRequest(f"Service `{service.name}` cannot be deleted, its file is needed by: {', '.join(needing)}")
        status.file.unlink(missing_ok=True)
        for _ in range(2):  # A change of the directory counts once it was seen twice
            self._deployment.scan()

    def _others(self, file: Path) -> list[Path]:
        return [status.file for status in self._deployment.status() if status.file != file and status.file.exists()]


def _neighbours(path: Path) -> frozenset[str]:
    try:
        return parse(path, path.read_bytes()).neighbours
    except DeploymentError:
        return frozenset()  # It is broken, so it needs to be put right anyway


FILES: Key[ServiceFiles] = Key("files")
