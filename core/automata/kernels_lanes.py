"""Vector instructions for Fourier transforms: butterflies of sixteen transforms side by side.

Numba vectorises no loop whose arrays may overlap, and in a transform in place all do. So the
butterflies and the turning of 16 by 16 squares are written as LLVM vectors of 16 numbers, which
LLVM turns into what the processor has (one register of AVX-512, two of AVX2, four of NEON).

An element is a complex number in 16 lanes: 16 real parts, then 16 imaginary parts. All arrays are
flat, float32 or all float64, in C order; places count numbers.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types  # noqa: TID253
from numba.extending import intrinsic  # noqa: TID253

LANES = 16
ELEMENT = 2 * LANES

_FUSE = ("contract",)
"""Lets LLVM join a product and a sum into one instruction, which rounds once instead of twice."""


def as_intrinsic(typed: Callable[..., Any]) -> Any:
    """Return the function as numba's intrinsic, which is called without the typing context."""
    return intrinsic(typed)


class _Emitter:
    """Writes vector instructions on flat arrays."""

    def __init__(self, context: Any, builder: Any, signature: Any, values: Any) -> None:
        self._context = context
        self.builder = builder
        self._signature = signature
        self._values = values
        self._bytes = 4 if signature.args[0].dtype == types.float32 else 8
        real = ir.FloatType() if self._bytes == 4 else ir.DoubleType()
        self._vector = ir.VectorType(real, LANES)

    def array(self, position: int) -> Any:
        """Return the pointer to the first number of the array argument at `position`."""
        make = self._context.make_array(self._signature.args[position])
        return make(self._context, self.builder, self._values[position]).data

    def shifted(self, place: Any, offset: Any, times: int = 1) -> Any:
        """Return place + offset * times."""
        b = self.builder
        if isinstance(offset, int):
            return b.add(place, ir.Constant(place.type, offset * times))
        return b.add(place, b.mul(offset, ir.Constant(place.type, times)))

    def load(self, array: Any, place: Any) -> Any:
        """Return 16 numbers from a place on."""
        pointer = self.builder.bitcast(self.builder.gep(array, [place]), self._vector.as_pointer())
        return self.builder.load(pointer, align=self._bytes)

    def store(self, value: Any, array: Any, place: Any) -> None:
        """Write 16 numbers from a place on."""
        pointer = self.builder.bitcast(self.builder.gep(array, [place]), self._vector.as_pointer())
        self.builder.store(value, pointer, align=self._bytes)

    def broadcast(self, array: Any, place: Any) -> Any:
        """Return one number of the array in all lanes."""
        b = self.builder
        value = b.load(b.gep(array, [place]), align=self._bytes)
        single = b.insert_element(
            ir.Constant(self._vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0)
        )
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return b.shuffle_vector(single, ir.Constant(self._vector, ir.Undefined), zeros)

    def scaled(self, factor: float, value: Any) -> Any:
        """Return a constant times a vector."""
        return self.builder.fmul(ir.Constant(self._vector, [factor] * LANES), value, flags=_FUSE)

    def add(self, a: Any, b: Any) -> Any:
        """Return the sum of two vectors."""
        return self.builder.fadd(a, b, flags=_FUSE)

    def subtract(self, a: Any, b: Any) -> Any:
        """Return the difference of two vectors."""
        return self.builder.fsub(a, b, flags=_FUSE)

    def multiply(self, a: Any, b: Any) -> Any:
        """Return the product of two vectors."""
        return self.builder.fmul(a, b, flags=_FUSE)

    def element(self, array: Any, place: Any) -> tuple[Any, Any]:
        """Return the real and the imaginary lanes of the element at a place."""
        return self.load(array, place), self.load(array, self.shifted(place, LANES))

    def store_element(self, value: tuple[Any, Any], array: Any, place: Any) -> None:
        """Write an element."""
        self.store(value[0], array, place)
        self.store(value[1], array, self.shifted(place, LANES))

    def sum(self, a: Any, b: Any) -> tuple[Any, Any]:
        """Return a + b of elements."""
        return self.add(a[0], b[0]), self.add(a[1], b[1])

    def difference(self, a: Any, b: Any) -> tuple[Any, Any]:
        """Return a - b of elements."""
        return self.subtract(a[0], b[0]), self.subtract(a[1], b[1])

    def turned(self, a: Any, w: Any, is_inverse: bool) -> tuple[Any, Any]:
        """Return a w, or a times the conjugate of w."""
        rr, ii = self.multiply(a[0], w[0]), self.multiply(a[1], w[1])
        ri, ir_ = self.multiply(a[0], w[1]), self.multiply(a[1], w[0])
        if is_inverse:
            return self.add(rr, ii), self.subtract(ir_, ri)
        return self.subtract(rr, ii), self.add(ri, ir_)

    def quarter(self, a: Any, is_inverse: bool) -> tuple[Any, Any]:
        """Return -i a, or i a in the inverse transform; signs are left to `sum`."""
        minus = self.builder.fneg
        return (minus(a[1]), a[0]) if is_inverse else (a[1], minus(a[0]))


