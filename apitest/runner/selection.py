"""What --tags, --name and lines choose of a run's scenarios, and what to say where they choose nothing."""

import re
import shlex

from apitest.errors import UsageError
from apitest.language.suggestions import did_you_mean, near_misses
from apitest.runner.model import Config, Feature

_WORD = re.compile(r"[^\s(),~]+")
_OPERATORS = ("and", "or", "not")
_FEW = 10  # as many known tags as an error lists


class Selection:
    """Looks at each feature before it runs.

    Args:
        config: behave's, with the tags and names that are asked for.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._chosen = False
        self._tags: dict[str, None] = {}
        self._names: dict[str, None] = {}

    def see(self, feature: Feature) -> None:
        """Takes note of what a feature offers, until something is chosen."""
        if self._chosen:
            return
        for scenario in feature.walk_scenarios():
            if scenario.should_run(self._config):
                self._chosen = True
                return
            self._tags.update(dict.fromkeys(map(str, scenario.effective_tags)))
            self._names[scenario.name] = None

    @property
    def empty(self) -> bool:
        """Whether there were scenarios and none of them was chosen."""
        return bool(self._names) and not self._chosen

    def error(self) -> UsageError:
        """What is wrong with a selection that chose nothing, with what was probably meant."""
        tags, names = list(map(str, self._config.tags or ())), list(self._config.name or ())
        asked = [f"--tags {shlex.quote(tag)}" for tag in tags] + [f"--name {shlex.quote(name)}" for name in names]
        fix = [line for line in (self._nearest_tags(tags), self._nearest_names(names)) if line]
        fix.append("A run that may be empty, such as one of several shards, has --allow-empty")
        return UsageError(f"No scenario matches {' '.join(asked) or 'the selection'}", fix="\n".join(fix))

    def _nearest_tags(self, asked: list[str]) -> str:
        words = (word.lstrip("-@") for text in asked for word in _WORD.findall(text))
        unknown = [word for word in words if word not in _OPERATORS and "*" not in word and word not in self._tags]
        near = [f"@{tag}" for word in unknown for tag in near_misses(word, self._tags)]
        if near:
            return did_you_mean(near)
        if not unknown:
            return "Each of these tags exists, but no scenario has what is asked for" if asked else ""
        known = ", ".join(f"@{tag}" for tag in list(self._tags)[:_FEW])
        return (
            f"The tags here are {known}{', …' if len(self._tags) > _FEW else ''}" if known else "No scenario has a tag"
        )

    def _nearest_names(self, asked: list[str]) -> str:
        near = [f'"{name}"' for text in asked for name in near_misses(text, self._names)]
        if asked and not near:
            return "A name is a regular expression that is searched for in the names of scenarios"
        return did_you_mean(near)
