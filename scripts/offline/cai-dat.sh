#!/bin/sh
# Cài bộ dựng trang trên Linux, không cần internet: sh cai-dat.sh [THƯ-MỤC]
# THƯ-MỤC là nơi đặt bộ dựng trang, mặc định là ./dan-van-kheo. Cài lại bản mới vào đúng chỗ cũ
# cũng bằng lệnh này; bài viết và cấu hình đã có được giữ nguyên.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-dan-van-kheo}

(cd "$here" && sha256sum --check --quiet SHA256SUMS) || {
    echo "Bộ cài bị thiếu tệp hoặc có tệp bị hỏng. Chép lại bộ cài rồi chạy lại; chưa cài gì." >&2
    exit 1
}

python=
for name in python3.13 python3.12 python3.11; do
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Cần Python 3.11, 3.12 hoặc 3.13 cùng gói python3-venv. Nhờ người quản trị máy cài rồi chạy lại." >&2
    exit 1
fi

mkdir -p "$target"
"$python" -m venv --clear "$target/.venv"
"$target/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
    --find-links "$here/wheels" --require-hashes --requirement "$here/requirements.txt"
# Lần đầu mới chép dự án mẫu: không bao giờ đè lên bài đã viết.
if [ ! -e "$target/mkdocs.yml" ]; then
    cp -R "$here/du-an-mau/." "$target/"
fi
echo "Đã cài xong vào $target. Vào thư mục đó, gõ: .venv/bin/site-builder build"
