"""What a scenario began with, so that it can begin like that again."""

from collections.abc import Callable
from copy import deepcopy

from apitest.context import FeatureContext

# What is open, or belongs to the run: it cannot be copied, and goes on.
_OUTLIVE = frozenset(("run", "clients", "scenario", "sources", "exchange", "transport", "user_config"))


def remember(feature: FeatureContext) -> Callable[[], None]:
    """What gives a feature the variables, the request, the sign-in and the settings back that it has now."""
    kept = {name: _copied(value) for name, value in feature.items() if name not in _OUTLIVE}

    def restore() -> None:
        for name in [name for name in feature if name not in _OUTLIVE and name not in kept]:
            del feature[name]
        variables = feature.user_ctx
        vars(feature).update({name: _copied(value) for name, value in kept.items()})
        # `sources` and the project's own code hold on to the dictionary itself.
        variables.clear()
        variables.update(feature.user_ctx)
        feature.user_ctx = variables

    return restore


def _copied(value: object) -> object:
    try:
        return deepcopy(value)
    except Exception:  # such as a connection that the project's own code put there
        return value
