"""Copies of the bank: taken while it is in use, checked before they get their names, and restored.

A copy in a folder is named by its time, and the oldest are removed. A bank that is damaged is not copied, so that a
damaged copy never takes the place of a sound one. What a restored copy replaces is kept beside it.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from termbank.model.errors import BankError, TermbankError, UnreadableError
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.services import settings
from termbank.services.bank_checks import describe_contents, require_sound
from termbank.store.bank import Bank
from termbank.store.bank_copy import copy_bank, replace_bank
from termbank.store.private_files import make_folder, remove_database, sweep, sync_folder

KEEP = 10
"""Copies kept in a folder by default."""
_COPY_NAME = re.compile(r"bank-\d{8}-\d{6}(-\d+)?\.sqlite")


@dataclass(frozen=True)
class BackupResult:
    """A copy that was taken: its file, what it holds, and the older copies that were removed."""

    file: Path
    contents: str
    removed: tuple[Path, ...] = ()


def back_up(
    bank: Bank, to: Path | str, *, keep: int = KEEP, progress: Progress | None = None
) -> BackupResult:
    """Copy a bank that may be in use into a file, or into a folder under the name of the time.

    Args:
        bank: The bank.
        to: A file, or a folder (one that exists, or whose name ends with a slash).
        keep: Copies of this bank to keep in a folder; older ones are removed once the new one is there.
        progress: Called while the pages are copied.

    Raises:
        BankError: The bank is damaged, or the copy cannot be written; older copies stay as they are.
        TermbankError: The file is there already and is no older copy of this bank.
    """
    place = Path(to).expanduser()
    into_folder = place.is_dir() or str(to).endswith(("/", os.sep))
    if into_folder:
        _create_folder(place)
        target = free_name(place, f"bank-{stamp()}", ".sqlite")
    else:
        target = place
        _check_target(bank, target)
    contents = _copy_to(bank, target, progress)
    return BackupResult(target, contents, tuple(_remove_older(bank, place, keep)) if into_folder else ())


def _copy_to(bank: Bank, target: Path, progress: Progress | None) -> str:
    """Copy a bank beside the target, check the copy and give it its name; returns what it holds."""
    beside = _beside(target)
    try:
        sweep(target.parent)
        copy_bank(bank.path, beside, progress)
        with _open_checked(beside, target, read_only=True) as copy:
            require_sound(
                copy,
                message("the bank is damaged and was not copied; older copies are as they were."),
                str(bank.path),
                message("`termbank restore FROM` puts a sound copy in its place."),
            )
            contents = describe_contents(copy)
        os.replace(beside, target)
        sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the copy cannot be written: {reason}.", reason=reason), file=str(target)
        ) from None
    finally:
        remove_database(beside)
    return contents


def _create_folder(folder: Path) -> None:
    try:
        make_folder(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BankError(
            message("the folder for the copies cannot be created: {reason}.", reason=reason), file=str(folder)
        ) from None


def _check_target(bank: Bank, target: Path) -> None:
    """Refuse a file that is there, unless it is an older copy of the same bank."""
    if not target.parent.is_dir():
        raise TermbankError(
            message("there is no folder {parent} to keep a copy in.", parent=str(target.parent)),
            remedy=message("Create it, or give another name."),
        )
    if not target.exists():
        return
    in_use = target.samefile(bank.path) or target.with_name(f"{target.name}-wal").exists()
    if not in_use:
        with contextlib.suppress(BankError), Bank.open(target, read_only=True) as copy:
            if copy.seal() == bank.seal(copy.latest):
                return
    raise TermbankError(
        message("there is a file of this name already, and it is no older copy of this bank."),
        file=str(target),
        remedy=message("Give another name, or a folder."),
    )


def _remove_older(bank: Bank, folder: Path, keep: int) -> Iterator[Path]:
    """Remove all but the newest copies of this bank; those of another bank, and damaged ones, stay."""
    first = bank.seal(1)
    for count, copy in enumerate(_copies(folder)):
        if count < keep:
            continue
        with contextlib.suppress(BankError, OSError):
            with Bank.open(copy, read_only=True) as old:
                same = old.seal(1) == first
            if same:
                copy.unlink()
                yield copy


def _copies(folder: Path) -> list[Path]:
    """The copies in a folder, the newest first."""
    return sorted((path for path in folder.iterdir() if _COPY_NAME.fullmatch(path.name)), reverse=True)


# -- restoring ---------------------------------------------------------------------------------


@dataclass
class PreparedRestore:
    """A copy that passed the checks and lies beside the bank, ready to take its place.

    Attributes:
        file: the copy it was made from.
        contents: what the copy holds.
        bank: the bank to replace.
        replaced: what the bank to replace holds; None where there is none, or it cannot be read.
        remarks: copies in the folder that were passed over, and why.
    """

    file: Path
    contents: str
    bank: Path
    replaced: str | None
    remarks: tuple[str, ...]
    _beside: Path = field(repr=False)

    @property
    def replaces(self) -> bool:
        """Whether a bank will be replaced."""
        return self.bank.exists()

    def put_in_place(self) -> Path | None:
        """Put the copy in the bank's place; returns the file where the bank before is kept, None where there was none."""
        if not self.replaces:
            try:
                os.link(self._beside, self.bank)
            except OSError:  # a file system without links
                os.replace(self._beside, self.bank)
            return None
        kept = free_name(self.bank.parent, f"{self.bank.stem}-{stamp()}", self.bank.suffix)
        replace_bank(self.bank, self._beside, kept)
        return kept


