"""Local files in the directories that the user allows, with symbolic links resolved."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rapidata_mcp.errors import InvalidArgument

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}
"""The media types that the platform supports, by file extension (contract D.4)."""
TABLE_TYPES = {".csv": "text/csv", ".jsonl": "application/x-ndjson", ".json": "application/json"}
MAX_MEDIA = 100 * 1024 * 1024
MAX_TABLE = 50 * 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""O_NONBLOCK because a pipe may have replaced the file."""
HOW_TO_ALLOW = "The user can allow directories with RAPIDATA_MCP_FILES at the start of the server."


@dataclass(frozen=True)
class LocalFile:
    """A readable file: its real path, its size in bytes, its modification time in nanoseconds, and its media type."""

    path: Path
    size: int
    modified_ns: int
    media_type: str

    @property
    def key(self) -> str:
        """An identifier of the file and of its content at this time."""
        return f"file {self.path} {self.size} {self.modified_ns}"

    def open(self) -> BinaryIO:
        """Open the file for reading. A symbolic link that replaced it is not followed.

        Raises:
            InvalidArgument: if the file has changed.
        """
        try:
            opened = os.fdopen(os.open(self.path, _FLAGS), "rb")
        except OSError:
            raise InvalidArgument(self.path.name, "can no longer be read.", "Check the file.") from None
        status = os.fstat(opened.fileno())
        if stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == (self.size, self.modified_ns):
            return opened
        opened.close()
        raise InvalidArgument(self.path.name, "changed during the call.", "Call again.")


class LocalFiles:
    """The files in the allowed directories. Without directories there are none."""

    def __init__(self, directories: Sequence[Path]) -> None:
        self._directories = tuple(directories)

    def __bool__(self) -> bool:
        """Whether any directory is allowed."""
        return bool(self._directories)

    def media(self, argument: str, name: str) -> LocalFile:
        """Return an image, a video or an audio file.

        Raises:
            InvalidArgument: if it is not in an allowed directory, not a regular file, too large or of another type.
        """
        return self._find(argument, name, MEDIA_TYPES, MAX_MEDIA)

    def table(self, argument: str, name: str) -> LocalFile:
        """Return a CSV, JSONL or JSON file.

        Raises:
            InvalidArgument: as `media`.
        """
        return self._find(argument, name, TABLE_TYPES, MAX_TABLE)

    def new_table(self, argument: str, name: str) -> Path:
        """Return the path for a new CSV or JSONL file in an allowed directory.

        Raises:
            InvalidArgument: if the directory is missing or not allowed, or the file exists already.
        """
        if not self._directories:
            raise InvalidArgument(argument, "local files are not allowed on this server.", HOW_TO_ALLOW)
        new_file = Path(name)
        if not name.isprintable():
            raise InvalidArgument(argument, "has unprintable characters.", "Give another name.")
        if new_file.suffix.lower() not in (".csv", ".jsonl"):
            raise InvalidArgument(argument, "must end in .csv or .jsonl.")
        parent = self._real_path(str(new_file.parent))
        if parent is None or not parent.is_dir():
            raise InvalidArgument(argument, "is not in an existing allowed directory.", HOW_TO_ALLOW)
        path = parent / new_file.name
        if os.path.lexists(path):
            raise InvalidArgument(argument, "exists already, and is not overwritten.", "Give another name.")
        return path

    def _find(self, argument: str, name: str, types: dict[str, str], limit: int) -> LocalFile:
        if not self._directories:
            raise InvalidArgument(argument, "local files are not allowed on this server.", HOW_TO_ALLOW)
        path = self._real_path(name)
        if path is None:
            raise InvalidArgument(
                argument,
                "is not an existing file in an allowed directory.",
                f"{HOW_TO_ALLOW} Check the path; a text takes data_type='text'.",
            )
        media_type = types.get(path.suffix.lower())
        if media_type is None:
            raise InvalidArgument(argument, f"is not of a supported type ({', '.join(types)}).")
        try:
            status = path.stat()
        except OSError:
            raise InvalidArgument(argument, "cannot be read.", "Check the path.") from None
        if not stat.S_ISREG(status.st_mode):
            raise InvalidArgument(argument, "is not a regular file.")
        if status.st_size > limit:
            raise InvalidArgument(argument, f"is larger than {limit // 1024 // 1024} MB.", "Use a smaller file.")
        return LocalFile(path, status.st_size, status.st_mtime_ns, media_type)

    def _real_path(self, name: str) -> Path | None:
        """Resolve a path, a relative one from each allowed directory; None if it is outside of all directories."""
        if "\0" in name:
            return None
        for directory in self._directories:
            try:
                root = directory.resolve(strict=True)
                path = (root / name).resolve(strict=True)
            except (OSError, RuntimeError):
                continue
            if path.is_relative_to(root):
                return path
        return None


NO_FILES = LocalFiles(())
