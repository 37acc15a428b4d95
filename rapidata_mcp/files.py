"""Local files: only in the directories that the user allowed, links resolved, and of the kinds that are understood."""

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
"""What the platform shows, by file name (contract D.4)."""
TABLE_TYPES = {".csv": "text/csv", ".jsonl": "application/x-ndjson", ".json": "application/json"}
MAX_MEDIA = 100 * 1024 * 1024
MAX_TABLE = 50 * 1024 * 1024
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting, because a pipe could have taken the file's place."""
HOW_TO_ALLOW = "The user allows directories with RAPIDATA_MCP_FILES when the server is started."


@dataclass(frozen=True)
class LocalFile:
    """A file that may be read: its real path, size in bytes, time of change in nanoseconds, and media type."""

    path: Path
    size: int
    changed_ns: int
    media_type: str

    @property
    def key(self) -> str:
        """What tells it apart from other files and from its own earlier content."""
        return f"file {self.path} {self.size} {self.changed_ns}"

    def open(self) -> BinaryIO:
        """The file's bytes. A link that took the file's place meanwhile is not followed.

        Raises:
            InvalidArgument: when it is not the file any more that was looked at.
        """
        try:
            opened = os.fdopen(os.open(self.path, _FLAGS), "rb")
        except OSError:
            raise InvalidArgument(self.path.name, "cannot be read any more.", "Check the file.") from None
        about = os.fstat(opened.fileno())
        if stat.S_ISREG(about.st_mode) and (about.st_size, about.st_mtime_ns) == (self.size, self.changed_ns):
            return opened
        opened.close()
        raise InvalidArgument(self.path.name, "has changed since it was looked at.", "Call again.")


class LocalFiles:
    """Finds files in the allowed directories; without directories there are none."""

    def __init__(self, directories: Sequence[Path]) -> None:
        self._directories = tuple(directories)

    def __bool__(self) -> bool:
        """Whether any directory is allowed."""
        return bool(self._directories)

    def media(self, argument: str, given: str) -> LocalFile:
        """An image, video or audio file.

        Raises:
            InvalidArgument: when it is not in an allowed directory, no regular file, too large or of another kind.
        """
        return self._find(argument, given, MEDIA_TYPES, MAX_MEDIA)

    def table(self, argument: str, given: str) -> LocalFile:
        """A CSV, JSONL or JSON file.

        Raises:
            InvalidArgument: as above.
        """
        return self._find(argument, given, TABLE_TYPES, MAX_TABLE)

    def new_table(self, argument: str, given: str) -> Path:
        """Where a CSV or JSONL file may be written: in an existing allowed directory, under a name not taken yet.

        Raises:
            InvalidArgument: when it may not.
        """
        if not self._directories:
            raise InvalidArgument(argument, "local files are not allowed on this server.", HOW_TO_ALLOW)
        wanted = Path(given)
        if not given.isprintable():
            raise InvalidArgument(argument, "has characters that cannot be seen.", "Give another name.")
        if wanted.suffix.lower() not in (".csv", ".jsonl"):
            raise InvalidArgument(argument, "must end in .csv or .jsonl.")
        parent = self._real_path(str(wanted.parent))
        if parent is None or not parent.is_dir():
            raise InvalidArgument(argument, "is not in an existing allowed directory.", HOW_TO_ALLOW)
        path = parent / wanted.name
        if os.path.lexists(path):
            raise InvalidArgument(argument, "exists already; nothing is written over.", "Give another name.")
        return path

    def _find(self, argument: str, given: str, types: dict[str, str], limit: int) -> LocalFile:
        if not self._directories:
            raise InvalidArgument(argument, "local files are not allowed on this server.", HOW_TO_ALLOW)
        path = self._real_path(given)
        if path is None:
            raise InvalidArgument(
                argument,
                "is not an existing file in an allowed directory.",
                f"{HOW_TO_ALLOW} Check the path; a text takes data_type='text'.",
            )
        media_type = types.get(path.suffix.lower())
        if media_type is None:
            raise InvalidArgument(argument, f"is not of a kind that can be used ({', '.join(types)}).")
        try:
            about = path.stat()
        except OSError:
            raise InvalidArgument(argument, "cannot be read.", "Check the path.") from None
        if not stat.S_ISREG(about.st_mode):
            raise InvalidArgument(argument, "is not a regular file.")
        if about.st_size > limit:
            raise InvalidArgument(argument, f"is larger than {limit // 1024 // 1024} MB.", "Make it smaller.")
        return LocalFile(path, about.st_size, about.st_mtime_ns, media_type)

    def _real_path(self, given: str) -> Path | None:
        """The file behind a path, relative ones from each allowed directory; None when it lies outside all."""
        if "\0" in given:
            return None
        for directory in self._directories:
            try:
                root = directory.resolve(strict=True)
                path = (root / given).resolve(strict=True)
            except (OSError, RuntimeError):
                continue
            if path.is_relative_to(root):
                return path
        return None


NO_FILES = LocalFiles(())
