"""A bench with a panel of questions open, and a way to wait for its answer."""

import pytest


@pytest.fixture
def opened(qtbot, settled):
    """Return a function that opens a panel, or a page of it, and waits for its answer."""

    def open_one(bench, panel_id, kind=None):
        panel = bench.deck.open_panel(panel_id)
        if kind is not None:
            panel.show_kind(kind)
        settle(bench, panel)
        return panel

    def settle(bench, panel):
        settled(bench)
        page = panel.page

        def is_quiet():
            return not (page.asker.is_waiting or page._timer.isActive())

        qtbot.wait(60)  # the selection is followed a moment later
        qtbot.waitUntil(is_quiet, timeout=60000)

    open_one.settle = settle
    return open_one
