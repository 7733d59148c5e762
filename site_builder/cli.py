"""The command line: the only place that prints and chooses exit codes.

0 fine · 1 faults in the content · 2 wrong use, or the environment failed.
"""

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from site_builder.building import Report
from site_builder.config import REGISTERS, find_root, is_project
from site_builder.diagnostics import (
    ContentFaults,
    Diagnostic,
    ProjectNotFound,
    SiteBuilderError,
)
from site_builder.loading import Loaded
from site_builder.report import as_github, as_json, as_text, blocks, summarise
from site_builder.terminal import (
    VietnameseCommand,
    VietnameseGroup,
    progress_bars,
    say,
    usage_text,
    use_utf8,
    wants_colour,
)
from site_builder.workers import Crew


class Format(StrEnum):
    """How `check` prints."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class SchemaFormat(StrEnum):
    """What `schema` prints."""

    JSON = "json"
    MARKDOWN = "markdown"
    MESSAGES = "messages"


app = typer.Typer(
    cls=VietnameseGroup,
    help="Dựng trang giới thiệu mô hình “Dân vận khéo” từ các tệp Markdown.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
new_app = typer.Typer(
    cls=VietnameseGroup,
    help="Tạo tệp mới đã có sẵn các mục cần điền.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(new_app, name="new")

RootOption = Annotated[
    Path | None, typer.Option("--root", "-C", help="Thư mục dự án.", show_default=False)
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Không in gì khi không có lỗi.")]


@app.command(cls=VietnameseCommand)
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Chỉ báo lỗi của các tệp, thư mục này.")
    ] = None,
    root: RootOption = None,
    format_: Annotated[Format, typer.Option("--format", help="text, json hoặc github.")] = (
        Format.TEXT
    ),
    strict: Annotated[bool, typer.Option("--strict", help="Coi cảnh báo như lỗi.")] = False,
    quiet: QuietOption = False,
) -> None:
    """Kiểm tra mọi tệp và báo tất cả các lỗi cùng lúc."""
    folder = _root_for(root, paths or [])
    loaded = _load(folder, quiet=quiet or format_ is not Format.TEXT)
    found = _within(loaded.diagnostics, folder, paths or [])
    files = len(_within_paths(_files_read(loaded), folder, paths or []))
    summary = summarise(found, files)
    if format_ is Format.JSON:
        say(as_json(found, summary))
    elif format_ is Format.GITHUB:
        say(as_github(found, summary))
    elif not quiet or found:
        say(as_text(found, folder, summary, colour=wants_colour(sys.stdout)))
    if summary.errors or (strict and summary.warnings):
        raise typer.Exit(1)


@app.command(cls=VietnameseCommand)
def build(
    root: RootOption = None,
    site_dir: Annotated[
        Path | None, typer.Option("--site-dir", help="Thư mục kết quả (mặc định: site).")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Kiểm tra rồi dựng trang vào thư mục site/."""
    from site_builder.pipeline import build_site

    folder = _root_for(root, [])
    # Typed here, so meant from here: MkDocs would count from its mkdocs.yml.
    target = site_dir.absolute() if site_dir else None
    bars = progress_bars("Đọc nội dung", "Dựng trang", quiet=quiet)
    with bars as (reading, rendering), Crew() as crew:
        loaded, report = build_site(
            folder, crew, site_dir=target, reading=reading, rendering=rendering
        )
    if not quiet:
        say(f"{_done(report)}\n")
        warnings = loaded.counts[1]
        if warnings:
            say(f"Còn {warnings} cảnh báo; chạy site-builder check để xem.\n")


def _done(report: Report) -> str:
    """What a build did, in a line."""
    site = f"{report.folder} có {report.pages} trang"
    if not report.changed and not report.removed:
        return f"Không có gì mới: {site}."
    removed = f", xóa {len(report.removed)}" if report.removed else ""
    return f"Đã dựng xong: ghi {len(report.changed)} tệp{removed}; {site}."


@app.command(cls=VietnameseCommand)
def serve(
    root: RootOption = None,
    address: Annotated[
        str, typer.Option("--address", help="Địa chỉ xem trước.", envvar="SITE_BUILDER_ADDRESS")
    ] = ("127.0.0.1:8000"),
) -> None:
    """Mở bản xem trước; trang tự tải lại khi tệp thay đổi."""
    from site_builder.pipeline import serve_site

    with Crew() as crew:
        serve_site(_root_for(root, []), address, crew, lambda text: say(f"{text}\n"), _explain)


def _explain(faults: ContentFaults) -> str:
    return f"{blocks(faults.errors, faults.root)}\n\n{faults}"


@app.command(cls=VietnameseCommand)
def stage(
    folder: Annotated[Path, typer.Argument(help="Thư mục trống để ghi vào.")],
    root: RootOption = None,
) -> None:
    """Ghi cây Markdown thuần mà công cụ dựng trang khác cũng đọc được."""
    from site_builder.pipeline import stage_site

    pages = stage_site(_root_for(root, []), folder)
    say(f"Đã ghi {pages} trang Markdown vào {folder}.\n")


