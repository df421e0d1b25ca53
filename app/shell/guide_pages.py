"""The pages of the guide: their titles, their order and where a word stands in them."""

import re
from dataclasses import dataclass
from functools import cache

import resources

INDEX = "index.md"
_LINK = re.compile(r"\[[^\]]*\]\(([\w-]+\.md)[^)]*\)")


@dataclass(frozen=True)
class Page:
    """One Markdown page with its file name and the title of its first heading."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A page in which every word of a query occurs, with the line that shows it best."""

    page: Page
    excerpt: str
    in_title: bool
    count: int


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages: the index, then those it links to in its order, then the rest."""
    found = {name: _page(name) for name in resources.names("guide", ".md")}
    linked = [INDEX, *_LINK.findall(found[INDEX].text)] if INDEX in found else []
    order = dict.fromkeys([*linked, *found])
    return tuple(found[name] for name in order if name in found)


def page(name: str) -> Page | None:
    """Return the page called `name`, with or without its ending."""
    wanted = name if name.endswith(".md") else f"{name}.md"
    return next((each for each in pages() if each.name == wanted), None)


def search(query: str) -> list[Hit]:
    """Return the pages that contain every word of `query`, the best first."""
    words = query.lower().split()
    if not words:
        return []
    hits = [hit for each in pages() if (hit := _hit(each, words)) is not None]
    return sorted(hits, key=lambda hit: (not hit.in_title, -hit.count))


def plain(markdown: str) -> str:
    """Return a line of Markdown without its marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"^\s*(#+|[-*+]|\d+\.|>)\s+", "", text)
    return re.sub(r"[*`_]{1,3}(?=\S)|(?<=\S)[*`_]{1,3}", "", text).replace("|", " ").strip()


def _page(name: str) -> Page:
    text = resources.text(f"guide/{name}")
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    title = heading.group(1).strip() if heading else name.removesuffix(".md")
    return Page(name, title, text)


def _hit(each: Page, words: list[str]) -> Hit | None:
    text = each.text.lower()
    if not all(word in text for word in words):
        return None
    lines = [plain(line) for line in each.text.splitlines() if not line.startswith("#")]
    best = max(lines, key=lambda line: sum(word in line.lower() for word in words), default="")
    in_title = all(word in each.title.lower() for word in words)
    return Hit(each, best[:160], in_title, sum(text.count(word) for word in words))
