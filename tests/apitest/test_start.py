"""What a plain run loads: most of the time to its first result is taken by imports."""

import json
import subprocess
import sys
from pathlib import Path

from tests.apitest.web import WebServer

_MODULES = 250
"""How many modules of ours a plain run over HTTP loads at most. May fall; what makes it grow is loaded when needed."""

_FOR_OTHERS = {
    *("ast", "asyncio", "dataclasses", "email", "gettext", "hashlib", "html", "http.client", "inspect", "locale"),
    *("logging.config", "mimetypes", "pickle", "platform", "queue", "shutil", "ssl", "subprocess", "tempfile"),
    *("tomllib", "zipfile", "cassandra", "hvac", "lxml", "requests", "rich", "sqlalchemy", "urllib3", "websocket"),
    *("apitest.parallel.queue", "apitest.report.html", "apitest.report.junit", "apitest.runner.again"),
    *("apitest.runner.divided", "apitest.runner.isolation", "apitest.runner.once", "apitest.runner.workers"),
    *("apitest.clients.cassandra.connection", "apitest.clients.http.library", "apitest.clients.sql.connection"),
    *("apitest.clients.websocket.connection", "apitest.shared"),
}
"""What other runs need; behave and click would load some of it."""

_RUN = """
import json, sys
from apitest.cli import main
try:
    main()
finally:
    print("\\n" + json.dumps(sorted(sys.modules)))
"""


def test_a_plain_run_loads_what_it_needs(web: WebServer, tmp_path: Path) -> None:
    """A request and checks of its JSON need no drivers, reports and workers, nor half of the standard library."""
    steps = (
        f'Given address "{web.address}"',
        'Given REST method "POST"',
        'Given request is "{}"',
        'Given path "/a" in request is "b"',
        "When the URL is invoked",
        'Then status is "200"',
        'And path "/method" is "POST"',
    )
    text = "\n".join(["Feature: F", "  Scenario: S", *(f"    {step}" for step in steps)])
    (tmp_path / "a.feature").write_text(text)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'a'\n")
    command = [sys.executable, "-c", _RUN, "run", "a.feature"]
    ran = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "1 scenario passed" in ran.stdout, ran.stdout + ran.stderr
    loaded = set(json.loads(ran.stdout.splitlines()[-1]))
    assert loaded & _FOR_OTHERS == set()
    ours = [name for name in loaded if name.partition(".")[0] == "apitest"]
    assert len(ours) <= _MODULES
