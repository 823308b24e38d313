"""Unsafe settings are refused with one line: what, which setting, an example."""

from __future__ import annotations

import pytest

from quizapp.services.environment import Mode, UnsafeSetting, read_settings

SAFE = {
    "QUIZAPP_DATABASE_URL": "postgresql://quizapp@localhost/quizapp",
    "QUIZAPP_SECRET_KEY": "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD",
    "QUIZAPP_PEPPER": "Zp4w-7Tn29xKqL8vM3bF6hJ1dG5sA0rC",
    "QUIZAPP_TRUSTED_HOSTS": "quiz.example.org,www.example.org",
    "PATH": "/usr/bin",
}


def test_safe_settings_are_read() -> None:
    settings = read_settings(SAFE)

    assert settings.mode is Mode.PRODUCTION
    assert settings.trusted_hosts == ("quiz.example.org", "www.example.org")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"QUIZAPP_SECRET_KEY": ""}, "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_SECRET_KEY": "short"}, "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_SECRET_KEY": "a" * 60}, "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_PEPPER": ""}, "QUIZAPP_PEPPER"),
        ({"QUIZAPP_TRUSTED_HOSTS": ""}, "QUIZAPP_TRUSTED_HOSTS"),
        ({"QUIZAPP_DEBUG": "true"}, "QUIZAPP_DEBUG"),
        ({"QUIZAPP_DATABASE_URL": ""}, "QUIZAPP_DATABASE_URL"),
        ({"QUIZAPP_MODE": "fast"}, "QUIZAPP_MODE"),
        ({"QUIZAPP_PROXY_HOPS": "one"}, "QUIZAPP_PROXY_HOPS"),
        ({"QUIZAPP_SECRETKEY": "typo"}, "QUIZAPP_SECRETKEY"),
    ],
)
def test_an_unsafe_or_unknown_setting_is_refused_in_one_line(change: dict[str, str], named: str) -> None:
    with pytest.raises(UnsafeSetting) as refused:
        read_settings({**SAFE, **change})

    sentence = str(refused.value)
    assert named in sentence
    assert "for example" in sentence
    assert "\n" not in sentence


def test_a_development_server_needs_only_a_database() -> None:
    settings = read_settings({"QUIZAPP_MODE": "development", "QUIZAPP_DATABASE_URL": "sqlite:///x.db"})

    assert settings.mode is Mode.DEVELOPMENT
