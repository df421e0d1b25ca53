"""Benches in windows of their own."""


def shown(bench, qtbot, *, width=900, height=700):
    """Show a bench and its inspector, and return the bench when it is in sight."""
    qtbot.addWidget(bench)
    qtbot.addWidget(bench.inspector())
    bench.resize(width, height)
    bench.show()
    bench.inspector().resize(420, height)
    bench.inspector().show()
    qtbot.waitExposed(bench)
    bench.canvas.set_reduced_motion(True)
    return bench
