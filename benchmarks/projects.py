"""Generated projects of many alike scenarios, in today's wording and in that of the peers."""

from pathlib import Path

SCENARIO = """
  Scenario: customer {number}
    Given address "{address}"
    Given URL path "/demo/rest"
    Given query string "?demo=1"
    Given format "JSON"
    Given REST method "POST"
    Given header "X-Custom-Header" "MyValue"
    Given request is "{{}}"
    Given path "/a" in request is "abc"
    Given path "/foo" in request is an integer "7"
    Given path "/bar" in request is a list "1,2,3,4,5"
    Given path "/name" in request is "customer {number}"
    When the URL is invoked
    Then path "/action/msg" is "How do you do?"
    And path "/action/code" is an integer "0"
    And path "/action/flow" is a list "Ack,Done"
    And status is "200"
    And header "Server" is not empty
    And JSON response exists
"""

ENVIRONMENT = """
import os
from zato.apitest.util import new_context

def before_feature(context, feature):
    context.zato = new_context(None, os.path.dirname(os.path.realpath(__file__)))
"""

STEPS = "from zato.apitest import steps as default_steps\nimport zato.apitest.steps.common, zato.apitest.steps.json\n"

CONFIG = "[behave]\noptions={options}\n\n[user]\nsample=Hello\n"


def write(directory: Path, address: str, files: int, scenarios: int, peer: bool = False) -> Path:
    """Writes a project of ``files`` features of ``scenarios`` scenarios each; ``peer``: for zato-apitest."""
    features = directory / "features"
    (features / "steps").mkdir(parents=True)
    # What zato-apitest's own `init` writes.
    options = "--format pretty --show-timings --no-source --no-logcapture --logging-level=INFO" if peer else ""
    (features / "config.ini").write_text(CONFIG.format(options=options))
    if peer:
        (features / "environment.py").write_text(ENVIRONMENT)
        (features / "steps" / "steps.py").write_text(STEPS)
    for number in range(files):
        text = [f"Feature: customers {number}\n"]
        text += [SCENARIO.format(number=number * scenarios + i, address=address) for i in range(scenarios)]
        (features / f"customers_{number:04}.feature").write_text("".join(text))
    return directory
