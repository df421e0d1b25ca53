"""The guide: every page is there, links lead somewhere, search finds words."""

import re

import pytest
from PySide6.QtCore import QUrl

import resources
from app.shell import guide_pages
from app.shell.guide import GuidePanel
from app.shell.theme import Theme

NAMES = [page.name for page in guide_pages.pages()]


def test_the_index_comes_first_and_no_page_is_missing_from_the_list():
    assert NAMES[0] == "index.md"
    assert sorted(NAMES) == resources.names("guide", ".md")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_between_pages_leads_to_a_page(name):
    links = re.findall(r"\]\(([^)]+)\)", guide_pages.page(name).text)
    inner = [link for link in links if ":" not in link and not link.endswith((".png", ".svg"))]
    assert [link for link in inner if guide_pages.page(link.split("#")[0]) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_action_that_a_page_offers_exists(window, name):
    offered = re.findall(r"\]\(action:([^)]+)\)", guide_pages.page(name).text)
    ours = [each for each in offered if each.split(".")[0] in ("file", "edit", "view", "help")]
    assert [each for each in ours if each not in window.actions_registry] == []


@pytest.mark.parametrize("name", NAMES)
def test_formulas_are_written_in_letters_and_not_in_tex(name):
    text = guide_pages.page(name).text
    assert "$" not in re.sub(r"`[^`]*`", "", text)
    assert "\\frac" not in text


def test_search_finds_the_pages_with_every_word_best_first():
    hits = guide_pages.search("command line")
    assert hits[0].page.name == "command-line.md"
    assert all("command" in hit.page.text.lower() for hit in hits)
    assert guide_pages.search("xyzzy") == []
    assert guide_pages.search("  ") == []


def test_an_excerpt_shows_the_words_without_the_marks_of_markdown():
    hit = next(hit for hit in guide_pages.search("byte") if hit.page.name == "figures.md")
    assert "byte for byte" in hit.excerpt
    assert "**" not in hit.excerpt


@pytest.fixture
def panel(qtbot):
    made = GuidePanel(Theme("light").icon)
    qtbot.addWidget(made)
    return made


def test_going_back_returns_to_the_page_before(panel):
    panel.show_page("index")
    panel.show_page("figures.md")
    assert panel.current_page == "figures.md"
    panel._buttons["back"].click()
    assert panel.current_page == "index.md"
    panel._buttons["forward"].click()
    assert panel.current_page == "figures.md"


def test_a_link_on_a_page_opens_that_page(panel):
    panel.show_page("index.md")
    panel.browser.anchorClicked.emit(QUrl("figures.md"))
    assert panel.current_page == "figures.md"
    assert "experiment inside" in panel.browser.toPlainText()


def test_typing_lists_the_hits_and_enter_opens_the_best(qtbot, panel):
    panel.show_page("index.md")
    panel.search.setText("tikz")
    assert panel.hits.count() >= 1
    panel.search.returnPressed.emit()
    assert "TikZ" in panel.browser.toPlainText()


def test_an_action_link_asks_for_the_action(qtbot, panel):
    with qtbot.waitSignal(panel.action_chosen) as heard:
        panel.browser.anchorClicked.emit(QUrl("action:help.palette"))
    assert heard.args == ["help.palette"]


def test_an_unknown_page_says_so_instead_of_failing(panel):
    panel.show_page("nowhere.md")
    assert "no page “nowhere.md”" in panel.browser.toPlainText()
