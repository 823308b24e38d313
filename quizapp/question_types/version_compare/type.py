"""*Version compare*: two versions side by side; find the changes that change the meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import BlockText, InlineText, Option
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.find_them import FindThem, asked_option, check_options, keys_of, reviewed_option
from quizapp.question_types.passages import check_places, pieces


class Change(Option):
    """A difference: ``before`` in the first version, ``text`` in the second; the key where the meaning changed."""

    before: InlineText


class Version(SettingsModel):
    """One of the two texts. It holds ``((id))`` where a change stands."""

    heading: InlineText
    text: BlockText


class VersionCompareSettings(SettingsModel):
    """Two versions, and all their differences."""

    first: Version
    second: Version
    changes: tuple[Change, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_options("changes", self.changes, 4, 12)
        for version in (self.first, self.second):
            check_places("changes", version.text, [change.id for change in self.changes])
        return self


class VersionCompare(FindThem[VersionCompareSettings]):
    """A checkbox a change. Changes stand in the order of the text."""

    name = "version_compare"
    label = Message("Compare two versions")
    settings_model = VersionCompareSettings

    def options(self, settings: VersionCompareSettings) -> Sequence[Change]:
        """Return the changes in the order of the text."""
        return settings.changes

    def student_view(self, settings: VersionCompareSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return both versions with their changes numbered, and the list to choose from."""
        del seed
        return {
            "there_are": len(keys_of(settings.changes)),
            "versions": _versions(settings),
            "options": [_asked(change, number, value) for number, change in enumerate(settings.changes, 1)],
        }

    def review_view(
        self, settings: VersionCompareSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return both versions and every change, marked and explained as far as allowed."""
        asked = self.student_view(settings, value, seed=seed)
        changes = {change.id: change for change in settings.changes}
        return {
            **asked,
            "is_blank": self.is_blank(settings, value),
            "options": [
                one | reviewed_option(changes[one["id"]], shown, is_chosen=one["is_chosen"])
                for one in asked["options"]
            ],
        }

    def summary(self, settings: VersionCompareSettings, value: Value) -> Sequence[str]:
        """Return each chosen change as ``before → after``."""
        return [
            f"{plain_text(change.before)} → {plain_text(change.text)}"
            for change in settings.changes
            if change.id in (value or [])
        ]


def _asked(change: Change, number: int, value: Value) -> dict[str, Any]:
    return asked_option(change, number, value) | {"before": change.before, "after": change.text}


def _versions(settings: VersionCompareSettings) -> list[dict[str, Any]]:
    first = {change.id: change.before for change in settings.changes}
    second = {change.id: change.text for change in settings.changes}
    return [
        {"heading": version.heading, "pieces": list(_pieces(version.text, texts))}
        for version, texts in ((settings.first, first), (settings.second, second))
    ]


def _pieces(text: str, texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    numbers = {change_id: number for number, change_id in enumerate(texts, 1)}
    for html, change_id in pieces(text):
        yield {
            "html": texts[change_id] if change_id else html,
            "number": numbers[change_id] if change_id else None,
        }


TYPE = VersionCompare()
