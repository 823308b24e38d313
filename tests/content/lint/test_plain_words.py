"""L401 to L408: grades, terms, pictures, and nothing for one sense, script or gender alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import Example, Pack, a_question, assert_example

HARD = (
    "Independent verification of anonymous allegations necessitates comprehensive documentation, and experienced"
    " investigators systematically reconsider contradictory testimonies. "
)
FAIRLY_HARD = (
    "The reporter visited the manager of the museum and saw the papers about the repair of the roof. "
)
PLAIN = "The keeper lit the lamp at six. Nobody else was there. We wrote the time in a book. "
LONG = " ".join(["lamp"] * 29)


def stem(text: str) -> Callable[[Pack], object]:
    return lambda pack: pack.questions.append(a_question("other", stem=text))


def on_screen(text: str, kind: str = "task") -> Callable[[Pack], object]:
    return lambda pack: pack.screens.update({kind: text})


def on_page(*lines: str) -> Callable[[Pack], object]:
    return lambda pack: pack.vignettes[0]["lines"].extend(lines)


def with_picture(words: str) -> Callable[[Pack], object]:
    def change(pack: Pack) -> None:
        pack.screens["task"] = f"![{words}](lamp.png)"
        picture = pack.folder / "lessons/01-lamps/img/lamp.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"\x89PNG\r\n\x1a\n")

    return change


def word_with(translation: str) -> Callable[[Pack], object]:
    return lambda pack: pack.words[0].update(translations={"uk": translation})


EXAMPLES = [
    Example("L401", stem(HARD * 2), stem(PLAIN * 2), "error: test:other stem: hard to read"),
    Example("L401", stem(FAIRLY_HARD * 2), stem(PLAIN * 2), "warning: test:other stem: hard to read"),
    Example("L401", on_page(*[HARD] * 3), on_page(PLAIN, PLAIN), "test:lamp", "a made-up page as a whole"),
    Example("L401", stem(f"{LONG}?"), stem("Lamp? " * 29), "29 words"),
    Example("L402", on_screen(HARD * 2), on_screen(PLAIN * 2), "hard to read"),
    Example("L402", on_screen(FAIRLY_HARD * 2), on_screen(PLAIN * 2), "warning", "warns"),
    Example(
        "L403",
        on_screen(
            "A general impression. "
            + PLAIN
            + "Attention, generosity, unnecessary decoration. And more of the lamp."
        ),
        on_screen(
            "A reporter's idea. "
            + PLAIN
            + "Attention, everybody: the museum, the radio, the newspaper. And the lamp."
        ),
        "say some shorter: general, impression, attention",
    ),
    Example(
        "L403",
        on_screen("Take one claim. Now another [claim](word:claim)."),
        on_screen("**No claim.** Take one [claim](word:claim). Now another claim."),
        "used before it is linked",
    ),
    Example("L404", with_picture("A lamp"), with_picture("A lit lamp above an open door"), "2 words"),
    Example(
        "L405", stem("Drag each lamp to its door."), stem("Put each lamp to its door."), "a pointing device"
    ),
    Example(
        "L405",
        stem("Who says the words in line 1? They are printed in red."),
        stem("Who says the words in line 1? The lamp is red."),
        "by colour alone",
    ),
    Example("L405", stem("Is the first option right?"), stem("Is your first answer right?"), "by place"),
    Example("L408", stem("Who says лампа?"), word_with("лампа"), "another script"),
    Example("L408", on_page("She lit the lamp."), on_page("They lit the lamp."), "tells a gender"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)
