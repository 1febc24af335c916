"""Starts the companion server with the demo's services, unless APITEST_SERVER names one that runs already."""

import os
import tempfile
from pathlib import Path

from apitest.companion import CompanionServer

DEMO = Path(__file__).resolve().parents[1] / "demo"
# What a feature's tag needs, and where the test run says that it is there.
SERVICES = {
    "postgresql": "APITEST_POSTGRESQL_URL",
    "mysql": "APITEST_MYSQL_URL",
    "cassandra": "APITEST_CASSANDRA_PORT",
    "vault": "APITEST_VAULT_ADDR",
}


def before_all(context):
    if "APITEST_SERVER" not in os.environ:
        log = Path(tempfile.mkdtemp(prefix="apitest-features-")) / "server.log"
        server = CompanionServer(DEMO, log=log)
        context.add_cleanup(server.stop)
        os.environ["APITEST_SERVER"] = server.start()


def before_tag(context, tag):
    variable = SERVICES.get(tag)
    if variable and variable not in os.environ:
        if os.environ.get("CI"):
            raise RuntimeError(f"{variable} is not set: run `make features`, which starts the databases")
        statement = context.scenario if "scenario" in context else context.feature
        statement.skip(f"{variable} is not set; `make features` starts the databases")
