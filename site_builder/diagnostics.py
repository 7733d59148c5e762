"""A fault is a value with a place.

Three kinds of fault, told apart by who can mend them (architecture.md, "Faults"):

- content: a `Diagnostic`, collected with all others and shown to the writer;
- environment: a `SiteBuilderError`, caught only by the command line;
- bugs: any other exception; they propagate.
"""

import errno
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from site_builder.messages import MESSAGES


class Severity(StrEnum):
    """How much a fault matters: errors stop the build, warnings are listed and counted."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        """As people read it."""
        return "lỗi" if self is Severity.ERROR else "cảnh báo"


class Span(NamedTuple):
    """A place in a source file: 1-based lines and columns, in NFC characters, end exclusive."""

    path: str
    """POSIX path from the project's root."""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """One fault in the content. Sorted by place, then by code."""

    span: Span
    code: str
    severity: Severity
    message: str
    hint: str

    def __str__(self) -> str:
        """One line, as editors and logs have it."""
        span = self.span
        place = f"{span.path}:{span.line}:{span.column}"
        return f"{place}: {self.severity.label} {self.code}: {self.message}"


def fault(code: str, span: Span, **values: object) -> Diagnostic:
    """The diagnostic `code` at `span`, with `values` set into its message and hint.

    A value named `meant` holds the guess of what the writer meant; where it is None, the
    question "có phải ý bạn là …?" is left out.
    """
    entry = MESSAGES[code]
    shown = {name: _shown(value) for name, value in values.items()}
    hint = entry.hint.format(**shown)
    if values.get("meant"):
        hint = f"có phải ý bạn là “{shown['meant']}”? {hint}"
    return Diagnostic(
        span, code, Severity(entry.severity), entry.text.format(**shown), hint.strip()
    )


def _shown(value: object) -> str:
    """`value` as text of a bearable length without control characters, safe on a terminal."""
    text = str(value)
    if len(text) > 80:
        text = text[:77] + "…"
    return "".join(c if c.isprintable() else "␣" for c in text)


def why_unread(error: OSError) -> str:
    """Why a file could not be read, in Vietnamese: the system's own words are English."""
    if isinstance(error, PermissionError):
        return "không có quyền đọc"
    return "đã bị chuyển hay xóa" if isinstance(error, FileNotFoundError) else "lỗi đĩa"


def why_unwritten(error: Exception) -> str:
    """Why a file could not be written, in Vietnamese."""
    number = getattr(error, "errno", None)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if number in (errno.ENOSPC, errno.EDQUOT) or code == sqlite3.SQLITE_FULL:
        return "đĩa đầy"
    if number == errno.EFBIG:
        return "tệp lớn hơn mức máy này cho phép"
    if number == errno.EROFS or isinstance(error, PermissionError):
        return "không có quyền ghi"
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
        return "không có quyền ghi"
    if isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError):
        return "ở đó đã có tệp hay thư mục khác"
    return "lỗi đĩa"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


class SiteBuilderError(Exception):
    """The environment failed; the text is Vietnamese and says what state the site is in.

    SiteBuilderError
    ├── ProjectNotFound    no project here: the folder has neither models/ nor content/
    ├── ContentFaults      the content has errors; nothing was written
    ├── SourceChanged      a file was edited between its check and its page
    ├── EngineFailed       MkDocs or the disk stopped the build
    ├── Misplaced          no configuration of a server can be made from what was given
    └── PublishFailed      a release could not be made, or not be switched to
    """


class ProjectNotFound(SiteBuilderError):
    """The folder given is no project."""


class ContentFaults(SiteBuilderError):
    """The content of the project in `root` has errors; `diagnostics` has them all."""

    text = "Nội dung còn lỗi nên chưa dựng trang; trang cũ vẫn còn nguyên."

    def __init__(self, root: Path, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(self.text)
        self.root = root
        self.diagnostics = diagnostics

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Those that stopped the build; the warnings did not."""
        return tuple(item for item in self.diagnostics if item.severity is Severity.ERROR)


class EngineFailed(SiteBuilderError):
    """The engine or the disk failed while pages were written."""


class PublishFailed(SiteBuilderError):
    """A release could not be made, or not be switched to."""


class SourceChanged(SiteBuilderError):
    """The file at `path` is not the one that was checked: whoever reads it has to check again."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Tệp {path} vừa thay đổi trong lúc dựng trang. Hãy dựng lại; trang có thể dở dang."
        )
        self.path = path

    def __reduce__(self) -> tuple[type["SourceChanged"], tuple[str]]:
        """From its path, not from its text: it may come from another process."""
        return SourceChanged, (self.path,)
