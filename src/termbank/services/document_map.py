"""Work over many documents: a map on any executor, whose answers come back in the order of the documents.

A `DocumentJob` prepares itself once in each process and answers one document at a time; what must be joined is joined by
its caller, who alone writes. A document that cannot be read or used is an outcome with its error, and the others go on.
The answers do not depend on how many workers there are, nor on where or when they ran.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.services.document_files import DocumentFiles
from termbank.services.garbage_collection import relaxed_garbage_collection
from termbank.services.glossary_pickle import GlossaryPickle
from termbank.services.worker_pool import (
    ONE_AT_A_TIME,
    SharedJob,
    WorkerPool,
    WorkerSettings,
    open_pool,
    prepared,
    result_of,
)

Answer = TypeVar("Answer")
AnswerCo = TypeVar("AnswerCo", covariant=True)

ENOUGH = 200_000
"""Bytes of documents from which on several processes are faster: each needs a second or two to load what it works with."""
TASKS = 8
"""Tasks for each worker, so that all end at about the same time."""
MOST_IN_TASK = 32


class DocumentJob(Protocol[AnswerCo]):
    """Work on one document after the other.

    `prepare` returns the function that answers one document; `glossary` is that of the answers' concepts, if they have any.
    """

    @property
    def glossary(self) -> Glossary | None: ...

    def prepare(self) -> Callable[[DocumentFiles], AnswerCo]: ...


@dataclass(frozen=True)
class DocumentOutcome(Generic[Answer]):
    """A document with its answer, or with the error that kept it from being answered."""

    files: DocumentFiles
    answer: Answer | None
    error: TermbankError | None = None


def map_documents(
    job: DocumentJob[Answer],
    documents: Sequence[DocumentFiles],
    workers: WorkerSettings | None = None,
    progress: Progress | None = None,
) -> Iterator[DocumentOutcome[Answer]]:
    """Answer documents, in their order.

    Args:
        job: what is done; it is pickled where there are several processes.
        workers: by default the processes that the size of the documents is worth.
        progress: called with the documents done and all.

    Raises:
        TermbankError: the job cannot be prepared, the cluster does not answer, or a worker ended.
    """
    workers = workers or WorkerSettings()
    processes = min(workers.processes(_is_much(documents)), len(documents))
    if workers.cluster is None and processes <= 1:
        outcomes = _map_here(job, documents)
    else:
        outcomes = _map_in_pool(job, documents, processes, workers.cluster)
    for number, outcome in enumerate(outcomes, 1):
        if progress is not None:
            progress(number, len(documents))
        yield outcome


def _is_much(documents: Sequence[DocumentFiles]) -> bool:
    """Whether the documents are worth several processes."""
    size = 0
    for document in documents if len(documents) > 1 else ():
        for path in document.paths:
            with contextlib.suppress(OSError):  # reported when it is read
                size += path.stat().st_size
        if size >= ENOUGH:
            return True
    return False


def _map_here(
    job: DocumentJob[Answer], documents: Sequence[DocumentFiles]
) -> Iterator[DocumentOutcome[Answer]]:
    answer = job.prepare()
    with relaxed_garbage_collection():
        for document in documents:
            yield _outcome(answer, document)


def _outcome(answer: Callable[[DocumentFiles], Answer], document: DocumentFiles) -> DocumentOutcome[Answer]:
    try:
        return DocumentOutcome(document, answer(document))
    except TermbankError as error:
        return DocumentOutcome(document, None, error)
    except Exception as error:  # one document does not end the work on all the others
        if os.environ.get("TERMBANK_DEBUG"):
            raise
        kind = type(error).__name__
        text = message("it cannot be worked on ({kind}: {error}).", kind=kind, error=str(error))
        return DocumentOutcome(document, None, TermbankError(text, file=str(document)))


def _map_in_pool(
    job: DocumentJob[Answer], documents: Sequence[DocumentFiles], processes: int, cluster: str | None
) -> Iterator[DocumentOutcome[Answer]]:
    with open_pool(_InWorker(job), processes, cluster) as pool:
        yield from map_in_pool(pool, job.glossary, documents)


def map_in_pool(
    pool: WorkerPool, glossary: Glossary | None, documents: Sequence[DocumentFiles]
) -> Iterator[DocumentOutcome[Answer]]:
    """Answer documents on any executor, in their order; a bounded number of tasks and answers waits at once."""
    references = GlossaryPickle(glossary or Glossary())
    folder = os.getcwd()
    size = max(1, min(MOST_IN_TASK, len(documents) // (TASKS * pool.size)))
    tasks = [tuple(documents[at : at + size]) for at in range(0, len(documents), size)]
    waiting: deque[Future[bytes]] = deque()
    for task in tasks[: pool.ahead]:
        waiting.append(pool.submit(answer_documents, folder, task))
    for number in range(len(tasks)):
        data = result_of(waiting.popleft())
        if number + pool.ahead < len(tasks):
            waiting.append(pool.submit(answer_documents, folder, tasks[number + pool.ahead]))
        yield from references.loads(data)


class _InWorker(NamedTuple):
    """A document job as a worker prepares it: what answers one document, and what pickles the answers."""

    job: DocumentJob[Any]

    def prepare(self) -> tuple[Callable[[DocumentFiles], Any], GlossaryPickle]:
        return self.job.prepare(), GlossaryPickle(self.job.glossary or Glossary())


def answer_documents(job: SharedJob, folder: str, documents: Sequence[DocumentFiles]) -> bytes:
    """Answer some documents, in a worker; `folder` is the one that their names start from.

    Raises:
        TermbankError: the folder is not there on this worker's machine.
    """
    with ONE_AT_A_TIME:
        answer, references = prepared(job)
        if not os.path.isdir(folder):
            raise TermbankError(
                message("a worker does not have this folder."),
                file=folder,
                remedy=message("Let all workers see the documents under the same path."),
            )
        with contextlib.chdir(folder), relaxed_garbage_collection():
            outcomes = [_outcome(answer, document) for document in documents]
            data: bytes = references.dumps(outcomes)
            return data
