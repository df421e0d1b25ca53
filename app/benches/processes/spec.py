"""The bench of hidden Markov processes as the shell knows it before it opens."""

from app.benches.processes.kind import PROCESS_KIND
from app.benches.processes.panels import PANEL_ACTIONS
from app.graphical.actions import ALIGNING, CLIPBOARD, DISTRIBUTING, DRAWING, LOOKING
from app.shell.actions import ActionSpec
from app.shell.bench import BenchSpec
from core.processes.process_subject import blank_process

MENU = "Process"
SHARED_LOOKING = tuple(spec for spec in LOOKING if spec.group == "zoom")

_MACHINE = (
    ActionSpec(
        "process.from_zoo",
        "New process from the zoo…",
        "Choose one of the named processes of the literature, with its parameters.",
        "Study",
        "Ctrl+Shift+G",
        "gallery",
        toolbar=True,
        group="new",
    ),
    ActionSpec(
        "process.edit_edge",
        "Edit edge",
        "Type symbol and probability of the selected edge in place.",
        MENU,
        "Ctrl+Return",
        "rename",
        group="edges",
    ),
    ActionSpec(
        "process.add_loop",
        "Add self-loop",
        "Add an edge from the selected state to itself.",
        MENU,
        "Ctrl+L",
        "restart",
        group="edges",
    ),
    ActionSpec(
        "process.add_symbol",
        "Add symbol…",
        "Add a symbol to the alphabet; edges can then emit it.",
        MENU,
        None,
        "add",
        group="symbols",
    ),
    ActionSpec(
        "process.normalise",
        "Normalise rows",
        "Divide the probabilities of every state, or of the selected ones, by their sum.",
        MENU,
        None,
        "normalise",
        toolbar=True,
        group="rows",
    ),
    ActionSpec(
        "process.reverse",
        "Reverse time",
        "Add the machine that emits the same words backwards as a new process.",
        MENU,
        None,
        "back",
        group="derive",
    ),
    ActionSpec(
        "process.epsilon_machine",
        "Add its ε-machine",
        "Add the smallest unifilar machine of this process, when there is a finite one.",
        MENU,
        None,
        "markov-graph",
        group="derive",
    ),
    ActionSpec(
        "process.unroll",
        "Unroll into a Bayes net…",
        "Add a Bayes net with one hidden and one observed variable for every step.",
        MENU,
        None,
        "network",
        group="out",
    ),
    ActionSpec(
        "process.drive",
        "Drive a Bayes net…",
        "Add the steps of this process to a Bayes net of the study, as input for its nodes.",
        MENU,
        None,
        "network",
        group="out",
    ),
    ActionSpec(
        "process.export_samples",
        "Export samples…",
        "Write a long word that the process emits, as text, CSV or NumPy arrays.",
        MENU,
        None,
        "export",
        group="out",
    ),
)

ACTIONS = (
    *CLIPBOARD,
    *DRAWING,
    *ALIGNING,
    *DISTRIBUTING,
    *SHARED_LOOKING,
    *_MACHINE,
    *PANEL_ACTIONS,
)

BENCH = BenchSpec(
    kind=PROCESS_KIND,
    title="Hidden Markov process",
    icon="process",
    actions=ACTIONS,
    widget="app.benches.processes.bench:ProcessBench",
    thumbnail="app.benches.processes.figure:thumbnail",
    shelf="Processes",
    guide="processes-bench.md",
    blank=blank_process,
    blank_name="Process",
    anywhere={"process.from_zoo": "app.benches.processes.from_zoo:choose_from_zoo"},
)
