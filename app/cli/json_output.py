"""Results as JSON on standard output."""

import json
import sys
from collections.abc import Mapping
from typing import Any


def print_json(result: Mapping[str, Any]) -> None:
    """Print `result`; a number that is not finite is a mistake of ours, never printed."""
    json.dump(result, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    sys.stdout.write("\n")
