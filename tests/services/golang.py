"""Programs that Go builds once out of a public module, and this machine keeps."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.services import installation, maven
from tests.services.installation import Unavailable

_MINUTES = 15


def built(module: str, version: str, package: str, tags: Sequence[str], more: Mapping[str, str]) -> Path:
    """The program of a module, which is built here when this machine has not got it yet.

    Args:
        module: such as ``github.com/FerretDB/FerretDB``.
        version: such as ``v1.24.2``.
        package: of the program, such as ``./cmd/ferretdb``.
        tags: of the build.
        more: files that the module's own build makes: path -> content.

    Raises:
        Unavailable: there is no Go, or it could not fetch the module or build it.
    """
    name = f"{module.rpartition('/')[2].lower()}-{version}"

    def fetch(directory: Path) -> Path:
        go = str(installation.need("go", ["golang-go"], ["/usr/local/go/bin/go", "/usr/lib/go-*/bin/go"]))
        told = json.loads(_run(directory, name, go, "mod", "download", "-json", f"{module}@{version}"))
        source = directory / "source"
        # Go's own copy may not be written to; a program of another module would not know its version
        shutil.copytree(told["Dir"], source, copy_function=shutil.copyfile)
        for path in (source, *source.rglob("*/")):
            path.chmod(0o755)
        for path, content in more.items():
            (source / path).write_text(content)
        target = str(directory / "program" / name)
        _run(source, name, go, "build", "-buildvcs=false", "-tags", ",".join(tags), "-o", target, package)
        return directory / "program"

    return maven.kept(name, fetch) / name


def _run(directory: Path, name: str, *command: str) -> str:
    try:
        done = subprocess.run(
            command, cwd=directory, check=False, capture_output=True, text=True, timeout=_MINUTES * 60
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"Go did not end within {_MINUTES} minutes: {name}") from None
    if done.returncode:
        raise Unavailable(f"Go cannot make {name}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout
