"""What the tip over a node, a bar or an arc says."""

from html import escape

from app.canvas.geometry import percent
from app.canvas.graph import GraphArc
from app.canvas.hit_test import Hit


def tip_of(hit: Hit) -> str:
    """Return the tip as rich text, empty for none."""
    if hit.arc is not None:
        return _page(_arc_lines(hit.arc.arc))
    if hit.node is None:
        return ""
    node = hit.node.node
    lines = [f"<b>{escape(node.tooltip or node.label)}</b>"]
    if hit.row is not None and hit.row.index is not None:
        bar = node.bars[hit.row.index]
        value = percent(bar.value) if bar.caption is None else bar.caption
        mark = "" if bar.mark is None else f" (tick: {percent(bar.mark)})"
        lines.append(f"{escape(bar.label)}: {escape(value)}{mark}")
    if node.note:
        lines.append(escape(node.note).replace("\n", "<br>"))
    return _page(lines)


def _arc_lines(arc: GraphArc) -> list[str]:
    lines = [escape(arc.tooltip or f"{arc.source} → {arc.target}")]
    if arc.label:
        lines.append(escape(arc.label))
    return lines


def _page(lines: list[str]) -> str:
    return "<qt>" + "<br>".join(lines) + "</qt>"
