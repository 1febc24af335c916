"""Templates and the files that pages refer to, read once; each file has a fingerprint, so that browsers may keep it."""

from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from apitest_server.admin.answers import PREFIX, Answer

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class Files:
    """Style, scripts and pictures."""

    def __init__(self, directory: Path = _HERE / "static") -> None:
        self._directory = directory

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self._directory.iterdir() if path.suffix in _KINDS}

    @cached_property
    def fingerprint(self) -> str:
        """Of all of them together: modules of JavaScript import each other, relative to their own addresses."""
        digest = sha256()
        for name, content in sorted(self._contents.items()):
            digest.update(name.encode("utf-8") + b"\0" + content)
        return digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a browser gets a file."""
        return f"{PREFIX}static/{self.fingerprint}/{name}"

    def answer(self, fingerprint: str, name: str) -> Answer | None:
        """A file; ``None`` where there is none. One of an earlier version is answered with the present one."""
        content = self._contents.get(name)
        if content is None:
            return None
        is_present = fingerprint == self.fingerprint
        kind = _KINDS[Path(name).suffix]
        return Answer(content, kind, cache="public, max-age=31536000, immutable" if is_present else "no-store")


class Templates:
    """Pages made of templates; whatever is put into one stays text."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @cached_property
    def _environment(self) -> "Environment":
        from shlex import quote

        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        from apitest_server.admin.words import label, lowered, plain, pretty, prose, shown

        made = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.update(file=self._files.address, prefix=PREFIX)
        made.filters.update(
            label=label, lowered=lowered, shown=shown, plain=plain, pretty=pretty, prose=prose, shell=quote
        )
        return made

    def page(self, name: str, values: Mapping[str, object]) -> bytes:
        """A template, filled in."""
        return self._environment.get_template(name).render(values).encode("utf-8", "replace")


# The same for all servers of a process: a template is compiled when a page of it is asked for first.
FILES = Files()
TEMPLATES = Templates(FILES)
