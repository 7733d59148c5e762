# Cài bộ dựng trang trên Windows, không cần internet. Mở PowerShell trong thư mục này, gõ:
#   powershell -ExecutionPolicy Bypass -File cai-dat.ps1 [THƯ-MỤC]
# THƯ-MỤC là nơi đặt bộ dựng trang, mặc định là dan-van-kheo. Cài lại bản mới vào đúng chỗ cũ
# cũng bằng lệnh này; bài viết và cấu hình đã có được giữ nguyên.
param([string]$Target = 'dan-van-kheo')
$ErrorActionPreference = 'Stop'
$Here = $PSScriptRoot

foreach ($Line in Get-Content -Encoding UTF8 (Join-Path $Here 'SHA256SUMS')) {
    $Wanted, $Name = $Line -split '  ', 2
    $Place = Join-Path $Here $Name
    if (-not (Test-Path -LiteralPath $Place) -or
        (Get-FileHash -Algorithm SHA256 -LiteralPath $Place).Hash -ne $Wanted) {
        Write-Host "Tệp $Name trong bộ cài bị thiếu hoặc bị hỏng. Chép lại bộ cài rồi chạy lại; chưa cài gì."
        exit 1
    }
}

$Version = $null
foreach ($One in '3.13', '3.12', '3.11') {
    & py "-$One" -c 'import venv' 2>$null
    if ($LASTEXITCODE -eq 0) { $Version = $One; break }
}
if (-not $Version) {
    Write-Host 'Cần Python 3.11, 3.12 hoặc 3.13 (bản 64 bit). Nhờ người quản trị máy cài rồi chạy lại.'
    exit 1
}

New-Item -ItemType Directory -Force $Target | Out-Null
& py "-$Version" -m venv --clear (Join-Path $Target '.venv')
if ($LASTEXITCODE -ne 0) { exit 1 }
& (Join-Path $Target '.venv\Scripts\python.exe') -m pip install --quiet --disable-pip-version-check `
    --no-index --no-deps --find-links (Join-Path $Here 'wheels') `
    --require-hashes --requirement (Join-Path $Here 'requirements.txt')
if ($LASTEXITCODE -ne 0) { exit 1 }
# Lần đầu mới chép dự án mẫu: không bao giờ đè lên bài đã viết.
if (-not (Test-Path (Join-Path $Target 'mkdocs.yml'))) {
    Copy-Item -Recurse (Join-Path $Here 'du-an-mau\*') $Target
}
Write-Host "Đã cài xong vào $Target. Vào thư mục đó, gõ: .venv\Scripts\site-builder build"
