"""Kernels of two-state rules on the shape of the neighbourhood, for 512 cells at once.

A rule that does not mind turning and mirroring tells 102 neighbourhoods apart. The eight cells
around are turned until the one edge cell that differs from the others, the middle of two that are
adjacent, or the first of two that are opposite is on top. The rule is then a polynomial, in the
arithmetic of bits, of words that tell where the corners are; its coefficients are 29 functions of
two words: the cell itself, and one that halves what is left. All 16 functions of two words are
written down, and the coefficients read from their places, so that every rule takes the same
instructions, without a branch.

The instructions are LLVM vectors of eight words: a register of AVX-512, two of AVX2, four of NEON.

Source: expansions with exclusive or after Davio; Thayse, Boolean calculus of differences (1981).
"""

from collections.abc import Callable
from typing import Any

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types  # noqa: TID253

from core.automata.kernels_lanes import as_intrinsic

Words = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]

LANES: Any = np.int64(8)
"""Words stepped at once."""

ROWS: Any = np.int64(64)
COEFFICIENTS = 29


def turned_shape(cells: list[Any]) -> dict[str, Any]:
    """Return what the polynomial is made of: words by name.

    cells : the nine cells of the neighbourhood in reading order, anything with operators of bits
    """
    nw, n, ne, w, cell, e, sw, s, se = cells
    upright, level = n ^ s, e ^ w
    both_upright, both_level = n & s, e & w
    odd = upright ^ level
    three = odd & (both_upright | both_level)
    adjacent = upright & level
    quarter = (adjacent & ~(n ^ e)) | (~upright & (e | w))
    half = ((upright & s) | (~upright & w)) ^ three
    # a quarter turn, for which the corners are a, b, c, d clockwise from the upper left
    top, right, bottom, left = nw ^ ne, ne ^ se, se ^ sw, sw ^ nw
    a, b = nw ^ (quarter & top), ne ^ (quarter & right)
    c, d = se ^ (quarter & bottom), sw ^ (quarter & left)
    # the half turn changes the upper pair and the lower one
    upper_one, upper_two, lower_one, lower_two = a ^ b, a & b, c ^ d, c & d
    odd_corners, unlike_two = upper_one ^ lower_one, upper_two ^ lower_two
    one_each, crossed = upper_one & lower_one, a ^ d
    stacked = unlike_two & ~odd_corners
    return {
        "cell": cell,
        "halving": (adjacent & odd_corners) | (~adjacent & (three | (both_upright & both_level))),
        "even": ~(upright | level),
        "opposite": (both_upright ^ both_level) & ~odd,
        "odd": odd,
        "adjacent": adjacent,
        "odd_corners": odd_corners,
        "three_corners": odd_corners & (upper_two | lower_two),
        "two_beside": stacked | one_each,
        "two_across": one_each & crossed,
        "four_corners": upper_two & lower_two,
        "two_stacked": stacked,
        "near_one": upper_one ^ (half & odd_corners),
        "near_two": upper_two ^ (half & unlike_two),
        "far_one": lower_one ^ (half & odd_corners),
        "far_two": lower_two ^ (half & unlike_two),
        "crossed": crossed,
        "far_corner": c ^ (half & (a ^ c)),
        "one_side": b ^ d,
        "two_sides": b & d,
    }


def result_of_shape(shape: dict[str, Any], coefficient: Callable[[int], Any]) -> Any:
    """Return the new cells.

    shape : as `turned_shape` gives it
    coefficient : gives for 0 to 28 the function of `cell` and `halving` that the rule has there
    """

    def along(first: int, names: tuple[str, ...]) -> Any:
        total = coefficient(first)
        for place, name in enumerate(names):
            total = total ^ (shape[name] & coefficient(first + 1 + place))
        return total

    corners = ("odd_corners", "three_corners", "two_beside", "two_across", "four_corners")
    far, sides = ("far_one", "far_two"), ("one_side", "two_sides")
    even = along(0, corners) ^ (shape["opposite"] & along(6, (*corners, "two_stacked")))
    odd = along(13, far) ^ (shape["near_one"] & along(16, far))
    odd = odd ^ (shape["near_two"] & along(19, far))
    odd = odd ^ (shape["near_one"] & shape["far_one"] & shape["crossed"] & coefficient(22))
    adjacent = along(23, sides) ^ (shape["far_corner"] & along(26, sides))
    return (shape["even"] & even) | (shape["odd"] & odd) | (shape["adjacent"] & adjacent)


def functions_of_two(one: Any, other: Any) -> list[Any]:
    """Return all functions of two words; bit a + 2 b of a place is what a and b give there."""
    nothing = one ^ one
    low = [nothing, ~(one | other), one & ~other, ~other, other & ~one, ~one, one ^ other]
    low.append(~(one & other))
    return [*low, *(~each for each in reversed(low))]


