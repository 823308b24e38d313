"""The installer does as the machine's pip was told."""

from __future__ import annotations

import pytest

from tools.install import uv_settings


@pytest.fixture
def pip_told(tmp_path, monkeypatch):
    """Return a function that writes the only pip.conf of this machine."""
    for variable in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CERT"):
        monkeypatch.delenv(variable, raising=False)

    def write(text: str) -> None:
        (tmp_path / "pip.conf").write_text(text)
        monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))

    return write


def test_uv_asks_the_index_that_pip_was_told(pip_told):
    pip_told("[global]\nindex-url = https://mirror.school.example/simple\n")

    assert uv_settings()["UV_DEFAULT_INDEX"] == "https://mirror.school.example/simple"


def test_the_environment_wins_over_a_file(pip_told, monkeypatch):
    pip_told("[global]\nindex-url = https://mirror.school.example/simple\n")
    monkeypatch.setenv("PIP_INDEX_URL", "https://near.school.example/simple")

    assert uv_settings()["UV_DEFAULT_INDEX"] == "https://near.school.example/simple"


def test_folders_with_wheels_are_parted_by_commas(pip_told):
    pip_told("[global]\nfind-links = /wheels /more-wheels\n")

    assert uv_settings()["UV_FIND_LINKS"] == "/wheels,/more-wheels"


def test_a_setting_that_uv_does_not_know_is_left_alone(pip_told):
    pip_told("[install]\nno-warn-script-location = true\n")

    assert not any("warn" in name.lower() for name in uv_settings())
