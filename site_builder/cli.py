"""The command line: the only place that prints and chooses exit codes.

0 fine · 1 faults in the content · 2 wrong use, or the environment failed.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.config import REDIRECTS, REGISTERS, find_root, is_project
from site_builder.diagnostics import (
    ContentFaults,
    EngineFailed,
    ProjectNotFound,
    SiteBuilderError,
    why_unwritten,
)
from site_builder.terminal import progress_bars, say, use_utf8, wants_colour
from site_builder.usage import Choice, Count, Group, WrongUse, option, usage_text
from site_builder.workers import Crew, peak_memory

# Each command imports what it uses: a build that finds nothing new is done while the rest would
# still be loading.
if TYPE_CHECKING:
    from site_builder.building import Report
    from site_builder.diagnostics import Diagnostic
    from site_builder.loading import Loaded

root_option = option("--root", "-C", type=Path, metavar="THƯ_MỤC", help="Thư mục dự án.")
quiet_option = option("--quiet", "-q", is_flag=True, help="Không in gì khi không có lỗi.")
jobs_option = option(
    "--jobs",
    type=Count(),
    metavar="N",
    envvar="SITE_BUILDER_JOBS",
    show_default="số lõi của máy",
    help="Số tiến trình chạy song song; 1 là chạy lần lượt.",
)


def text_option(name: str, help_: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """An option for a key of a new entry."""
    return option(f"--{name}", metavar="CHỮ", help=help_)


@click.group(cls=Group)
def app() -> None:
    """Dựng trang giới thiệu mô hình “Dân vận khéo” từ các tệp Markdown."""


@app.command()
@click.argument(
    "paths",
    nargs=-1,
    type=Path,
    metavar="[TỆP|THƯ_MỤC]...",
    help="Chỉ báo lỗi của các tệp, thư mục này.",
)
@root_option
@option(
    "--format",
    "format_",
    type=Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    metavar="DẠNG",
    help="Cách in: text (cho người đọc), json (cho chương trình) hoặc github.",
)
@option("--strict", is_flag=True, help="Coi cảnh báo như lỗi.")
@quiet_option
@jobs_option
def check(
    paths: tuple[Path, ...],
    root: Path | None,
    format_: str,
    strict: bool,
    quiet: bool,
    jobs: int | None,
) -> int:
    """Kiểm tra mọi tệp và báo tất cả các lỗi cùng lúc."""
    from site_builder.report import as_github, as_json, as_text, summarise

    folder = _root_for(root, paths)
    loaded = _load(folder, jobs, quiet=quiet or format_ != "text")
    found = _within(loaded.diagnostics, folder, paths)
    files = len(_within_paths(_files_read(loaded), folder, paths))
    summary = summarise(found, files)
    if format_ == "json":
        say(as_json(found, summary))
    elif format_ == "github":
        say(as_github(found, summary))
    elif not quiet or found:
        say(as_text(found, folder, summary, colour=wants_colour(sys.stdout)))
    return int(bool(summary.errors or (strict and summary.warnings)))


@app.command()
@root_option
@option(
    "--site-dir",
    type=Path,
    metavar="THƯ_MỤC",
    show_default="site",
    help="Thư mục kết quả.",
)
@quiet_option
@option("--json", "json_", is_flag=True, help="In các con số của lần dựng dưới dạng JSON.")
@jobs_option
def build(
    root: Path | None, site_dir: Path | None, quiet: bool, json_: bool, jobs: int | None
) -> int:
    """Kiểm tra rồi dựng trang, chỉ làm lại những gì đã đổi."""
    folder = _root_for(root, ())
    # Typed here, so meant from here: MkDocs would count from its mkdocs.yml.
    target = site_dir.absolute() if site_dir else None
    try:
        loaded, report = _build(folder, target, jobs, quiet=quiet or json_)
    except ContentFaults as faults:
        if not json_:
            raise
        from site_builder.report import json_text, rows

        say(json_text({"errors": rows(faults.errors)}))
        return 1
    if json_:
        from site_builder.report import json_text

        more = {"peak_memory_mb": peak_memory(), "warnings": loaded.counts[1]}
        say(json_text(report.figures() | more))
    elif not quiet:
        say(_done(report, loaded.counts[1]))
    return 0


def _build(
    folder: Path, site_dir: Path | None, jobs: int | None, *, quiet: bool
) -> "tuple[Loaded, Report]":
    from site_builder.pipeline import build_site

    bars = progress_bars("Đọc nội dung", "Dựng trang", quiet=quiet)
    with bars as (reading, rendering), Crew(jobs) as crew:
        return build_site(folder, crew, site_dir=site_dir, reading=reading, rendering=rendering)


def _done(report: "Report", warnings: int) -> str:
    """What a build did."""
    from site_builder.text import vietnamese_number as number

    site = f"{number(report.pages)} trang trong {report.folder}"
    if report.is_unchanged:
        text = f"Không có gì mới: {site} vẫn đúng.\n"
    else:
        removed = f", xóa {number(len(report.removed))} tệp cũ" if report.removed else ""
        text = f"Đã dựng xong {site}: ghi {number(len(report.changed))} tệp{removed}.\n"
    if warnings:
        text += f"Còn {number(warnings)} cảnh báo; gõ site-builder check để xem.\n"
    return text


@app.command()
@click.argument("target", required=False, metavar="[NƠI]", help="Tên một nơi trong publish.yml.")
@root_option
@option("--dry-run", is_flag=True, help="Chỉ cho biết sẽ đổi những gì, không đổi gì cả.")
@option(
    "--allow-removals",
    is_flag=True,
    help="Cho phép bỏ nhiều trang; bỏ ngay cả tệp mà trang đang mở còn dùng.",
)
@quiet_option
@jobs_option
def publish(
    target: str | None,
    root: Path | None,
    dry_run: bool,
    allow_removals: bool,
    quiet: bool,
    jobs: int | None,
) -> None:
    """Kiểm tra, dựng rồi đưa trang lên máy chủ: hoặc trọn vẹn, hoặc không đổi gì."""
    from site_builder.pipeline import publish_site
    from site_builder.releasing.outcome import Wish
    from site_builder.releasing.telling import published, trial

    folder = _root_for(root, ())
    labels = ("Đọc nội dung", "Dựng trang", "Xem lại trang", "Gửi sang máy chủ")
    bars = progress_bars(*labels, quiet=quiet)
    with bars as progress, Crew(jobs) as crew:
        found = publish_site(folder, crew, Wish(target, dry_run, allow_removals), progress)
    say("".join(f"Lưu ý: {note}\n" for note in found.notes), sys.stderr)
    if dry_run or not quiet:
        say(trial(found) if dry_run else published(found))


@app.command()
@click.argument("target", required=False, metavar="[NƠI]", help="Tên một nơi trong publish.yml.")
@root_option
def releases(target: str | None, root: Path | None) -> None:
    """Liệt kê các bản đã xuất bản còn giữ trên máy chủ."""
    from site_builder.pipeline import releases_of
    from site_builder.releasing.telling import table

    say(table(*releases_of(_root_for(root, ()), target)))


@app.command()
@click.argument("release", required=False, metavar="[BẢN]", help="Tên một bản (lệnh releases).")
@option("--target", metavar="NƠI", help="Tên một nơi trong publish.yml.")
@root_option
@quiet_option
def rollback(release: str | None, target: str | None, root: Path | None, quiet: bool) -> None:
    """Quay lại bản trước, hoặc bản có tên."""
    from site_builder.pipeline import roll_back
    from site_builder.releasing.telling import rolled_back

    found = roll_back(_root_for(root, ()), target, release)
    if not quiet:
        say(rolled_back(found))


@app.command()
@root_option
@option(
    "--address",
    metavar="MÁY:CỔNG",
    default="127.0.0.1:8000",
    show_default=True,
    envvar="SITE_BUILDER_ADDRESS",
    help="Địa chỉ xem trước.",
)
@jobs_option
def serve(root: Path | None, address: str, jobs: int | None) -> None:
    """Mở bản xem trước; trang tự cập nhật khi lưu tệp."""
    from site_builder.pipeline import serve_site

    with Crew(jobs) as crew:
        serve_site(_root_for(root, ()), address, crew, lambda text: say(f"{text}\n"), _explain)


def _explain(faults: ContentFaults, *, colour: bool = False) -> str:
    from site_builder.report import blocks

    return f"{blocks(faults.errors, faults.root, colour=colour)}\n\n{faults}"


@app.command()
@click.argument("folder", type=Path, metavar="THƯ_MỤC", help="Thư mục trống để ghi vào.")
@root_option
def stage(folder: Path, root: Path | None) -> None:
    """Ghi cây Markdown thuần mà công cụ dựng trang khác cũng đọc được."""
    from site_builder.pipeline import stage_site
    from site_builder.text import vietnamese_number

    pages = stage_site(_root_for(root, ()), folder)
    say(f"Đã ghi {vietnamese_number(pages)} trang Markdown vào {folder}.\n")


@app.command("server-config")
@click.argument(
    "server",
    type=Choice(["nginx", "apache", "iis"]),
    metavar="nginx|apache|iis",
    help="Phần mềm máy chủ.",
)
@root_option
@option("--output", "-o", type=Path, metavar="TỆP", help="Ghi vào tệp; không ghi thì in ra.")
@option(
    "--document-root",
    metavar="THƯ_MỤC",
    show_default="/var/www/<tên miền>/current",
    help="Thư mục của bản đang chạy, trên máy chủ.",
)
@option(
    "--certificate",
    metavar="TỆP",
    show_default="/etc/letsencrypt/live/<tên miền>/fullchain.pem",
    help="Chứng thư TLS, trên máy chủ.",
)
@option(
    "--key",
    metavar="TỆP",
    show_default="/etc/letsencrypt/live/<tên miền>/privkey.pem",
    help="Khóa của chứng thư, trên máy chủ.",
)
@option("--address", metavar="IP", show_default="mọi địa chỉ", help="Địa chỉ IP để nghe.")
@option("--http-port", type=Count(), default=80, show_default=True, metavar="N", help="Cổng HTTP.")
@option("--https-port", type=Count(), metavar="N", show_default="theo site_url", help="Cổng HTTPS.")
@option(
    "--redirects",
    type=Path,
    metavar="TỆP",
    show_default=REDIRECTS,
    help="Bảng CSV các địa chỉ cũ.",
)
@option("--no-brotli", is_flag=True, help="nginx không có mô-đun brotli_static.")
def server_config_command(
    server: str,
    root: Path | None,
    output: Path | None,
    document_root: str | None,
    certificate: str | None,
    key: str | None,
    address: str | None,
    http_port: int,
    https_port: int | None,
    redirects: Path | None,
    no_brotli: bool,
) -> None:
    """Viết cấu hình cho máy chủ nginx, Apache hoặc IIS."""
    from site_builder.pipeline import server_config
    from site_builder.serving import Setup

    if redirects and not redirects.is_file():
        raise WrongUse(f"Không có tệp {redirects}. Chưa ghi gì.")
    setup = Setup(
        document_root, certificate, key, address, http_port, https_port, has_brotli=not no_brotli
    )
    text = server_config(_root_for(root, ()), server, setup, redirects)
    if output is None:
        say(text)
    else:
        _write(output, text)
        say(f"Đã ghi cấu hình vào {output}. Cách dùng: docs/may-chu.md.\n")


@app.command()
@click.argument(
    "kind",
    default="model",
    metavar="[LOẠI]",
    help="model (nếu không ghi), article, document, page, fields, units hoặc site.",
)
@option(
    "--format",
    "format_",
    type=Choice(["json", "markdown", "messages"]),
    default="json",
    show_default=True,
    metavar="DẠNG",
    help="json, markdown (bảng các mục khai báo) hoặc messages (bảng các thông báo).",
)
def schema(kind: str, format_: str) -> None:
    """In JSON Schema cho trình soạn thảo, hoặc bảng các mục khai báo."""
    from site_builder import reference

    if format_ == "markdown":
        say(reference.key_reference())
    elif format_ == "messages":
        say(reference.error_reference())
    elif kind in reference.KINDS:
        say(reference.json_schema(kind))
    else:
        raise WrongUse(f"Không có loại “{kind}”; chọn một trong: {', '.join(reference.KINDS)}.")


@app.group()
def new() -> None:
    """Tạo tệp mới đã có sẵn các mục cần điền."""


@new.command("model")
@text_option("title", "Tên mô hình.")
@text_option("field", "Mã lĩnh vực.")
@text_option("unit", "Mã đơn vị.")
@text_option("year", "Năm đăng ký.")
@root_option
def new_model(root: Path | None, **given: str | None) -> None:
    """Tạo tệp mô hình."""
    _new("model", given, root)


@new.command("article")
@text_option("title", "Tiêu đề.")
@text_option("date", "Ngày.")
@text_option("category", "Chuyên mục.")
@text_option("author", "Tác giả.")
@root_option
def new_article(root: Path | None, **given: str | None) -> None:
    """Tạo tệp tin, bài."""
    _new("article", given, root)


@new.command("document")
@text_option("number", "Số, ký hiệu.")
@text_option("type", "Loại văn bản.")
@text_option("issuer", "Cơ quan ban hành.")
@text_option("date", "Ngày ban hành.")
@text_option("title", "Trích yếu.")
@root_option
def new_document(root: Path | None, **given: str | None) -> None:
    """Tạo tệp văn bản."""
    _new("document", given, root)


def _new(kind: str, given: dict[str, str | None], root: Path | None) -> None:
    from site_builder.scaffold import create, missing_keys

    folder = _root_for(root, [])
    values = {key: value for key, value in given.items() if value}
    for key, label in missing_keys(kind, values):
        if not sys.stdin.isatty():
            raise WrongUse(f"Còn thiếu --{key} ({label}).")
        values[key] = click.prompt(label)
    entry = create(folder, kind, values)
    say(f"Đã tạo {entry.path}. Mở tệp, điền tiếp rồi gõ site-builder check {entry.path}.\n")


@app.command("search-bench")
@click.argument("collection", type=Path, metavar="VĂN_BẢN", help="Tệp JSONL các văn bản.")
@click.argument("queries", type=Path, metavar="CÂU_HỎI", help="Tệp JSONL các câu hỏi có đáp án.")
@option("--docs", type=Count(), metavar="N", help="Chỉ lấy N văn bản đầu.")
def search_bench(collection: Path, queries: Path, docs: int | None) -> int:
    """Đo bộ tìm kiếm bằng câu hỏi có sẵn đáp án (cần Node.js)."""
    from site_builder.search.measuring import measure
    from site_builder.search.verdict import as_text, targets

    for place in (collection, queries):
        if not place.is_file():
            raise WrongUse(f"Không có tệp {place}. Chưa đo gì.")
    measured = measure(collection, queries, docs)
    say(as_text(measured))
    return int(any(not target.is_met for target in targets(measured)))


def _write(place: Path, text: str) -> None:
    from site_builder.files import write_whole

    try:
        write_whole(str(place), text.encode())
    except OSError as error:
        raise EngineFailed(
            f"Không ghi được {place} ({why_unwritten(error)}). Tệp cũ, nếu có, vẫn còn nguyên."
        ) from error


def _load(folder: Path, jobs: int | None, *, quiet: bool) -> "Loaded":
    from site_builder.pipeline import check_site

    with progress_bars("Kiểm tra", quiet=quiet) as (progress,), Crew(jobs) as crew:
        return check_site(folder, crew, progress)


def _root_for(root: Path | None, paths: Sequence[Path]) -> Path:
    """The project that is meant: named, or around the first path, or around this folder."""
    for path in paths:
        if not path.exists():
            raise ProjectNotFound(f"Không có tệp hay thư mục {path}. Chưa có gì thay đổi.")
    if root is not None:
        return root.absolute()
    start = (paths[0] if paths else Path()).absolute()
    return start if is_project(start) else find_root(start)


def _files_read(loaded: "Loaded") -> set[str]:
    """Every file that was looked at: entries, registers, and those at fault."""
    entries = set(loaded.library.numbers)
    registers = {path for path in REGISTERS if (loaded.project.root / path).is_file()}
    return entries | registers | {item.span.path for item in loaded.diagnostics}


def _within(
    diagnostics: "Iterable[Diagnostic]", root: Path, paths: Sequence[Path]
) -> "list[Diagnostic]":
    """The diagnostics of files at or below `paths`; all where no path is given."""
    found = list(diagnostics)
    shown = _within_paths({item.span.path for item in found}, root, paths)
    return [item for item in found if item.span.path in shown]


def _within_paths(files: set[str], root: Path, paths: Sequence[Path]) -> set[str]:
    # "../an-ninh" and shortcuts are the same place written otherwise.
    top = root.resolve()
    wanted = [path.resolve() for path in paths] or [top]
    return {file for file in files if any((top / file).is_relative_to(w) for w in wanted)}


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit with its code."""
    # What is loaded stays: to look through it for garbage, again and again, takes longer than a
    # build with little to do. So does giving it back piece by piece at the end.
    gc.set_threshold(200_000, 50, 100)
    use_utf8()
    code = run(arguments)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run a command; returns its exit code and never lets a fault of the user's side escape."""
    try:
        code = app(arguments, standalone_mode=False, prog_name="site-builder")
        return code if isinstance(code, int) else 0
    except ContentFaults as faults:
        say(f"{_explain(faults, colour=wants_colour(sys.stderr))}\n", sys.stderr)
        return 1
    except SiteBuilderError as error:
        say(f"{error}\n", sys.stderr)
    except (KeyboardInterrupt, click.Abort):
        say("Đã dừng theo yêu cầu.\n", sys.stderr)
    except click.ClickException as error:
        say(usage_text(error), sys.stderr)
    return 2
