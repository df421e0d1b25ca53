"""How much memory this process may still take, asked of the operating system."""

import ctypes
import os
import sys
from pathlib import Path


def available_bytes() -> int | None:
    """Return how many bytes can be taken without swapping, or None where that is not told."""
    if sys.platform == "win32":
        return _windows_bytes()
    known = [each for each in (_linux_bytes(), _group_bytes()) if each is not None]
    return min(known) if known else _half_of_all()


def _linux_bytes() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        found = next(line for line in lines if line.startswith("MemAvailable:"))
        return 1024 * int(found.split()[1])
    except (OSError, StopIteration, ValueError):
        return None


def _group_bytes() -> int | None:
    """Return what the limit of the control group leaves, as in a container."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = int((folder / "memory.max").read_text())
        return max(0, limit - int((folder / "memory.current").read_text()))
    except (OSError, ValueError):
        return None  # no such group, or "max": no limit


def _half_of_all() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):
        return None


def _windows_bytes() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in _WINDOWS_FIELDS),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.available)


_WINDOWS_FIELDS = (
    "total",
    "available",
    "pages",
    "free_pages",
    "virtual",
    "free_virtual",
    "extended",
)
