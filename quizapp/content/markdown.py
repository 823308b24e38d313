"""The little Markdown that authors write, to safe HTML.

Every feature is switched on by name; raw HTML is text, external links do not exist, and what comes out passes
an allow-list. Our own marks: ``[P7]``, ``[[x-p7-word]]``, ``[text](word:hedge)``, ``[text](line:4)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

INLINE_FEATURES = ["emphasis", "backticks", "escape", "newline", "link", "image", "balance_pairs"]
BLOCK_FEATURES = ["list", "blockquote", "heading", "hr", "table"]

CARD_TAG = re.compile(r"\[(P(?:1[0-5]|[1-9])|F[12]?)\]")
EXCERPT_MARK = re.compile(r"\[\[(x-[a-z0-9-]+)\]\]")

CLEANER = nh3.Cleaner(
    tags={"p", "em", "strong", "code", "a", "span", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "hr"}
    | {"br", "img", "table", "thead", "tbody", "tr", "th", "td"},
    attributes={"*": {"dir", "lang"}, "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}},
    allowed_classes={"a": {"tag", "word"}, "span": {"excerpt", "line-ref"}},
    url_schemes=set(),
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Slip:
    """Something in a text that can't be rendered as it was meant."""

    rule: str
    message: str
    remedy: str
    offset: int = 0
    """Where in the text, as far as known."""


@dataclass(frozen=True, slots=True)
class References:
    """What a text may refer to. ``image`` turns a file name into an address, or None where there is none."""

    excerpts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Words and card by the excerpt's id."""
    words: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    vignette_lines: int | None = None
    """None where several vignettes stand on the page, or none."""
    image: Callable[[str], str | None] = lambda _name: None


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, and what was wrong."""

    html: str
    slips: tuple[Slip, ...] = ()


def render_inline(text: str, references: References) -> Rendered:
    """Return a text of one paragraph as phrasing content; a blank line becomes a line break."""
    rendered = [_render(part, references, is_block=False) for part in re.split(r"\n\s*\n", text.strip())]
    slips = tuple(slip for part in rendered for slip in part.slips)
    return Rendered("<br>".join(part.html for part in rendered), slips)


def render_block(text: str, references: References) -> Rendered:
    """Return a text of paragraphs, lists and tables as flow content."""
    return _render(text, references, is_block=True)


def plain_text(html: str) -> str:
    """Return the words of safe HTML, tags away, blocks apart."""
    spaced = re.sub(r"</?(p|li|ul|ol|br|h\d|td|th|tr|blockquote|hr)\b[^>]*>", "\n", html)
    return unescape(re.sub(r"<[^>]+>", "", spaced)).strip()


def _render(text: str, references: References, *, is_block: bool) -> Rendered:
    slips: list[Slip] = []
    env: EnvType = {"known": references, "slips": slips, "source": text}
    html = _PARSER.render(text, env) if is_block else _PARSER.renderInline(text, env)
    return Rendered(CLEANER.clean(html).strip(), tuple(slips))


class _Parser(MarkdownIt):
    """Lets every address reach the render rules, which know ours and say what is wrong with the rest."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        del url
        return True


def _parser() -> MarkdownIt:
    parser = _Parser("zero", {"html": False, "linkify": False})
    parser.enable(BLOCK_FEATURES + INLINE_FEATURES)
    parser.inline.ruler.before("link", "excerpt", _excerpt_rule)
    parser.inline.ruler.before("link", "card_tag", _card_tag_rule)
    parser.add_render_rule("excerpt", _excerpt_html)
    parser.add_render_rule("card_tag", _card_tag_html)
    parser.add_render_rule("link_open", _link_open_html)
    parser.add_render_rule("link_close", _link_close_html)
    parser.add_render_rule("image", _image_html)
    return parser


def _mark_rule(state: StateInline, silent: bool, pattern: re.Pattern[str], kind: str) -> bool:  # noqa: FBT001  # markdown-it calls rules so
    match = pattern.match(state.src, state.pos)
    if not match or state.src.startswith("(", match.end()):
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _excerpt_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it calls rules so
    return _mark_rule(state, silent, EXCERPT_MARK, "excerpt")


def _card_tag_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it calls rules so
    return _mark_rule(state, silent, CARD_TAG, "card_tag")


def _slip(env: EnvType, rule: str, message: str, remedy: str, found: str) -> str:
    env["slips"].append(Slip(rule, message, remedy, max(0, env["source"].find(found))))
    return ""


def card_address(card: str) -> str:
    """Return the address of a card of *The page, retold*; F1 and F2 share one."""
    return f"/page#{'F' if card.startswith('F') else card}"


def card_tag(card: str) -> str:
    """Return the margin tag of a paragraph."""
    return f'<a class="tag" href="{card_address(card)}">¶ {card}</a>'


def _card_tag_html(
    _self: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    card = tokens[index].content
    known = env["known"].cards
    if known and card not in known and not (card in ("F1", "F2") and "F" in known):
        return _slip(env, "L001", f"no card {card}", "name a card of lessons/page.yaml", f"[{card}]")
    return card_tag(card)


def _excerpt_html(
    _self: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    name = tokens[index].content
    if name not in env["known"].excerpts:
        return _slip(env, "L304", f"no excerpt {name}", "add it to lessons/excerpts.yaml", f"[[{name}]]")
    words, card = env["known"].excerpts[name]
    return f'<span class="excerpt">“{escape(words)}”</span> {card_tag(card)}'


def _link_open_html(
    _self: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    address = str(tokens[index].attrGet("href") or "")
    scheme, _, name = address.partition(":")
    references: References = env["known"]
    match scheme:
        case "word" if name in references.words:
            _closing_tag(tokens, index, "</a>")
            return f'<a class="word" href="/words#{escape(name)}">'
        case "word":
            return _slip(env, "L001", f"no word {name!r}", "add it to lessons/word-wall.yaml", address)
        case "line" if name.isdigit() and 1 <= int(name) <= (references.vignette_lines or 999):
            _closing_tag(tokens, index, "</span>")
            return '<span class="line-ref">'
        case "line":
            lines = f"the vignette has {references.vignette_lines} lines"
            return _slip(env, "L301", f"no line {name!r}", lines, address)
        case _:
            remedy = "link to word:… or line:… only; name other things in words"
            return _slip(env, "L502", f"an external link: {address}", remedy, address)


def _closing_tag(tokens: list[Token], index: int, tag: str) -> None:
    """Tell the token that closes the link at ``index`` what to write. Links do not nest."""
    for token in tokens[index + 1 :]:
        if token.type == "link_close":
            token.meta["tag"] = tag
            return


def _link_close_html(
    _self: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return str(tokens[index].meta.get("tag", ""))


def _image_html(
    _self: RendererHTML, tokens: list[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    name, alt = str(tokens[index].attrGet("src") or ""), tokens[index].content
    if not alt.strip():
        return _slip(
            env, "L404", f"no words for the picture {name}", "say in 5 to 40 words what it shows", name
        )
    address = env["known"].image(name)
    if address is None:
        remedy = "put a PNG, JPEG or WebP file of at most 1 MB in img/ beside this file"
        return _slip(env, "L001", f"no picture {name}", remedy, name)
    return f'<img src="{escape(address)}" alt="{escape(alt)}">'


_PARSER = _parser()
