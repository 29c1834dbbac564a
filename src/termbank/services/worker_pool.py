"""Executors that work on one job: processes of this machine, or the workers of a Dask cluster.

A job is pickled once. It reaches a process of this machine when that starts, and a cluster as a task of its own, so that a
worker that joins late or restarts gets it too. Tasks name it by its `SharedJob`, and a process prepares it once.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import sha256
from multiprocessing import get_context, parent_process
from threading import RLock, Thread
from types import ModuleType
from typing import Any, NamedTuple, Protocol, TypeVar

from termbank.model.errors import MissingExtraError, TermbankError
from termbank.model.message import message

_Result = TypeVar("_Result")

MOST = 4
"""One parent does not keep more processes busy."""
AHEAD = 2
"""Tasks that wait for each worker, so that it need not wait for the next."""
ANSWER = 10
"""Seconds in which a scheduler has to answer, and a worker to be there."""


def installed_version() -> str:
    """The version of termbank that is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("termbank")
    except PackageNotFoundError:
        return "unknown"


class Job(Protocol):
    """What workers do; `prepare` loads what every task needs and returns what the tasks call."""

    def prepare(self) -> Any: ...


class SharedJob(NamedTuple):
    """A job as the tasks name it; `data` is empty where the process got it when it started."""

    key: str
    data: bytes
    version: str


class WorkerPool(NamedTuple):
    """An executor, how many tasks it works on at once, and what its tasks take as their job (a `SharedJob` when they run)."""

    executor: Executor
    size: int
    job: Any

    @property
    def ahead(self) -> int:
        """How many tasks are given out before the first result is waited for."""
        return AHEAD * self.size

    def submit(self, task: Callable[..., _Result], *arguments: Any) -> Future[_Result]:
        """Give out a task, which is called with the job and the arguments.

        Raises:
            TermbankError: no worker can be started.
        """
        try:
            with _clean_start():
                return self.executor.submit(task, self.job, *arguments)
        except (OSError, BrokenProcessPool) as error:
            raise _failure(error) from error


class WorkerSettings(NamedTuple):
    """Which workers to use: how many of this machine (None: as many as the work is worth), or those of a cluster."""

    workers: int | None = None
    cluster: str | None = None

    def processes(self, enough: bool) -> int:
        """How many processes of this machine to use; 1 means this process alone.

        Without a number of its own, `TERMBANK_PROCESSES` says it; else there are several where `enough` is to be done.
        """
        wanted = os.environ.get("TERMBANK_PROCESSES", "")
        if self.workers is not None:
            return self.workers
        if wanted.isdecimal():
            return max(1, int(wanted))
        if not enough or not sys.executable or getattr(sys, "frozen", False):
            return 1  # a frozen program cannot start a worker
        return min(MOST, os.cpu_count() or 1)


@contextmanager
def open_pool(job: Job, processes: int, cluster: str | None = None) -> Iterator[WorkerPool]:
    """Start the processes, or connect to the cluster at an address.

    Raises:
        TermbankError: no scheduler answers, or it has no worker.
        MissingExtraError: a cluster without the extra `cluster`.
    """
    data = pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL)
    key = sha256(data).hexdigest()
    if cluster is not None:
        with _connect(cluster) as client:
            size = sum(client.nthreads().values())
            shared = client.submit(SharedJob, key, data, installed_version(), pure=False)
            yield WorkerPool(client.get_executor(pure=False), size, shared)
        return
    executor = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=start_worker, initargs=(key, data)
    )
    try:
        yield WorkerPool(executor, processes, SharedJob(key, b"", installed_version()))
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _connect(address: str) -> Iterator[Any]:
    """A client of the Dask scheduler at an address that has at least one worker."""
    try:
        import logging

        from distributed import Client
    except ImportError as error:
        raise MissingExtraError(
            message("working on a cluster needs the optional part “cluster”, which is not installed."),
            remedy=message('Install it with: pip install "termbank[cluster]"'),
        ) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what went wrong is reported below
    remedy = message("Start one with `dask scheduler` and `dask worker`, and give the scheduler's address.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about large tasks and other versions, meant for programmers
        try:
            client: Any = Client(address, timeout=ANSWER, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            text = message("no Dask scheduler answers at {address}.", address=address)
            raise TermbankError(text, remedy=remedy) from error
        try:
            client.wait_for_workers(1, timeout=ANSWER)
            yield client
        except TimeoutError as error:
            text = message("the Dask scheduler at {address} has no worker.", address=address)
            raise TermbankError(text, remedy=remedy) from error
        finally:
            client.close()


def result_of(future: Future[_Result]) -> _Result:
    """Wait for a result; where waiting cannot be interrupted by Ctrl-C, it is done a second at a time.

    Raises:
        TermbankError: the task raised it, or its worker failed or ended.
    """
    while True:
        try:
            return future.result(timeout=1)
        except TimeoutError:
            if future.done():
                raise
        except TermbankError:
            raise
        except Exception as error:
            raise _failure(error) from error


def _failure(error: Exception) -> TermbankError:
    if isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker":
        text = message("a worker process ended unexpectedly.")
    elif isinstance(error, OSError):
        text = message("a worker process cannot be started ({reason}).", reason=str(error))
    else:
        reason = f"{type(error).__name__}: {error}"
        text = message("a worker process failed ({reason}).", reason=reason)
    return TermbankError(text, remedy=message("Work in one process: set TERMBANK_PROCESSES=1."))


@contextmanager
def _clean_start() -> Iterator[None]:
    """Start workers that do not import the caller's main module and do not react to Ctrl-C.

    A worker would run a script that calls termbank once more; an interrupt is for the caller to handle.
    """
    main = sys.modules["__main__"]
    blocked = None
    if hasattr(signal, "pthread_sigmask"):
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


# -- in a worker -----------------------------------------------------------------------------


_received: dict[str, bytes] = {}
_prepared: dict[str, Any] = {}

ONE_AT_A_TIME = RLock()
"""Held by each task: the threads of a cluster's worker share the caches of one process."""


def start_worker(key: str, data: bytes) -> None:
    """Prepare a process of this machine to work on a job."""
    _received[key] = data
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library may print must not get into the report.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def prepared(job: SharedJob) -> Any:
    """What the job's `prepare` returned in this process; the last job stays prepared.

    Raises:
        TermbankError: this worker has another version of termbank.
    """
    if job.key not in _prepared:
        own = installed_version()
        if job.version != own:
            raise TermbankError(
                message("a worker has termbank {other}, not {own}.", other=own, own=job.version),
                remedy=message("Install the same version everywhere."),
            )
        made = pickle.loads(job.data or _received[job.key]).prepare()
        _prepared.clear()
        _prepared[job.key] = made
    return _prepared[job.key]
