"""Checks of a translation: segment pairs and a glossary in, findings out.

A check is one module in `checks/rules`: its docstring is its page in the documentation, `CODE` its name, `FAULTY` and
`SOUND` are examples that the tests hold it to, and `run(checked, context)` yields its findings. Three frozen values lead
to a finding, each made from the one before: a `Pair` (a segment with the terms found in it), the `DocumentStats` of the
documents so far, and a `RenderingFault` on each term that no known rendering answers. `batch` makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from termbank.checks.context import CheckContext
from termbank.checks.inputs import CheckInput
from termbank.checks.registry import CHECKS, Check, find_check
from termbank.model.finding import Finding

__all__ = ["CHECKS", "Check", "CheckModule", "find_check", "load_check"]


class CheckModule(Protocol):
    """What the module of a check offers."""

    CODE: str

    def run(self, checked: CheckInput, context: CheckContext) -> Iterator[Finding]: ...


def load_check(check: Check) -> CheckModule:
    """Import the module of a check."""
    return cast(CheckModule, import_module(check.module))
