# Installs the release that lies beside this script, or goes back to an older one.
#
#   .\install.ps1 C:\inetpub\dan-van-kheo                      # kiểm tra, chép, chuyển
#   .\install.ps1 C:\inetpub\dan-van-kheo -Rollback [-Id BẢN]  # quay lại
#
# The web server's root is DIR\current: the live release's own directory, since Windows cannot
# exchange links in one step. PowerShell 5.1 or newer.
param(
    [Parameter(Mandatory = $true)][string]$Top,
    [switch]$Rollback,
    [string]$Id = '',
    [int]$Keep = 5
)
$ErrorActionPreference = 'Stop'
$Releases = Join-Path $Top 'releases'
$Current = Join-Path $Top 'current'
$State = 'Chưa có gì thay đổi.'

function Stop-Here([string]$Text) {
    Write-Output "$Text $script:State"
    exit 1
}

# Whether every file of a folder is as listed, and there is no other.
function Test-Release([string]$Folder, [string]$Sums) {
    if (-not (Test-Path -LiteralPath $Folder -PathType Container)) { return $false }
    $Count = 0
    foreach ($Line in [IO.File]::ReadAllLines($Sums)) {
        $File = Join-Path $Folder $Line.Substring(66).Replace('/', '\')
        if (-not (Test-Path -LiteralPath $File -PathType Leaf)) { return $false }
        $Hash = (Get-FileHash -LiteralPath $File -Algorithm SHA256).Hash
        if ($Hash -ne $Line.Substring(0, 64)) { return $false }
        $Count++
    }
    return @(Get-ChildItem -LiteralPath $Folder -Recurse -File -Force).Count -eq $Count
}

# The id of the live release; empty where there is none.
function Get-Live {
    $File = Join-Path $Current 'version.json'
    if (-not (Test-Path -LiteralPath $File)) { return '' }
    return (Get-Content -LiteralPath $File -Raw | ConvertFrom-Json).release
}

# All releases, the oldest first.
function Get-Releases {
    Get-ChildItem -LiteralPath $Releases -Filter '*.sha256' |
        ForEach-Object { $_.BaseName } | Sort-Object
}

# Two renamings; between them there is no site. A failure puts the old one back.
function Switch-To([string]$New, [string]$Old) {
    $Clock = [Diagnostics.Stopwatch]::StartNew()
    if ($Old) { Move-Item -LiteralPath $Current -Destination (Join-Path $Releases $Old) }
    try {
        Move-Item -LiteralPath (Join-Path $Releases $New) -Destination $Current
    }
    catch {
        if ($Old) { Move-Item -LiteralPath (Join-Path $Releases $Old) -Destination $Current }
        Stop-Here 'Không chuyển được: có chương trình đang mở tệp.'
    }
    return $Clock.ElapsedMilliseconds
}

New-Item -ItemType Directory -Force -Path $Releases | Out-Null
try {
    $Lock = [IO.File]::Open((Join-Path $Top '.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
}
catch {
    Stop-Here "Một lệnh khác đang cài vào $Top."
}
try {
    $Was = Get-Live
    if ((Test-Path -LiteralPath $Current) -and -not $Was) {
        Stop-Here "$Current không phải do gói này tạo ra; chuyển nó đi nơi khác."
    }
    if ($Was) { $State = "Trang đang chạy vẫn là bản $Was, chưa có gì thay đổi." }
    if ($Rollback) {
        if (-not $Id) {
            $Id = Get-Releases | Where-Object { $_ -lt $Was } | Select-Object -Last 1
        }
        if (-not $Id) { Stop-Here 'Không còn bản nào cũ hơn để quay lại.' }
    }
    else {
        $Id = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'ID')).Trim()
    }
    if ($Id -eq $Was) {
        Write-Output "Trang đang chạy vốn là bản $Id; không có gì thay đổi."
        exit 0
    }
    $Home_ = Join-Path $Releases $Id
    $Sums = "$Home_.sha256"
    if (-not $Rollback) {
        $Given = Join-Path $PSScriptRoot 'SHA256SUMS'
        if (-not (Test-Release (Join-Path $PSScriptRoot 'site') $Given)) {
            Stop-Here 'Gói này hỏng hoặc thiếu tệp; chép lại gói.'
        }
        if (-not (Test-Path -LiteralPath $Home_)) {
            Get-ChildItem -LiteralPath $Releases -Filter '.making-*' -Directory -Force |
                Remove-Item -Recurse -Force
            $Making = Join-Path $Releases ".making-$Id"
            Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'site') -Destination $Making -Recurse
            if (-not (Test-Release $Making $Given)) { Stop-Here 'Chép sang không giống bản gốc.' }
            Move-Item -LiteralPath $Making -Destination $Home_
        }
        Copy-Item -LiteralPath $Given -Destination $Sums -Force
    }
    if (-not (Test-Path -LiteralPath $Sums)) { Stop-Here "Không có bản $Id." }
    if (-not (Test-Release $Home_ $Sums)) { Stop-Here "Bản $Id không còn nguyên vẹn." }
    $Gap = Switch-To $Id $Was
    $State = "Trang đang chạy là bản $Id, nguyên vẹn."
    $Old = @(Get-Releases | Where-Object { $_ -ne $Id -and $_ -ne $Was })
    if ($Old.Count -gt $Keep - 2) {
        foreach ($Name in $Old[0..($Old.Count - $Keep + 1)]) {
            Remove-Item -LiteralPath (Join-Path $Releases $Name) -Recurse -Force
            Remove-Item -LiteralPath (Join-Path $Releases "$Name.sha256") -Force
        }
    }
    Write-Output "Đã chuyển sang bản $Id ($Current); trang đã ngắt $Gap mili giây."
}
finally {
    $Lock.Close()
}
