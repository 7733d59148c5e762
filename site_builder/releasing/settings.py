"""publish.yml: where releases go, and what may not happen on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from site_builder.diagnostics import (
    ContentFaults,
    Diagnostic,
    PublishFailed,
    Span,
    fault,
    has_errors,
)
from site_builder.domain.registers import Row
from site_builder.domain.values import Text, Url
from site_builder.reading.registers import read_record
from site_builder.reading.schema import decode_record
from site_builder.reading.yaml_tree import Node
from site_builder.text import closest, slug

PUBLISH = "publish.yml"
"""Path in the project."""
EXAMPLE = """\
targets:
  may-chu:
    type: local
    path: /srv/dan-van-kheo
"""
_SECRETS = ("password", "passwd", "passphrase", "secret", "token", "mat-khau", "private-key")

Percent = Annotated[Text, StringConstraints(pattern=r"^(?:100|\d{1,2})$")]
Port = Annotated[Text, StringConstraints(pattern=r"^[1-9]\d{0,4}$")]
ServerPath = Annotated[Text, StringConstraints(pattern=r"^/")]
HostKey = Annotated[
    Text, StringConstraints(pattern=r"^(?:ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/=]{16,}$")
]
Releases = Annotated[Text, StringConstraints(pattern=r"^(?:[2-9]|[1-9]\d)$")]


class Rules(Row):
    """What holds for every target."""

    keep: Releases = Field("5", title="Số bản giữ lại", description="Một số từ 2 đến 99.")
    max_removed: Percent = Field(
        "10",
        title="Phần trăm số trang được phép biến mất",
        description="Một số từ 0 đến 100, không ghi dấu %.",
    )
    targets: Any = Field(
        title="Các nơi xuất bản", description="Mỗi nơi một tên, có type và path (docs/xuat-ban.md)."
    )


class TargetRow(Row):
    """What every kind of target may say."""

    type: Text = Field(title="Loại", examples=["type: local"])
    address: Url | None = Field(None, title="Địa chỉ công khai của trang")


class LocalRow(TargetRow):
    """A folder of this machine, or of a share that it has mounted."""

    path: Text = Field(title="Thư mục", examples=["path: /srv/dan-van-kheo"])


class ZipRow(LocalRow):
    """A folder for archives that are carried to a server."""


class OrderedRow(LocalRow):
    """A folder that a server serves as it is, on a share where nothing can be switched."""


class SftpRow(TargetRow):
    """A folder of a server that is reached by SSH."""

    host: Text = Field(title="Máy chủ", examples=["host: may-chu.example.vn"])
    port: Port = Field("22", title="Cổng", description="Một số từ 1 đến 65535.")
    user: Text = Field(title="Tài khoản", examples=["user: web"])
    path: ServerPath = Field(
        title="Thư mục",
        description="Đường dẫn đầy đủ trên máy chủ, bắt đầu bằng dấu /.",
        examples=["path: /srv/dan-van-kheo"],
    )
    host_key: HostKey | None = Field(
        None,
        title="Khóa của máy chủ",
        description="Loại khóa và khóa, ví dụ ssh-ed25519 AAAA…; lệnh ssh-keyscan in ra.",
    )


KINDS: dict[str, type[TargetRow]] = {
    "local": LocalRow,
    "zip": ZipRow,
    "sftp": SftpRow,
    "ordered": OrderedRow,
}
"""Types of targets."""


class SettingsFaults(ContentFaults):
    """publish.yml has errors."""

    text = "Tệp publish.yml còn lỗi nên chưa xuất bản. Chưa có gì thay đổi."


@dataclass(frozen=True)
class Settings:
    """The target that is meant, with the rules."""

    name: str
    row: TargetRow
    keep: int
    max_removed: int
    """Percent."""


def read_settings(root: Path, name: str | None) -> Settings:
    """The target `name` of the project in `root`; without a name the first.

    Raises `PublishFailed` where there is none, `SettingsFaults` where the file has errors.
    """
    if not (root / PUBLISH).is_file():
        raise PublishFailed(
            f"Dự án chưa có tệp {PUBLISH} nên chưa biết xuất bản đi đâu. Tạo tệp {root / PUBLISH}, "
            f"ví dụ:\n\n{EXAMPLE}\nrồi chạy lại. Chưa có gì thay đổi."
        )
    faults: list[Diagnostic] = []
    rules, tree = read_record(root, PUBLISH, Rules, faults)
    if tree:
        faults = [*_secrets(tree), *(one for one in faults if not _is_secret_at(one, tree))]
    targets = dict(_targets(tree, faults)) if tree else {}
    if rules is None or has_errors(faults):
        raise SettingsFaults(root, tuple(sorted(faults)))
    wanted = name or next(iter(targets))
    if wanted not in targets:
        raise PublishFailed(
            f"Tệp {PUBLISH} không có nơi xuất bản nào tên “{wanted}”; "
            f"chọn một trong: {', '.join(targets)}. Chưa có gì thay đổi."
        )
    return Settings(wanted, targets[wanted], int(rules.keep), int(rules.max_removed))


def _targets(tree: Node, faults: list[Diagnostic]) -> Iterator[tuple[str, TargetRow]]:
    targets = tree.find(("targets",))
    if targets is None or targets.is_empty:
        return  # said already
    if not isinstance(targets.value, dict) or not targets.value:
        faults.append(fault("MH109", targets.span, key="targets", label="Các nơi xuất bản"))
        return
    for name, node in targets.value.items():
        if slug(name) != name:
            wanted = slug(name) or "may-chu"
            faults.append(fault("MH120", targets.keys[name], value=name, wanted=wanted))
        if not isinstance(node.value, dict):
            faults.append(fault("MH109", targets.keys[name], key=name, label="Nơi xuất bản"))
            continue
        type_ = _type_of(node, faults)
        if type_ is None:
            continue
        row, found = decode_record(KINDS[type_], node, node.plain(), {})
        faults += [one for one in found if not _is_secret_at(one, node)]
        if row:
            yield name, row


def _type_of(node: Node, faults: list[Diagnostic]) -> str | None:
    written = node.find(("type",))
    if written is None or written.is_empty:
        first = next(iter(node.keys.values()), node.span)
        span = Span(first.path, first.line, first.column, first.line, first.column)
        example = f"Ví dụ: type: {next(iter(KINDS))}."
        faults.append(fault("MH101", span, key="type", label="Loại", example=example))
    elif written.value not in KINDS:
        meant = closest(str(written.value), list(KINDS))
        choices = ", ".join(KINDS)
        faults.append(
            fault("MH107", written.span, value=written.value, meant=meant, choices=choices)
        )
    else:
        return str(written.value)
    return None


def _secrets(node: Node) -> Iterator[Diagnostic]:
    """Keys under which somebody has written a secret."""
    if not isinstance(node.value, dict):
        return
    for key, below in node.value.items():
        if _is_secret(key):
            yield fault("MH501", node.keys[key], key=key)
        yield from _secrets(below)


def _is_secret(key: str) -> bool:
    return any(word in slug(key) for word in _SECRETS)


def _is_secret_at(found: Diagnostic, node: Node) -> bool:
    """Whether `found` says no more than that a secret's key is unknown."""
    if not isinstance(node.value, dict):
        return False
    return any(_is_secret(key) and span == found.span for key, span in node.keys.items())
