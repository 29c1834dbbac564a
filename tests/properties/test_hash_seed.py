"""Results do not depend on Python's hash seed: two processes with different seeds print the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from termbank.services.lexicon_cache import lexicon

SEEDS = ("1", "4242")
TERMS = "zh,en\n碳达峰,carbon dioxide peaking\n碳中和,carbon neutrality\n可再生能源,renewable energy\n"
LINES = 5
"""Lines of the sample texts; extraction takes a second for some ten sentences."""

RUN = """
import sys
from termbank.cli.app import run

zh, en, glossary = sys.argv[1:]
for arguments in (
    ["align", zh, en, "--format", "json"],
    ["extract", zh, en, "--format", "json"],
    ["check", en, "--source", zh, "--glossary", glossary, "--format", "json", "--fail-on", "never"],
):
    assert run(arguments) == 0, arguments
"""


def test_align_extract_and_check_give_the_same_bytes_under_any_hash_seed(root: Path, tmp_path: Path) -> None:
    files = []
    for name in ("carbon-goals.zh.txt", "carbon-goals.news.en.txt"):
        lines = (root / "corpus" / name).read_text("utf-8").splitlines()
        files.append(tmp_path / name)
        files[-1].write_text("\n".join(lines[:LINES]), "utf-8")
    files.append(tmp_path / "terms.csv")
    files[-1].write_text(TERMS, "utf-8")
    lexicon()  # built once, so that the processes read it from the cache
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, *map(str, files)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in SEEDS
    ]
    one, other = (process.communicate()[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert one.count(b'"schema"') == 3
    assert one == other