@app.command(cls=VietnameseCommand)
def schema(
    kind: Annotated[
        str, typer.Argument(help="model, article, document, page, fields, units hoặc site.")
    ] = "model",
    format_: Annotated[
        SchemaFormat, typer.Option("--format", help="json, markdown hoặc messages.")
    ] = SchemaFormat.JSON,
) -> None:
    """In JSON Schema cho trình soạn thảo, hoặc bảng các mục khai báo."""
    from site_builder import reference

    if format_ is SchemaFormat.MARKDOWN:
        say(reference.key_reference())
    elif format_ is SchemaFormat.MESSAGES:
        say(reference.error_reference())
    elif kind in reference.KINDS:
        say(reference.json_schema(kind))
    else:
        raise typer.BadParameter(f"{kind}: chọn một trong {', '.join(reference.KINDS)}")


@new_app.command("model", cls=VietnameseCommand)
def new_model(
    title: Annotated[str | None, typer.Option("--title", help="Tên mô hình.")] = None,
    field: Annotated[str | None, typer.Option("--field", help="Mã lĩnh vực.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Mã đơn vị.")] = None,
    year: Annotated[str | None, typer.Option("--year", help="Năm đăng ký.")] = None,
    root: RootOption = None,
) -> None:
    """Tạo tệp mô hình."""
    _new("model", {"title": title, "field": field, "unit": unit, "year": year}, root)


@new_app.command("article", cls=VietnameseCommand)
def new_article(
    title: Annotated[str | None, typer.Option("--title", help="Tiêu đề.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Ngày.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="Chuyên mục.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Tác giả.")] = None,
    root: RootOption = None,
) -> None:
    """Tạo tệp tin, bài."""
    _new("article", {"title": title, "date": date, "category": category, "author": author}, root)


@new_app.command("document", cls=VietnameseCommand)
def new_document(
    number: Annotated[str | None, typer.Option("--number", help="Số, ký hiệu.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Loại văn bản.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Ngày ban hành.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Trích yếu.")] = None,
    root: RootOption = None,
) -> None:
    """Tạo tệp văn bản."""
    given = {"number": number, "type": type_, "issuer": issuer, "date": date, "title": title}
    _new("document", given, root)


def _new(kind: str, given: dict[str, str | None], root: Path | None) -> None:
    from site_builder.scaffold import create, missing_keys

    folder = _root_for(root, [])
    values = {key: value for key, value in given.items() if value}
    for key, label in missing_keys(kind, values):
        if not sys.stdin.isatty():
            raise typer.BadParameter(f"thiếu --{key} ({label})")
        values[key] = typer.prompt(label)
    entry = create(folder, kind, values)
    say(f"Đã tạo {entry.path}. Mở tệp, điền tiếp rồi chạy site-builder check {entry.path}.\n")


def _load(folder: Path, *, quiet: bool) -> Loaded:
    from site_builder.pipeline import check_site

    with progress_bars("Kiểm tra", quiet=quiet) as (progress,), Crew() as crew:
        return check_site(folder, crew, progress)


def _root_for(root: Path | None, paths: list[Path]) -> Path:
    """The project that is meant: named, or around the first path, or around this folder."""
    for path in paths:
        if not path.exists():
            raise ProjectNotFound(f"Không có tệp hay thư mục {path}. Chưa có gì thay đổi.")
    if root is not None:
        return root.absolute()
    start = (paths[0] if paths else Path()).absolute()
    return start if is_project(start) else find_root(start)


def _files_read(loaded: Loaded) -> set[str]:
    """Every file that was looked at: entries, registers, and those at fault."""
    entries = set(loaded.library.numbers)
    return entries | set(REGISTERS) | {item.span.path for item in loaded.diagnostics}


def _within(diagnostics: Iterable[Diagnostic], root: Path, paths: list[Path]) -> list[Diagnostic]:
    """The diagnostics of files at or below `paths`; all where no path is given."""
    found = list(diagnostics)
    shown = _within_paths({item.span.path for item in found}, root, paths)
    return [item for item in found if item.span.path in shown]


def _within_paths(files: set[str], root: Path, paths: list[Path]) -> set[str]:
    # "../an-ninh" and shortcuts are the same place written otherwise.
    top = root.resolve()
    wanted = [path.resolve() for path in paths] or [top]
    return {file for file in files if any((top / file).is_relative_to(w) for w in wanted)}


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code."""
    use_utf8()
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run a command; returns its exit code and never lets a fault of the user's side escape."""
    try:
        code = app(arguments, standalone_mode=False, prog_name="site-builder")
        return code if isinstance(code, int) else 0
    except ContentFaults as faults:
        colour = wants_colour(sys.stderr)
        say(f"{blocks(faults.errors, faults.root, colour=colour)}\n\n{faults}\n", sys.stderr)
        return 1
    except SiteBuilderError as error:
        say(f"{error}\n", sys.stderr)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return _stopped()
    except typer.Exit as stop:
        # Typer makes this of Ctrl+C.
        return _stopped() if isinstance(stop.__cause__, KeyboardInterrupt) else stop.exit_code
    except typer.TyperException as error:
        say(usage_text(error), sys.stderr)
        return 2


def _stopped() -> int:
    say("Đã dừng theo yêu cầu.\n", sys.stderr)
    return 2
