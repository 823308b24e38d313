"""YAML is read strictly, and every value knows its line."""

from __future__ import annotations

import pytest

from quizapp.content.yaml_reader import MOST_CHARACTERS, YamlSlip, read_yaml

SAMPLE = """\
# a comment
title: Lamps
lines:
  - one
  - text: two
    key: true
"""


def test_values_and_lines_are_kept():
    document = read_yaml(SAMPLE)

    assert document.value == {"title": "Lamps", "lines": ["one", {"text": "two", "key": True}]}
    assert document.line(("title",)) == 2
    assert document.line(("lines", 1, "key")) == 6
    assert document.line(("lines", 1, "nothing", "deeper")) == 5
    assert document.line(("nothing",)) == 2


def test_lines_count_from_where_the_text_starts_in_its_file():
    assert read_yaml(SAMPLE, first_line=10).line(("title",)) == 11


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('"null"', "null"),
        ("12", 12),
        ("-3", -3),
        ("0o14", "0o14"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("1.5", 1.5),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("2026-11-22", "2026-11-22"),
        ("pool-notice:4", "pool-notice:4"),
    ],
)
def test_plain_words_mean_what_they_look_like(text: str, value: object):
    assert read_yaml(f"key: {text}").value == {"key": value}


def test_keys_are_texts():
    assert read_yaml("2: Mastery\ntrue: yes").value == {"2": "Mastery", "true": "yes"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: &x 1\nb: 2", 1, "anchors"),
        ("a: 1\nb: *x", 2, "aliases"),
        ("a: !!python/object:os.system x", 1, "tags"),
        ("a: !x 1", 1, "tags"),
        ("a: !!str 1", 1, "tags"),
        ("a: 1\nb: 2\na: 3", 3, "stands twice"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("{a: 1}: b", 1, "no text"),
        ("a: b: c", 1, "not YAML"),
        ("a: [1, 2\nb", 2, "not YAML"),
        ("a: @x", 1, "not YAML"),
        ("a: \x00", 1, "not YAML"),
        ("[" * 30 + "]" * 30, 1, "levels deep"),
        ("x" * (MOST_CHARACTERS + 1), 1, "characters"),
    ],
)
def test_what_could_surprise_is_refused_with_line_and_remedy(text: str, line: int, says: str):
    with pytest.raises(YamlSlip) as slip:
        read_yaml(text)

    assert says in slip.value.message
    assert slip.value.line == line
    assert slip.value.remedy