def _points_2(e: _Emitter, z: list[Any], is_inverse: bool) -> list[Any]:
    return [e.sum(z[0], z[1]), e.difference(z[0], z[1])]


def _points_4(e: _Emitter, z: list[Any], is_inverse: bool) -> list[Any]:
    a, b = e.sum(z[0], z[2]), e.difference(z[0], z[2])
    c, d = e.sum(z[1], z[3]), e.difference(z[1], z[3])
    plus = (e.subtract(b[0], d[1]), e.add(b[1], d[0]))  # b + i d
    minus = (e.add(b[0], d[1]), e.subtract(b[1], d[0]))  # b - i d
    first, last = (plus, minus) if is_inverse else (minus, plus)
    return [e.sum(a, c), first, e.difference(a, c), last]


def _points_3(e: _Emitter, z: list[Any], is_inverse: bool) -> list[Any]:
    s, d = e.sum(z[1], z[2]), e.difference(z[1], z[2])
    middle = tuple(e.subtract(z[0][i], e.scaled(0.5, s[i])) for i in (0, 1))
    side = tuple(e.scaled(0.8660254037844386, d[i]) for i in (0, 1))
    plus = (e.subtract(middle[0], side[1]), e.add(middle[1], side[0]))
    minus = (e.add(middle[0], side[1]), e.subtract(middle[1], side[0]))
    return [e.sum(z[0], s), plus, minus] if is_inverse else [e.sum(z[0], s), minus, plus]


def _points_5(e: _Emitter, z: list[Any], is_inverse: bool) -> list[Any]:
    c1, c2 = 0.30901699437494745, -0.8090169943749475
    s1, s2 = 0.9510565162951535, 0.5877852522924731
    p, q = e.sum(z[1], z[4]), e.sum(z[2], z[3])
    u, v = e.difference(z[1], z[4]), e.difference(z[2], z[3])

    def mixed(a: Any, b: Any, x: float, y: float) -> tuple[Any, Any]:
        real = e.add(e.scaled(x, a[0]), e.scaled(y, b[0]))
        return real, e.add(e.scaled(x, a[1]), e.scaled(y, b[1]))

    near, far = e.sum(z[0], mixed(p, q, c1, c2)), e.sum(z[0], mixed(p, q, c2, c1))
    side, other = mixed(u, v, s1, s2), mixed(u, v, s2, -s1)

    def plus(a: Any, b: Any) -> tuple[Any, Any]:
        return e.subtract(a[0], b[1]), e.add(a[1], b[0])

    def minus(a: Any, b: Any) -> tuple[Any, Any]:
        return e.add(a[0], b[1]), e.subtract(a[1], b[0])

    first = e.sum(z[0], e.sum(p, q))
    if is_inverse:
        return [first, plus(near, side), plus(far, other), minus(far, other), minus(near, side)]
    return [first, minus(near, side), minus(far, other), plus(far, other), plus(near, side)]


_POINTS = {2: _points_2, 3: _points_3, 4: _points_4, 5: _points_5}


def _butterfly(radix: int, *, is_inverse: bool, is_turned: bool) -> Any:
    """Return the intrinsic for `radix` elements, a stride apart.

    Forward (decimation in frequency) the factors come after the butterfly, in the inverse before
    it; `is_turned` is off for the innermost butterflies, whose factors are all 1.
    """

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        e = _Emitter(context, builder, signature, values)
        data, factors = e.array(0), e.array(3)
        _, place, stride, _, at = values
        places = [e.shifted(place, stride, leg) for leg in range(radix)]
        z = [e.element(data, each) for each in places]

        def turn(z: list[Any]) -> list[Any]:
            if not is_turned:
                return z
            turned = [z[0]]
            for leg in range(1, radix):
                w = tuple(e.broadcast(factors, e.shifted(at, 2 * leg - 2 + i)) for i in (0, 1))
                turned.append(e.turned(z[leg], w, is_inverse))
            return turned

        points = _POINTS[radix]
        z = points(e, turn(z), True) if is_inverse else turn(points(e, z, False))
        for each, value in zip(places, z, strict=True):
            e.store_element(value, data, each)
        return context.get_dummy_value()

    def typed(
        typing_context: Any, data: Any, place: Any, stride: Any, factors: Any, at: Any
    ) -> Any:
        index = types.intp
        return types.void(data, index, index, factors, index), generate

    return as_intrinsic(typed)