class _Bits:
    """A vector of words in the making, with the operators of bits."""

    type = ir.VectorType(ir.IntType(64), int(LANES))

    def __init__(self, builder: Any, value: Any) -> None:
        self._builder = builder
        self.value = value

    @classmethod
    def of(cls, builder: Any, word: Any) -> "_Bits":
        """Return a word in all lanes."""
        undefined = ir.Constant(cls.type, ir.Undefined)
        single = builder.insert_element(undefined, word, ir.Constant(ir.IntType(32), 0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), int(LANES)), [0] * int(LANES))
        return cls(builder, builder.shuffle_vector(single, undefined, zeros))

    def _made(self, value: Any) -> "_Bits":
        return _Bits(self._builder, value)

    def _number(self, number: int) -> Any:
        return ir.Constant(self.type, [number] * int(LANES))

    def __and__(self, other: "_Bits") -> "_Bits":
        return self._made(self._builder.and_(self.value, other.value))

    def __or__(self, other: "_Bits") -> "_Bits":
        return self._made(self._builder.or_(self.value, other.value))

    def __xor__(self, other: "_Bits") -> "_Bits":
        return self._made(self._builder.xor(self.value, other.value))

    def __invert__(self) -> "_Bits":
        return self._made(self._builder.not_(self.value))

    def __lshift__(self, places: int) -> "_Bits":
        return self._made(self._builder.shl(self.value, self._number(places)))

    def __rshift__(self, places: int) -> "_Bits":
        return self._made(self._builder.lshr(self.value, self._number(places)))


class _Memory:
    """Reads and writes vectors of words."""

    def __init__(self, builder: Any, pointer: Any, align: int) -> None:
        self._builder, self._pointer, self._align = builder, pointer, align

    def _at(self, place: Any) -> Any:
        pointer = self._builder.gep(self._pointer, [place])
        return self._builder.bitcast(pointer, _Bits.type.as_pointer())

    def read(self, place: Any) -> _Bits:
        """Return the words from a place on."""
        return _Bits(self._builder, self._builder.load(self._at(place), align=self._align))

    def write(self, place: Any, bits: _Bits) -> None:
        """Write the words from a place on."""
        self._builder.store(bits.value, self._at(place), align=self._align)


@as_intrinsic
def _step_words(
    typing_context: Any,
    west: Any,
    middle: Any,
    east: Any,
    above: Any,
    mask: Any,
    places: Any,
    new: Any,
    y: Any,
) -> Any:
    """Write the words of `new` from y on; in the columns, the row above them is `above`."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        def array(position: int) -> Any:
            make = context.make_array(signature.args[position])
            return make(context, builder, values[position]).data

        def number(value: int) -> Any:
            return ir.Constant(ir.IntType(64), value)

        columns = [_Memory(builder, array(position), 8) for position in range(3)]
        cells = []
        for row in range(3):
            place = builder.add(values[3], number(row))
            left, here, right = (column.read(place) for column in columns)
            cells += [(here << 1) | (left >> 63), here, (here >> 1) | (right << 63)]
        shape = turned_shape(cells)

        size, align = 16 * int(LANES), 8 * int(LANES)
        with builder.goto_entry_block():
            room = builder.alloca(ir.IntType(64), size)
        room.align = align
        functions = _Memory(builder, room, align)
        for index, each in enumerate(functions_of_two(shape["cell"], shape["halving"])):
            functions.write(number(index * int(LANES)), each)
        chosen = array(5)

        def coefficient(index: int) -> _Bits:
            return functions.read(builder.load(builder.gep(chosen, [number(index)])))

        result = result_of_shape(shape, coefficient) & _Bits.of(builder, values[4])
        _Memory(builder, array(6), 8).write(values[7], result)
        return context.get_dummy_value()

    return types.none(west, middle, east, above, mask, places, new, y), generate


@nb.njit(nogil=True)
def shape_tile(
    west: Words,
    middle: Words,
    east: Words,
    first: int,
    mask: np.uint64,
    places: Integers,
    new: Words,
) -> None:
    """Write 64 rows of words by a rule on shapes.

    west, middle, east : uint64[>= first + 65], three columns of words next to each other; fewer
        rows than 64 are stepped with whatever lies behind them
    mask : the bits that are cells
    places : int64[29], 8 times the number of each coefficient among the 16 functions of two words
    new : uint64[64], written
    """
    for y in range(np.int64(0), ROWS, LANES):
        _step_words(west, middle, east, first - 1 + y, mask, places, new, y)
