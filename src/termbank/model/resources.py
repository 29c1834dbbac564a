"""Packaged data, and what is compiled from it once.

`read_json` is the one reader of the JSON files that ship inside the packages. Weights and calibration tables lie beside
the code that uses them. Each file is an object whose `about` says what the numbers are, where they come from, and within
what tolerance the fitting program gives them back.

`compiled` gives bytes that take long to make, such as a table of a dictionary's words, from a cache where there is one.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol


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


@cache
def package_data(package: str, name: str) -> bytes:
    """A data file of an installed package, which is not imported.

    Raises:
        ModuleNotFoundError: The package is not installed.
        OSError: The file cannot be read.
    """
    spec = find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"{package} is not installed")
    loader: Any = spec.loader
    data: bytes = loader.get_data(f"{spec.submodule_search_locations[0]}/{name}")
    return data


class CompiledCache(Protocol):
    """Where compiled resources are kept between one run and the next; `read` may give a memory-mapped file."""

    def read(self, name: str) -> memoryview | None: ...
    def write(self, name: str, data: bytes) -> None: ...


_cache: CompiledCache | None = None


def use_cache(given: CompiledCache | None) -> None:
    """Keep compiled resources in this cache from now on; the services name that of the person."""
    global _cache
    _cache = given


def compiled(name: str, make: Callable[[], bytes]) -> memoryview:
    """A compiled resource.

    Args:
        name: Its name, with a mark of everything it is made from.
        make: Makes it, where the cache has no copy.
    """
    copy = None if _cache is None else _cache.read(name)
    if copy is not None:
        return copy
    made = make()
    if _cache is not None:
        _cache.write(name, made)
    return memoryview(made)
