"""The tools in the order of the strip, in groups."""

from app.benches.automata.hands.brushes import Brush, Eraser, Pusher
from app.benches.automata.hands.hand_tool import HandTool
from app.benches.automata.hands.lasting import FoodTool, GunTool, NoiseTool, ObstacleTool, Pointer
from app.benches.automata.hands.rectangles import Filler, RandomPatch
from app.benches.automata.hands.selecting import Selector
from app.benches.automata.hands.stamping import Stamp

GROUPS: tuple[tuple[type[HandTool], ...], ...] = (
    (Pointer, Selector),
    (Brush, Eraser, Filler, RandomPatch, Stamp, Pusher),
    (ObstacleTool, GunTool, FoodTool, NoiseTool),
)
TOOLS: tuple[type[HandTool], ...] = tuple(kind for group in GROUPS for kind in group)
