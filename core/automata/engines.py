"""Which engine steps which worlds, the fastest first. Engines are imported when they are used.

An engine's target is a function ``make(world, *, precision, threads)`` that returns a `Stepper`,
or None where it does not fit this world after all, so that the next one is asked.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: the rule classes and the topologies it may fit, and where it is."""

    target: str
    rules: tuple[str, ...]
    topologies: tuple[str, ...] = ()

    def fits(self, rule: str, topology: str) -> bool:
        """Whether the engine may step a rule of this class on this kind of topology."""
        known = not self.topologies or topology in self.topologies
        return known and (not self.rules or rule in self.rules)


ENGINES: tuple[Engine, ...] = (
    Engine("core.automata.noisy_stepper:make", ("Noisy", "Asynchronous")),
    Engine("core.automata.stochastic_boards:make", ("DomanyKinzel", "Contact", "Voter", "Sir")),
    Engine("core.automata.ising_board:make", ("Ising",)),
    Engine("core.automata.excitable_board:make", ("Cyclic", "GreenbergHastings")),
    Engine("core.automata.margolus_board:make", ("Margolus",), ("torus", "plane")),
    Engine("core.automata.flow_lenia_engine:make", ("FlowLeniaRule",)),
    Engine(
        "core.automata.particle_lenia_engine:make", ("ParticleLeniaRule",), ("unbounded", "torus")
    ),
    Engine("core.automata.sparse_lenia:sparse_lenia", ("LeniaRule",)),
    Engine("core.automata.lenia_board:lenia_board", ("LeniaRule",)),
    Engine("core.automata.lenia_reference:lenia_reference", ("LeniaRule",)),
    Engine("core.automata.bit_board:bit_board", ("LifeLike",), ("torus", "plane")),
    Engine("core.automata.unbounded:unbounded", ("LifeLike",), ("unbounded",)),
    Engine("core.automata.elementary_board:elementary", ("Elementary",)),
    Engine(
        "core.automata.table_board:table_board",
        ("LifeLike", "Generations", "LargerThanLife", "RuleTable", "Totalistic"),
    ),
)
"""No rules or no topologies named means all of them."""