@contextlib.contextmanager
def prepare_restore(
    source: Path | str, bank: Path | None = None, progress: Progress | None = None
) -> Iterator[PreparedRestore]:
    """Check a copy wholly, and put it beside the bank; nothing is replaced until `put_in_place`.

    Args:
        source: A copy, or a folder of copies, of which the newest sound one is taken.
        bank: The bank to replace, by default the person's own.
        progress: Called while the pages are copied.

    Raises:
        TermbankError: The copy is missing, foreign, truncated or damaged; nothing was changed.
    """
    place = settings.bank_path(bank).expanduser()
    given = Path(source).expanduser()
    _create_folder(place.parent)
    beside = _beside(place)
    sweep(place.parent, place.name)
    remarks: list[str] = []
    try:
        for file in _candidates(given):
            try:
                contents = _copy_and_check(file, beside, progress)
            except BankError as error:
                if file == given:
                    raise
                remarks.append(str(error))
                remove_database(beside)
                continue
            yield PreparedRestore(file, contents, place, _contents_of(place), tuple(remarks), beside)
            return
        raise UnreadableError(
            message("the folder has no sound copy of a bank (bank-YYYYMMDD-HHMMSS.sqlite)."),
            file=str(given),
            remedy=message("Give the copy itself."),
        )
    finally:
        remove_database(beside)


def _candidates(given: Path) -> list[Path]:
    return _copies(given) if given.is_dir() else [given]


def _copy_and_check(file: Path, beside: Path, progress: Progress | None) -> str:
    remedy = message("Give another copy.")
    try:
        copy_bank(file, beside, progress)
    except BankError as error:
        missing = not file.exists()
        raise BankError(
            message("there is no such file.") if missing else error.fault.message,
            file=str(file),
            remedy=remedy,
        ) from None
    with _open_checked(beside, file) as copy:  # for writing: a copy of an older termbank is migrated
        require_sound(copy, message("the copy is damaged; nothing was changed."), str(file), remedy)
        return describe_contents(copy)


def _contents_of(place: Path) -> str | None:
    """What the bank to replace holds, where it can be opened."""
    with contextlib.suppress(TermbankError), Bank.open(place, read_only=True) as bank:
        return describe_contents(bank)
    return None


# -- names -------------------------------------------------------------------------------------


@contextlib.contextmanager
def _open_checked(beside: Path, name: Path, *, read_only: bool = False) -> Iterator[Bank]:
    """The copy that lies under a passing name; what is wrong with it is reported under `name`."""
    try:
        with Bank.open(beside, read_only=read_only) as bank:
            yield bank
    except BankError as error:
        named = error.fault.file not in (None, str(beside))
        raise BankError(
            error.fault.message,
            file=error.fault.file if named else str(name),
            remedy=error.fault.remedy,
            faults=error.faults,
        ) from None


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.new")


def stamp() -> str:
    """The time as it stands in the name of a file, UTC: 20261201-004412."""
    return settings.now().replace("-", "").replace(":", "").replace("T", "-").rstrip("Z")


def free_name(folder: Path, stem: str, ending: str) -> Path:
    """A name in a folder that no file has."""
    names = (f"{stem}{f'-{number}' if number else ''}{ending}" for number in range(1_000_000))
    return next(folder / name for name in names if not (folder / name).exists())
