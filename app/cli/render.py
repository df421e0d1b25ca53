"""`macroscope render`: a view of a network as a figure file, with the study inside."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.catalogue import KINDS, MARKOV_KIND
from app.cli.arguments import VerbParser, above_zero
from app.cli.errors import GOOD, UsageError
from app.cli.evidence_options import evidence_from
from app.cli.network_files import FoundNetwork, find_network
from app.cli.progress import told_progress
from app.study.store import study_bytes
from core.networks.errors import quoted
from core.networks.markov_subject import MarkovSubject
from core.networks.posteriors import Posteriors
from core.networks.subject import NetworkSubject

if TYPE_CHECKING:
    from app.figures.description import Figure

STYLES = {"graph": "name", "posteriors": "bars"}
"""For each view of the net itself the style in which it shows the nodes."""

MARKOV_VIEWS = ("factor-graph", "markov", "posteriors")
"""Views of Markov networks; "graph" is the one in which the network is drawn."""

TREE_VIEWS = ("clique-tree", "mutual-information", "elimination")
LEVEL_VIEWS = ("moral", *TREE_VIEWS)
"""Views of how inference works on the net; a Markov network is its own moral graph."""

VIEWS = tuple(dict.fromkeys([*STYLES, *LEVEL_VIEWS, *MARKOV_VIEWS]))

Subject = NetworkSubject | MarkovSubject

RULES = ("min-fill", "weighted-min-fill", "min-weight", "min-degree", "exact")

THEMES = ("print", "light", "dark")
SUFFIXES = (".svg", ".pdf", ".png", ".tex")


def render(arguments: Sequence[str]) -> int:
    """Write the figure; findings on the command line take the place of those saved."""
    given = _parser().parse_args(arguments)
    out = Path(given.out)
    if out.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        name = out.name or repr("")
        raise UsageError(f"{name} has an ending that is no figure's; use one of {known}.")
    found = find_network(given.file, given.subject)
    check_view(found.subject, given.view)
    query = checked_query(found.subject, given.query)
    has_evidence = bool(given.evidence) or given.evidence_file is not None
    if has_evidence:
        evidence = evidence_from(found.subject.net, given.evidence, given.evidence_file)
        found = _with_subject(found, found.subject.with_evidence(evidence))
    found = _with_subject(found, laid_out(found.subject, given.view))
    # Findings that are given have to be possible in either view; only one of them shows posteriors.
    posteriors = None
    if has_evidence or given.view == "posteriors":
        posteriors = _posteriors(found.subject)
    _draw(found, _figure(found.subject, posteriors, query, given), given, out)
    return GOOD


def check_view(subject: Subject, view: str) -> None:
    """Raise `UsageError` for a view that networks of this kind do not have."""
    if isinstance(subject, MarkovSubject):
        known, what = ("graph", *MARKOV_VIEWS, *TREE_VIEWS), "a Markov network"
    else:
        known, what = (*STYLES, *LEVEL_VIEWS), "a Bayes net"
    if view not in known:
        name = quoted(subject.net.name)
        raise UsageError(f"{name} is {what}, whose views are {', '.join(known)}.")


def checked_query(subject: Subject, names: Sequence[str]) -> tuple[str, ...]:
    """Return the nodes asked for, or raise `UsageError` for one that is not in the net."""
    for name in names:
        if name not in subject.net:
            raise UsageError(f"--query names {quoted(name)}, which is not a node of the net.")
    return tuple(dict.fromkeys(names))


def _parser() -> VerbParser:
    parser = VerbParser("render", "Write a view of a network as SVG, PDF, PNG or TikZ.")
    parser.add_network("file")
    parser.add_argument("--view", choices=VIEWS, required=True)
    parser.add_argument("--out", required=True, metavar="FIGURE", help=" ".join(SUFFIXES))
    parser.add_argument("--theme", choices=THEMES, default="print")
    parser.add_argument("--width-mm", type=above_zero, default=86.0, metavar="W", help="default 86")
    parser.add_argument(
        "--dpi", type=above_zero, default=300.0, metavar="N", help="PNG, default 300"
    )
    parser.add_argument(
        "--order",
        choices=RULES,
        default="min-fill",
        help="elimination order of the views moral, clique-tree and elimination",
    )
    parser.add_argument(
        "--query",
        action="append",
        default=[],
        metavar="NAME",
        help="node asked for in the view elimination; may be given many times",
    )
    parser.add_argument("--outlines", action="store_true", help="letters as shapes, not as text")
    parser.add_evidence()
    return parser


def laid_out(subject: Subject, view: str) -> Subject:
    """Return the subject as it is, or laid out where everything lies on one spot."""
    if isinstance(subject, MarkovSubject):
        is_drawing = view in ("factor-graph", "markov")
        return MARKOV_KIND.lay_out(subject.with_drawing(view) if is_drawing else subject)
    net = subject.net
    if len(net) < 2 or len({node.position for node in net}) > 1:
        return subject
    from app.benches.networks.presentation import graph_nodes
    from app.canvas.geometry import node_size
    from app.canvas.layered_layout import layered_positions
    from app.graphical.node_bars import ShownBeliefs

    nodes = graph_nodes(subject, ShownBeliefs(), style=STYLES.get(view, "name"))
    sizes = {node.id: node_size(node.label, node.bars, node.shape) for node in nodes}
    return subject.with_net(net.moved(layered_positions(net.names, list(net.arcs), sizes)))


def _with_subject(found: FoundNetwork, subject: Subject) -> FoundNetwork:
    entry = replace(found.study.subject(found.subject_id), value=subject)
    return replace(found, subject=subject, study=found.study.with_entry(entry))


def _posteriors(subject: Subject) -> Posteriors:
    from core.networks.inference import compile_network, warm_up

    warm_up()  # starting LLVM is no part of the work whose progress is told
    progress = told_progress()
    return compile_network(subject.net, progress).propagate(subject.evidence, progress)


def _figure(
    subject: Subject,
    posteriors: Posteriors | None,
    query: tuple[str, ...],
    given: Namespace,
) -> "Figure":
    from app.benches.networks.figure import network_figure
    from app.figures.description import FigureOptions

    options = FigureOptions(width_mm=given.width_mm, theme=given.theme)
    if isinstance(subject, MarkovSubject) and given.view not in TREE_VIEWS:
        from app.benches.markov.figure import markov_figure

        view = subject.drawing if given.view == "graph" else given.view
        return markov_figure(subject, posteriors, options, view)
    if given.view in STYLES:
        return network_figure(subject, posteriors, options, given.view)
    from app.benches.networks.figures.level_views import level_figure
    from app.benches.networks.levels.request import ELIMINATION, Request, likely_query

    asked = query or likely_query(subject.net, subject.evidence)
    request = Request(subject.net, subject.evidence, ELIMINATION, asked, given.order)
    return level_figure(given.view, subject, request, options, told_progress())


def _draw(found: FoundNetwork, figure: "Figure", given: Namespace, out: Path) -> None:
    from app.figures.description import SMALLEST_LEGIBLE_PT, smallest_text_pt
    from app.figures.export import export

    smallest = smallest_text_pt(figure.items)
    if smallest is not None and smallest < SMALLEST_LEGIBLE_PT - 1e-6:
        sys.stderr.write(
            f"The smallest letters are {smallest:.2g} pt, less than {SMALLEST_LEGIBLE_PT:g} pt; "
            "a larger --width-mm makes them legible.\n"
        )
    try:
        export(
            figure,
            out,
            dpi=given.dpi,
            outlines=given.outlines,
            study=study_bytes(found.study, KINDS),
        )
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UsageError(f"{out} could not be written: {reason}.") from error
