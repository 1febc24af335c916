from math import inf

from apitest.clients.statement_settings import StatementSettings
from tests.apitest.steps.playing import Play


def test_no_limit_unless_a_step_waits(play: Play) -> None:
    """While a step waits there is one, and afterwards none again."""
    assert play.zato.settings(StatementSettings).timeout == inf
    with play.zato.bounded(StatementSettings, timeout=2.0):
        assert play.zato.settings(StatementSettings).timeout == 2.0
    assert play.zato.settings(StatementSettings).timeout == inf
