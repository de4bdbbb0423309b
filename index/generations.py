"""Generations on disk: a complete index each, switched by one atomic rename."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock

from ingest.errors import YakkanError

FORMAT = 2  # of everything in a generation; another number means: build again
KEPT = 2  # the generation in use and the one before, for readers that still have it open


class Generations:
    """The folder of an index: ``generations/<n>/`` and ``current``, the number in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._all = folder / "generations"
        self._current = folder / "current"

    def current(self) -> Path | None:
        """The folder of the generation in use, or None when nothing was built yet.

        Raises YakkanError when it is damaged or of another format.
        """
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            raise YakkanError(f"{self._current} cannot be read; name an index folder with --index, or build one anew") from None
        folder = self._all / name
        if not name.isdecimal() or not folder.is_dir():
            raise YakkanError(f"{self._current} names generation {name!r}, which is not there; run: yakkan build")
        manifest = read_manifest_json(folder)
        if manifest.get("format") != FORMAT:
            found = manifest.get("format")
            raise YakkanError(f"the index in {self.folder} has format {found}, this version reads {FORMAT}; run: yakkan build")
        return folder

    def made_with(self, encoder: str) -> bool:
        """Whether there is a generation in use, with vectors of the encoder of this fingerprint."""
        folder = self.current()
        return folder is not None and read_manifest_json(folder).get("encoder") == encoder

    @contextlib.contextmanager
    def new(self) -> Iterator[Path]:
        """A fresh folder that becomes the current generation when the block ends well, and is removed when not.

        One build at a time: a second one waits. Raises YakkanError when the folder cannot be written.
        """
        with self._writing():
            self._all.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self.folder / "lock")
        with self._writing():
            lock.acquire()
        try:
            with self._writing():
                for left in self._all.glob("building-*"):
                    shutil.rmtree(left)  # of a build that was killed; nobody else holds the lock
                number = max((int(p.name) for p in self._all.iterdir() if p.name.isdecimal()), default=0) + 1
                building = self._all / f"building-{number}"
                building.mkdir()
            try:
                yield building
                with self._writing():
                    self._switch(building, number)
            finally:
                shutil.rmtree(building, ignore_errors=True)
        finally:
            lock.release()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """What the system says against writing here becomes one line."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise YakkanError(f"the index folder {self.folder} cannot be written: {reason}; name another with --index") from None

    def _switch(self, building: Path, number: int) -> None:
        for file in sorted(p for p in building.rglob("*") if p.is_file()):
            _sync(file)
        final = self._all / str(number)
        os.rename(building, final)
        _sync(self._all)
        fresh = self._current.with_name(f"current-{os.getpid()}")
        fresh.write_text(f"{number}\n", encoding="utf-8")
        _sync(fresh)
        os.replace(fresh, self._current)
        _sync(self.folder)
        numbers = sorted(int(p.name) for p in self._all.iterdir() if p.name.isdecimal())
        for old in numbers[:-KEPT]:
            shutil.rmtree(self._all / str(old), ignore_errors=True)


def write_manifest_json(folder: Path, facts: dict[str, Any]) -> None:
    """Write manifest.json: the format, ``facts``, and a checksum of every file in the generation."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    sums = {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    text = json.dumps({"format": FORMAT, **facts, "checksums": sums}, ensure_ascii=False, indent=2)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def read_manifest_json(folder: Path) -> dict[str, Any]:
    """The manifest.json of a generation. Raises YakkanError when it is missing or damaged."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise YakkanError(f"{folder / 'manifest.json'} is missing or damaged; run: yakkan build") from None
    if not isinstance(manifest, dict):
        raise YakkanError(f"{folder / 'manifest.json'} is damaged; run: yakkan build")
    return manifest


def check_files(folder: Path) -> None:
    """Raises YakkanError when a file of a generation is missing or not what was written."""
    for name, expected in read_manifest_json(folder).get("checksums", {}).items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            found = ""
        if found != expected:
            raise YakkanError(f"{folder / name} is damaged; run: yakkan build")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
