"""The same answers from a Dask cluster as from one process, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.model.errors import TermbankError
from termbank.services.document_files import DocumentFiles
from termbank.services.document_jobs import ScanJob
from termbank.services.document_map import DocumentOutcome, map_documents
from termbank.services.worker_pool import WorkerSettings

Client = pytest.importorskip("distributed").Client
ADDRESS = "tcp://127.0.0.1:{}"


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, as a person starts them."""
    port = free_port()
    log = (tmp_path / "cluster.log").open("wb")

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        process = subprocess.Popen(command, cwd=tmp_path, env=os.environ, stdout=log, stderr=log)
        stack.callback(process.wait)
        stack.callback(process.kill)
        return process

    with ExitStack() as stack:
        stack.enter_context(log)
        start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        address = ADDRESS.format(port)
        worker = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [start(*worker, "--name", name) for name in ("one", "two")]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield Cluster(address, workers)


@pytest.fixture
def documents(tmp_path: Path) -> list[DocumentFiles]:
    found = []
    for number in range(60):
        path = tmp_path / f"{number:02}.txt"
        path.write_bytes(f"各地发展新质生产力，第{number}次。\n".encode() * 40 if number != 7 else b"")
        found.append(DocumentFiles(en=path))
    return found


def shown(outcome: DocumentOutcome[object]) -> tuple[object, str]:
    return outcome.answer, str(outcome.error)


def test_a_cluster_answers_what_one_process_answers(cluster: Cluster, documents: list[DocumentFiles]) -> None:
    job = ScanJob(GLOSSARY)
    alone = list(map(shown, map_documents(job, documents, WorkerSettings(1))))
    assert sum(answer is not None for answer, _ in alone) == 59
    assert "07.txt: the file is empty." in alone[7][1]
    found = []
    for outcome in map_documents(job, documents, WorkerSettings(cluster=cluster.address)):
        if len(found) == 5:
            cluster.workers[0].send_signal(signal.SIGKILL)
        found.append(shown(outcome))
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert found == alone


def test_an_address_without_a_scheduler_is_named(
    documents: list[DocumentFiles], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("termbank.services.worker_pool.ANSWER", 1)
    for address in (ADDRESS.format(free_port()), "nonsense"):
        with pytest.raises(TermbankError, match=f"no Dask scheduler answers at {address}"):
            list(map_documents(ScanJob(GLOSSARY), documents, WorkerSettings(cluster=address)))
