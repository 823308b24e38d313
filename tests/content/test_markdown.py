"""Authors write a little Markdown; what comes out is safe, and refers only to our own things."""

from __future__ import annotations

import pytest

from quizapp.content.markdown import References, plain_text, render_block, render_inline

KNOWN = References(
    excerpts={"x-p7-seemingly": ("seemingly <lit>", "P7")},
    words=frozenset({"hedge"}),
    cards=frozenset({"P7", "F"}),
    vignette_lines=4,
    image=lambda name: "/assets/abc" if name == "img/lamp.png" else None,
)
TAG = '<a class="tag" href="/page#P7">¶ P7</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("See [P7].", f"See {TAG}."),
        ("[F1] and [F]", '<a class="tag" href="/page#F">¶ F1</a> and <a class="tag" href="/page#F">¶ F</a>'),
        ("[[x-p7-seemingly]]", f'<span class="excerpt">“seemingly &lt;lit&gt;”</span> {TAG}'),
        ("[hedge](word:hedge)", '<a class="word" href="/words#hedge">hedge</a>'),
        ("[line 4](line:4)", '<span class="line-ref">line 4</span>'),
        ("![a lamp on a hill](img/lamp.png)", '<img src="/assets/abc" alt="a lamp on a hill">'),
        ("{town} & “quotes”", "{town} &amp; “quotes”"),
        ("one\n\ntwo", "one<br>two"),
        (r"\*not\* [P7a]", "*not* [P7a]"),
        ("`[P7]`", "<code>[P7]</code>"),
    ],
)
def test_our_marks_become_html(text: str, html: str):
    rendered = render_inline(text, KNOWN)

    assert rendered.html == html
    assert rendered.slips == ()


def test_blocks_have_paragraphs_lists_and_tables():
    html = render_block("Text\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |", KNOWN).html

    assert "<p>Text</p>" in html
    assert html.count("<li>") == 2
    assert "<td>2</td>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html;base64,xx)",
        "<https://lamps.example>",
        '[a](word:"><script>)',
        "![x](javascript:alert(1))",
        "[[x-<script>]]",
        "`<script>`",
    ],
)
def test_nothing_unsafe_comes_out(text: str):
    for html in (render_inline(text, KNOWN).html, render_block(text, KNOWN).html):
        assert "<script" not in html
        assert "href" not in html
        assert "<img" not in html


@pytest.mark.parametrize(
    ("text", "rule", "says"),
    [
        ("[P9]", "L001", "no card P9"),
        ("[[x-p9-none]]", "L304", "no excerpt"),
        ("[x](word:none)", "L001", "no word"),
        ("[x](line:5)", "L301", "no line"),
        ("[x](line:0)", "L301", "no line"),
        ("[x](line:a)", "L301", "no line"),
        ("[x](https://lamps.example)", "L502", "external link"),
        ("[x](lamps.html)", "L502", "external link"),
        ("![](img/lamp.png)", "L404", "no words for the picture"),
        ("![a lamp](img/none.png)", "L001", "no picture"),
    ],
)
def test_a_reference_to_nothing_is_a_slip_where_it_stands(text: str, rule: str, says: str):
    (slip,) = render_inline(f"Look: {text}.", KNOWN).slips

    assert slip.rule == rule
    assert says in slip.message
    assert slip.remedy
    assert slip.offset >= 6


def test_a_broken_link_keeps_its_words_and_does_not_touch_the_next():
    html = render_inline("[gone](word:none) and [hedge](word:hedge)", KNOWN).html

    assert html == 'gone and <a class="word" href="/words#hedge">hedge</a>'


def test_plain_text_keeps_words_and_blocks_apart():
    assert plain_text("<p>One <em>two</em></p><ul><li>a &amp; b</li></ul>").split() == [
        "One",
        "two",
        "a",
        "&",
        "b",
    ]
    assert "\n" in plain_text("<p>One</p><p>two</p>")
