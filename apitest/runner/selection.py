"""What --tags, --name and lines choose of a run's scenarios, and what to say where they choose nothing."""

import shlex
from collections.abc import Iterable

from apitest.errors import UsageError
from apitest.expressions import expression
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.runner.model import Config, Feature

_WORD = expression(r"[^\s(),~]+")
_OPERATORS = ("and", "or", "not")
_FEW = 10  # as many known tags as an error lists


class Selection:
    """Looks at each feature before it runs.

    Args:
        config: behave's, with the tags and names that are asked for.

    Attributes:
        chosen: whether a scenario was chosen.
        tags, names: those of scenarios that were not, until one was.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self.chosen = False
        self.tags: dict[str, None] = {}
        self.names: dict[str, None] = {}

    def see(self, feature: Feature) -> None:
        """Takes note of what a feature offers, until something is chosen."""
        if self.chosen:
            return
        for scenario in feature.walk_scenarios():
            if scenario.should_run(self._config):
                self.chosen = True
                return
            self.tags.update(dict.fromkeys(map(str, scenario.effective_tags)))
            self.names[scenario.name] = None

    def settle(self, tags: Iterable[str] = (), names: Iterable[str] = (), chosen: bool = True) -> None:
        """Takes note of what was seen elsewhere: by another worker, or before the run was divided."""
        self.chosen |= chosen
        self.tags.update(dict.fromkeys(tags))
        self.names.update(dict.fromkeys(names))

    @property
    def empty(self) -> bool:
        """Whether there were scenarios and none of them was chosen."""
        return bool(self.names) and not self.chosen

    def error(self) -> UsageError:
        """What is wrong with a selection that chose nothing, with what was probably meant."""
        tags, names = list(map(str, self._config.tags or ())), list(self._config.name or ())
        asked = [f"--tags {shlex.quote(tag)}" for tag in tags] + [f"--name {shlex.quote(name)}" for name in names]
        fix = [line for line in (self._nearest_tags(tags), self._nearest_names(names)) if line]
        fix.append("A run that may be empty, such as one of several shards, has --allow-empty")
        return UsageError(f"No scenario matches {' '.join(asked) or 'the selection'}", fix="\n".join(fix))

    def note(self) -> str:
        """The same as one line, where it is not an error."""
        error = self.error()
        return f"{error.problem}. {error.fix.splitlines()[0]}"

    def _nearest_tags(self, asked: list[str]) -> str:
        words = (word.lstrip("-@") for text in asked for word in _WORD.findall(text))
        unknown = [word for word in words if word not in _OPERATORS and "*" not in word and word not in self.tags]
        near = [f"@{tag}" for word in unknown for tag in near_misses(word, self.tags)]
        if near:
            return did_you_mean(near)
        if not unknown:
            return "Each of these tags exists, but no scenario has what is asked for" if asked else ""
        known = ", ".join(f"@{tag}" for tag in list(self.tags)[:_FEW])
        return (
            f"The tags here are {known}{', …' if len(self.tags) > _FEW else ''}" if known else "No scenario has a tag"
        )

    def _nearest_names(self, asked: list[str]) -> str:
        near = [f'"{name}"' for text in asked for name in near_misses(text, self.names)]
        if asked and not near:
            return "A name is a regular expression that is searched for in the names of scenarios"
        return did_you_mean(near)
