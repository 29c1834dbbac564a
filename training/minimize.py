"""Limited-memory BFGS, in NumPy alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

Floats = Any
Loss = Callable[[Floats], tuple[float, Floats]]
"""From weights to a value and its gradient."""

_MEMORY = 8
_SUFFICIENT = 1e-4
"""The share of the expected decrease that a step must bring (Armijo's condition)."""
_MIN_STEP = 1e-3
_CONVERGED = 5e-6


def lbfgs(loss: Loss, start: Floats, iterations: int) -> Floats:
    """Minimise a smooth function by L-BFGS with backtracking (Nocedal & Wright 2006, algorithm 7.5).

    Args:
        loss: the function, with its gradient.
        start: where to begin.
        iterations: at most so many; fewer where the value has converged. Each prints a line to standard error.
    """
    here, (value, gradient) = start.copy(), loss(start)
    past: list[tuple[Floats, Floats]] = []
    for number in range(iterations):
        direction = _direction(gradient, past)
        step = 1.0
        while True:
            there = here - step * direction
            new, new_gradient = loss(there)
            if new <= value - _SUFFICIENT * step * float(gradient @ direction) or step < _MIN_STEP:
                break
            step /= 2
        if (there - here) @ (new_gradient - gradient) > 1e-10:
            past = [*past, (there - here, new_gradient - gradient)][-_MEMORY:]
        gained, here, value, gradient = value - new, there, new, new_gradient
        print(f"    {number + 1:3}  loss {value:.2f}", file=sys.stderr, flush=True)
        if abs(gained) < _CONVERGED * abs(value):
            break
    return here


def _direction(gradient: Floats, past: list[tuple[Floats, Floats]]) -> Floats:
    """The gradient times the inverse Hessian that the last moves and changes of the gradient imply."""
    direction, shares = gradient.copy(), []
    for moved, changed in reversed(past):
        shares.append(float(moved @ direction) / float(changed @ moved))
        direction -= shares[-1] * changed
    scale = past[-1][0] @ past[-1][1] / (past[-1][1] @ past[-1][1]) if past else 1 / np.abs(direction).sum()
    direction *= scale
    for (moved, changed), share in zip(past, reversed(shares), strict=True):
        direction += (share - float(changed @ direction) / float(changed @ moved)) * moved
    return direction