forward_2 = _butterfly(2, is_inverse=False, is_turned=True)
forward_3 = _butterfly(3, is_inverse=False, is_turned=True)
forward_4 = _butterfly(4, is_inverse=False, is_turned=True)
forward_5 = _butterfly(5, is_inverse=False, is_turned=True)
inverse_2 = _butterfly(2, is_inverse=True, is_turned=True)
inverse_3 = _butterfly(3, is_inverse=True, is_turned=True)
inverse_4 = _butterfly(4, is_inverse=True, is_turned=True)
inverse_5 = _butterfly(5, is_inverse=True, is_turned=True)
plain_forward_4 = _butterfly(4, is_inverse=False, is_turned=False)
plain_inverse_4 = _butterfly(4, is_inverse=True, is_turned=False)


@as_intrinsic
def transpose(
    typing_context: Any, source: Any, place: Any, stride: Any, target: Any, to: Any, apart: Any
) -> Any:
    """Write the 16 by 16 square of rows `stride` apart at `place`, turned, with rows `apart`."""
    index = types.intp

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        e = _Emitter(context, builder, signature, values)
        given, written = e.array(0), e.array(3)
        _, first, step, _, goal, gap = values
        rows = [e.load(given, e.shifted(first, step, i)) for i in range(LANES)]
        for i, row in enumerate(_turned_square(builder, rows)):
            e.store(row, written, e.shifted(goal, gap, i))
        return context.get_dummy_value()

    return types.void(source, index, index, target, index, index), generate


def _turned_square(builder: Any, rows: list[Any]) -> list[Any]:
    """Return the columns: blocks of 1, 2, 4, 8 numbers change places between pairs of rows."""
    size = 1
    while size < LANES:
        low = [i + (LANES - size if i & size else 0) for i in range(LANES)]
        high = [i + (LANES if i & size else size) for i in range(LANES)]
        after = list(rows)
        for i in range(LANES):
            if not i & size:
                a, b = rows[i], rows[i + size]
                after[i] = builder.shuffle_vector(a, b, _mask(low))
                after[i + size] = builder.shuffle_vector(a, b, _mask(high))
        rows = after
        size *= 2
    return rows


def _mask(places: list[int]) -> Any:
    return ir.Constant(ir.VectorType(ir.IntType(32), LANES), places)


@as_intrinsic
def separate(
    typing_context: Any, data: Any, place: Any, mirror: Any, target: Any, to: Any, part: Any
) -> Any:
    """Split Z[k], Z[-k] of two real sequences a + i b into 2 A[k], 2 B[k].

    Written as four vectors, `part` numbers apart: real and imaginary of 2 A, then of 2 B.
    """
    index = types.intp

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        e = _Emitter(context, builder, signature, values)
        given, written = e.array(0), e.array(3)
        _, place, mirror, _, goal, apart = values
        z, m = e.element(given, place), e.element(given, mirror)
        parts = (
            e.add(z[0], m[0]),
            e.subtract(z[1], m[1]),
            e.add(z[1], m[1]),
            e.subtract(m[0], z[0]),
        )
        for i, value in enumerate(parts):
            e.store(value, written, e.shifted(goal, apart, i))
        return context.get_dummy_value()

    return types.void(data, index, index, target, index, index), generate


@as_intrinsic
def combine(
    typing_context: Any, source: Any, place: Any, part: Any, target: Any, to: Any, mirror: Any
) -> Any:
    """Write Z[k] and Z[-k] of a + i b from A[k] and B[k], laid out as `separate` does."""
    index = types.intp

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        e = _Emitter(context, builder, signature, values)
        given, written = e.array(0), e.array(3)
        _, place, apart, _, goal, mirror = values
        ar, ai, br, bi = (e.load(given, e.shifted(place, apart, i)) for i in range(4))
        e.store_element((e.add(ar, bi), e.subtract(br, ai)), written, mirror)
        e.store_element((e.subtract(ar, bi), e.add(ai, br)), written, goal)
        return context.get_dummy_value()

    return types.void(source, index, index, target, index, index), generate


@as_intrinsic
def weigh(
    typing_context: Any, source: Any, place: Any, weights: Any, at: Any, target: Any, to: Any
) -> Any:
    """Write an element times 16 real weights."""
    index = types.intp

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        e = _Emitter(context, builder, signature, values)
        given, factors, written = e.array(0), e.array(2), e.array(4)
        _, place, _, at, _, goal = values
        z, w = e.element(given, place), e.load(factors, at)
        e.store_element((e.multiply(z[0], w), e.multiply(z[1], w)), written, goal)
        return context.get_dummy_value()

    return types.void(source, index, weights, index, target, index), generate
