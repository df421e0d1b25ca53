"""The kernel of GIF's compression."""

import numba as nb  # noqa: TID253
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]


@nb.njit(cache=True, nogil=True)
def compress_lzw(pixels: Bytes, followers: npt.NDArray[np.int16], out: Bytes) -> int:
    """Write pixels as GIF's LZW codes of 9 to 12 bits and return how many bytes they took.

    pixels : uint8[n], n > 0
    followers : int16[4096, 256], room for the table
    out : uint8 with room for 2 n + 16
    """
    clear, end = 256, 257
    followers[:] = -1
    free, width = 258, 9
    word = np.uint64(clear)
    bits = 9
    count = 0
    code = np.int64(pixels[0])
    for i in range(1, pixels.shape[0] + 1):
        following = np.int64(followers[code, pixels[i]]) if i < pixels.shape[0] else np.int64(-1)
        if following >= 0:
            code = following
            continue
        word |= np.uint64(code) << np.uint64(bits)
        bits += width
        while bits >= 8:
            out[count] = word & np.uint64(255)
            count += 1
            word >>= np.uint64(8)
            bits -= 8
        if i == pixels.shape[0]:
            break
        if free < 4096:
            followers[code, pixels[i]] = free
            if free == 1 << width:
                width += 1
            free += 1
        else:
            word |= np.uint64(clear) << np.uint64(bits)
            bits += width
            followers[:] = -1
            free, width = 258, 9
        code = np.int64(pixels[i])
    # the decoder has one entry more by now, so its width may have grown
    if free == 1 << width and width < 12:
        width += 1
    word |= np.uint64(end) << np.uint64(bits)
    bits += width
    while bits > 0:
        out[count] = word & np.uint64(255)
        count += 1
        word >>= np.uint64(8)
        bits -= 8
    return count
