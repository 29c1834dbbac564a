"""Packaged data: the one reader of the JSON files that ship inside the packages.

Weights and calibration tables lie beside the code that uses them. Each file is an object whose `about` says what the
numbers are, where they come from, and within what tolerance the fitting program gives them back.
"""

from __future__ import annotations

import json
import pkgutil
from functools import cache
from typing import Any


@cache
def read_json(package: str, name: str) -> dict[str, Any]:
    """The JSON object in a packaged file.

    Args:
        package: the package in which the file lies, as `termbank.checks`.
        name: the name of the file, as `weights.json`.

    Returns:
        The object, the same one each time; callers do not change it.

    Raises:
        FileNotFoundError: the installation lacks the file.
    """
    # pkgutil, since importlib.resources loads zipfile and tempfile, which every start would pay for.
    found = pkgutil.get_data(package, name)
    if found is None:
        raise FileNotFoundError(f"{package} has no {name}")
    data: dict[str, Any] = json.loads(found)
    return data
