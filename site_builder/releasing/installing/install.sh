#!/bin/sh
# Installs the release that lies beside this script, or goes back to an older one.
#
#   sh install.sh /srv/dan-van-kheo                    # kiểm tra, chép, chuyển sang bản này
#   sh install.sh /srv/dan-van-kheo --rollback [BẢN]   # quay lại bản trước, hoặc bản có tên
#
# The web server's root is DIR/current. KEEP says how many releases stay (5). POSIX shell; needs
# sha256sum or shasum.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
keep=${KEEP:-5}
top=${1:-}
step="Chưa có gì thay đổi."

tell() { printf '%s\n' "$*"; }
fail() { printf '%s %s\n' "$*" "$step" >&2; exit 1; }

[ -n "$top" ] || fail "Cách dùng: sh install.sh THƯ_MỤC [--rollback [BẢN]]."

sums() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum -c "$1"; else shasum -a 256 -c "$1"; fi
}

# Usage: verify FOLDER SUMS: every file is there and as it was made, and there is no other.
verify() {
    (cd "$1" && sums "$2") >/dev/null 2>&1 || return 1
    [ "$(find "$1" -type f | wc -l)" -eq "$(wc -l <"$2")" ]
}

live() {
    link=$(readlink "$top/current" 2>/dev/null || true)
    printf '%s' "${link#releases/}"
}

# Usage: switch ID
switch() {
    rm -f "$top/.current-new"
    ln -s "releases/$1" "$top/.current-new"
    # -T renames over the link itself, in one step; systems without it (macOS) have -h.
    mv -T "$top/.current-new" "$top/current" 2>/dev/null ||
        mv -h "$top/.current-new" "$top/current" 2>/dev/null ||
        fail "Hệ thống này không đổi được đường dẫn tắt trong một bước."
}

# The releases, the oldest first: their names begin with their time.
releases() {
    for sums in "$top"/releases/*.sha256; do
        name=$(basename "$sums" .sha256)
        if [ -d "$top/releases/$name" ]; then printf '%s\n' "$name"; fi
    done
}

mkdir -p "$top/releases" || fail "Không ghi được vào $top."
if [ -e "$top/current" ] && [ ! -h "$top/current" ]; then
    fail "$top/current không phải do gói này tạo ra; chuyển nó đi nơi khác."
fi
mkdir "$top/.installing" 2>/dev/null ||
    fail "Một lệnh khác đang cài vào $top. Nếu lệnh ấy đã bị tắt ngang, xóa thư mục $top/.installing rồi chạy lại."
trap 'rmdir "$top/.installing" 2>/dev/null || true' EXIT
trap 'exit 1' HUP INT TERM

was=$(live)
[ -z "$was" ] || step="Trang đang chạy vẫn là bản $was, chưa có gì thay đổi."

if [ "${2:-}" = --rollback ]; then
    id=${3:-$(releases | grep -v "^$was\$" | awk -v live="$was" '$0 < live' | tail -n 1)}
    [ -n "$id" ] || fail "Không còn bản nào cũ hơn để quay lại."
    [ -f "$top/releases/$id.sha256" ] || fail "Không có bản $id."
    verify "$top/releases/$id" "$top/releases/$id.sha256" ||
        fail "Bản $id không còn nguyên vẹn nên không quay lại được."
    switch "$id"
    tell "Đã quay lại bản $id ($top/current)."
    exit 0
fi

id=$(cat "$here/ID")
verify "$here/site" "$here/SHA256SUMS" || fail "Gói này hỏng hoặc thiếu tệp; chép lại gói."
if [ "$id" = "$was" ]; then
    tell "Trang đang chạy vốn là bản $id; không có gì thay đổi."
    exit 0
fi
if [ ! -f "$top/releases/$id.sha256" ] || ! verify "$top/releases/$id" "$top/releases/$id.sha256"; then
    # What a command that was killed has left goes first.
    rm -rf "$top"/releases/.making-* "$top/releases/$id" "$top/releases/$id.sha256"
    making=$top/releases/.making-$id
    cp -Rp "$here/site" "$making" || fail "Không chép được sang $making (đĩa đầy?)."
    verify "$making" "$here/SHA256SUMS" || fail "Chép sang không giống bản gốc."
    sync
    mv "$making" "$top/releases/$id"
    cp "$here/SHA256SUMS" "$top/releases/$id.sha256"
fi
switch "$id"
step="Trang đang chạy là bản $id, nguyên vẹn."
releases | grep -v -e "^$id\$" -e "^$was\$" | sort -r | tail -n "+$((keep - 1))" | while read -r old; do
    rm -rf "$top/releases/$old" "$top/releases/$old.sha256"
done
tell "Đã chuyển sang bản $id ($top/current)."
