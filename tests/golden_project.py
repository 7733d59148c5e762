"""Writes the project that a golden describes, and prints diagnostics as goldens have them."""

import io
import zlib
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from site_builder.diagnostics import Diagnostic

GOLDEN = Path(__file__).parent / "golden"
SKELETON: dict[str, str] = yaml.safe_load((GOLDEN / "skeleton.yml").read_text("utf-8"))


def read_golden(place: Path) -> dict[str, Any]:
    """The golden as plain data; see the head of test_check_goldens.py for its keys."""
    golden = yaml.safe_load(place.read_text("utf-8"))
    known = {"about", "files", "replace", "repeat", "bytes", "pictures", "links", "locked"}
    known |= {"today", "expect"}
    assert golden.keys() <= known, f"{place.name}: {golden.keys() - known}"
    return golden


def write_project(root: Path, golden: dict[str, Any]) -> None:
    """The skeleton with everything that the golden adds, changes and deletes."""
    files = SKELETON | golden.get("files", {})
    for path, edits in golden.get("replace", {}).items():
        for old, new in edits.items():
            assert files[path].count(old) == 1, f"“{old}” must stand once in {path}"
            files[path] = files[path].replace(old, new)
    for path, times in golden.get("repeat", {}).items():
        for text, count in times.items():
            files[path] = files[path].replace(text, text * count, 1)
    for path, text in files.items():
        if text is not None:
            write(root / path, text.encode())
    for path, digits in golden.get("bytes", {}).items():
        write(root / path, bytes.fromhex(digits))
    for path, kind in golden.get("pictures", {}).items():
        write(root / path, picture(kind))
    for path, target in golden.get("links", {}).items():
        (root / path).symlink_to(target)


def write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def picture(kind: str) -> bytes:
    """A picture file: jpeg, png, gif, heic, or one that is at fault.

    broken: PNG cut short · torn: JPEG cut short · bomb: 40,000 × 40,000 in its header ·
    film: WebP that moves.
    """
    if kind == "heic":
        return (Path(__file__).parent / "pictures" / "iphone.heic").read_bytes()
    buffer = io.BytesIO()
    is_cut = kind in ("broken", "torn")
    size = (200, 200) if is_cut else (2, 2)
    first, second = (Image.effect_noise(size, 50 * sigma).convert("RGB") for sigma in (1, 2))
    more = {"save_all": True, "append_images": [second]} if kind == "film" else {}
    formats = {"jpeg": "JPEG", "torn": "JPEG", "film": "WEBP", "gif": "GIF"}
    first.save(buffer, formats.get(kind, "PNG"), **more)
    data = buffer.getvalue()
    if is_cut:
        return data[: len(data) // 2]
    if kind == "bomb":
        header = b"IHDR" + (40_000).to_bytes(4, "big") * 2 + data[24:29]
        return data[:12] + header + zlib.crc32(header).to_bytes(4, "big") + data[33:]
    return data


def listed(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Two lines for each fault: place, severity, code and message; then the hint."""
    return "".join(
        f"{item.span.path}:{_place(item)} {item.severity} {item.code}: {item.message}\n"
        f"  = {item.hint}\n"
        for item in diagnostics
    )


def _place(item: Diagnostic) -> str:
    """line:column-end, or line:column-line:end where the place runs over several lines."""
    span = item.span
    end = f"{span.end_column}"
    if span.end_line != span.line:
        end = f"{span.end_line}:{end}"
    return f"{span.line}:{span.column}-{end}"
