<#
.SYNOPSIS
    Builds, tests, packs and measures PSFineTune.
.DESCRIPTION
    Runs in PowerShell 7.4 or newer, and where there is none in the project's own host:
    dotnet run --project src/PSFineTune.Host -- build.ps1 -Task Test
.PARAMETER Task
    Build, Test, Fuzz, Demo, Bench, Pack, Help, TestWindows or Clean; Help says what each does.
.PARAMETER Runtime
    The platform to pack a whole module for, libtorch included: linux-x64, win-x64 or osx-arm64. Without it Pack makes the gallery's package.
.PARAMETER Accelerator
    What computes: cpu or cuda.
.PARAMETER WithoutTorch
    With -Runtime: without libtorch and its bridge, which Install-FineTuneRuntime brings.
.PARAMETER CertificatePath
    A certificate with its key (.pfx) to sign the gallery's package with; its password is in the environment variable PSFINETUNE_CERTIFICATE_PASSWORD.
.PARAMETER Timestamper
    Address of a time-stamping server (RFC 3161), which signatures outlive their certificate by.
.EXAMPLE
    ./build.ps1 -Task Pack
.EXAMPLE
    ./build.ps1 -Task Pack -Runtime win-x64
#>
param(
    [ValidateSet('Build', 'Test', 'Fuzz', 'Demo', 'Bench', 'Pack', 'Help', 'TestWindows', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('', 'linux-x64', 'win-x64', 'osx-arm64')]
    [string] $Runtime = '',

    [ValidateSet('cpu', 'cuda')]
    [string] $Accelerator = 'cpu',

    [switch] $WithoutTorch,

    [string] $CertificatePath = '',

    [string] $Timestamper = ''
)

$ErrorActionPreference = 'Stop'
$artifacts = Join-Path $PSScriptRoot artifacts
$source = Join-Path $PSScriptRoot src
$version = ([xml][System.IO.File]::ReadAllText((Join-Path $PSScriptRoot Directory.Build.props))).SelectSingleNode('//Version').InnerText

# Runs a native command and ends the build where it fails. Only its first arguments are named: later ones may be a password.
function Invoke-Native {
    $command, $rest = $args | ForEach-Object { $_ }
    & $command @rest
    if ($LASTEXITCODE -ne 0) { throw "$command $(($rest | Select-Object -First 2) -join ' ') ended with exit code $LASTEXITCODE." }
}

# The platform asked for, else this machine's.
function Get-Target {
    if ($Runtime) { return $Runtime }
    $system = if ($IsWindows) { 'win' } elseif ($IsMacOS) { 'osx' } else { 'linux' }
    "$system-$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture)".ToLowerInvariant()
}

# A build of another platform keeps to a folder of its own, so that it leaves this machine's as it is.
function Get-Properties([string] $target) {
    "-p:Runtime=$target", "-p:Accelerator=$Accelerator", "-p:ArtifactsPath=$artifacts/cross/$target-$Accelerator"
}

# Builds everything and stages the module in artifacts/module.
function Invoke-BuildTask {
    Invoke-Native dotnet build $PSScriptRoot "-p:Accelerator=$Accelerator"
    Write-Output "The module is in $artifacts/module."
}

# Runs every test: xunit and Pester files, one project after the other.
function Invoke-TestTask {
    Invoke-Native dotnet test $PSScriptRoot '-m:1' "-p:Accelerator=$Accelerator"
}

# Runs the tests on damaged files with 50,000 of each kind: packages, PyTorch files and images.
function Invoke-FuzzTask {
    Invoke-BuildTask
    $env:PSFINETUNE_FUZZ = '50000'
    Invoke-Native dotnet "$artifacts/bin/PSFineTune.Core.Tests/debug/PSFineTune.Core.Tests.dll" -class '*Fuzz*' -class '*HostilePackage*'
}

# Runs examples/first-classifier.ps1: from a folder of pictures to predictions.
function Invoke-DemoTask {
    Invoke-Native dotnet run --project $source/PSFineTune.Host -- $PSScriptRoot/examples/first-classifier.ps1
}

# Measures Import-Module, and augmentation, evaluation and training beside torchvision, and Chinese words beside jieba, where PSFINETUNE_ASSETS and its neighbour peers/ are there.
function Invoke-BenchTask {
    Invoke-BuildTask
    $engine = "$artifacts/bin/PSFineTune.Host/debug/PSFineTune.Host.dll"
    $measure = '$watch = [System.Diagnostics.Stopwatch]::StartNew(); Import-Module PSFineTune; $watch.Elapsed.TotalMilliseconds'
    $times = 1..15 | ForEach-Object { [double](Invoke-Native dotnet $engine -Command $measure) } | Sort-Object
    Write-Output ('Import-Module PSFineTune: median {0:0} ms of {1} processes ({2:0} to {3:0})' -f $times[7], $times.Count, $times[0], $times[14])

    Measure-BesidePeer Augmentation augment.py augment_torchvision.py "$env:PSFINETUNE_ASSETS/datasets/clothing"
    Measure-Evaluation
    Measure-ChineseWords
    Measure-BesidePeer Training training.py finetune_torch.py "$env:PSFINETUNE_ASSETS/datasets/clothing" "$env:PSFINETUNE_ASSETS/weights/mobilenet_v2.safetensors"
    Measure-BesidePeer Recipes recipes.py finetune_torch.py "$env:PSFINETUNE_ASSETS/datasets/clothing" "$env:PSFINETUNE_ASSETS/weights/mobilenet_v2.safetensors"
}

# Runs one comparison of tests/Benchmarks, whose last argument is the peer; without the peer it is skipped.
function Measure-BesidePeer([string] $name, [string] $script, [string] $peer) {
    $found = if ($env:PSFINETUNE_ASSETS) { Join-Path (Split-Path $env:PSFINETUNE_ASSETS) peers $peer }
    if (-not $found -or -not (Test-Path $found)) {
        Write-Output "$name beside the peer is skipped: PSFINETUNE_ASSETS names no folder with peers/$peer beside it."
        return
    }
    Invoke-Native python3 $PSScriptRoot/tests/Benchmarks/$script @args $found
}

# Runs the comparison of evaluations, whose peer is in tests/Benchmarks.
function Measure-Evaluation {
    if (-not $env:PSFINETUNE_ASSETS) {
        Write-Output 'Evaluation beside the peer is skipped: PSFINETUNE_ASSETS names no folder.'
        return
    }
    Invoke-Native python3 $PSScriptRoot/tests/Benchmarks/evaluation.py "$env:PSFINETUNE_ASSETS/datasets/clothing" "$env:PSFINETUNE_ASSETS/weights/mobilenet_v2.safetensors"
}

# Runs the comparison of Chinese words with jieba (Debian: python3-jieba).
function Measure-ChineseWords {
    if (-not $env:PSFINETUNE_ASSETS) {
        Write-Output 'Chinese words beside jieba are skipped: PSFINETUNE_ASSETS names no folder.'
        return
    }
    Invoke-Native python3 $PSScriptRoot/tests/Benchmarks/chinese.py "$env:PSFINETUNE_ASSETS/text/thucnews-titles/dev.txt" "$env:PSFINETUNE_ASSETS/vocab/jieba"
}

# Makes the gallery's package, artifacts/gallery/PSFineTune.<version>.nupkg; with -Runtime the module for that platform as files, artifacts/pack/<runtime>/PSFineTune/<version>.
function Invoke-PackTask {
    if ($Runtime) { Export-Module } else { Export-GalleryPackage }
}

function Export-GalleryPackage {
    Invoke-Native dotnet pack $source/PSFineTune.Gallery -c Release '-m:1' "-p:ArtifactsPath=$artifacts/cross/gallery" "-p:GalleryFolder=$artifacts/gallery/"
    $package = "$artifacts/gallery/PSFineTune.$version.nupkg"
    if ($CertificatePath) { Add-Signature $package }
    Write-Output "Publish-PSResource -NupkgPath $package publishes it; Register-PSResourceRepository of its folder and Install-PSResource install it from there."
}

# Signs with a copy of the certificate, in a folder that only this account can read, under a password made for this once: every
# account of the machine can read command lines.
function Add-Signature([string] $package) {
    $path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($CertificatePath)
    $folder = [System.IO.Directory]::CreateTempSubdirectory('psfinetune-').FullName
    try {
        $certificates = [System.Security.Cryptography.X509Certificates.X509Certificate2Collection]::new()
        $certificates.Import($path, $env:PSFINETUNE_CERTIFICATE_PASSWORD, 'Exportable')
        $once = [Convert]::ToHexString([System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32))
        [System.IO.File]::WriteAllBytes("$folder/once.pfx", $certificates.Export('Pfx', $once))
        $signing = @('nuget', 'sign', $package, '--certificate-path', "$folder/once.pfx", '--certificate-password', $once, '--overwrite')
        if ($Timestamper) { $signing += '--timestamper', $Timestamper }
        Invoke-Native dotnet @signing
    }
    finally {
        Remove-Item $folder -Recurse -Force
    }
}

function Export-Module {
    $target = Get-Target
    $module = "$artifacts/pack/$target/PSFineTune/$version"
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Invoke-Native dotnet build $source/PSFineTune.Cmdlets -c Release '-m:1' @(Get-Properties $target) '-p:StageCopies=true' "-p:StageTorch=$(-not $WithoutTorch)" "-p:StagedModule=$module/"
    Write-Output "Copy $artifacts/pack/$target/PSFineTune to a folder of your PSModulePath."
}

# Lists the tasks.
function Invoke-HelpTask {
    $lines = [System.IO.File]::ReadAllLines($PSCommandPath)
    Write-Output "build.ps1 [-Task] <task> [-Runtime <platform>] [-Accelerator cpu|cuda] [-WithoutTorch]"
    for ($i = 1; $i -lt $lines.Length; $i++) {
        if ($lines[$i] -match '^function Invoke-(\w+)Task ') { Write-Output ('  {0,-12} {1}' -f $Matches[1], $lines[$i - 1].TrimStart('#', ' ')) }
    }
}

# Runs the scripts of tests/Windows as Windows would, under Wine where this is none: host and module for win-x64, one process a check.
function Invoke-TestWindowsTask {
    $wine = Get-Command wine64, wine -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    if (-not $wine -and -not $IsWindows) {
        Write-Output 'TestWindows is skipped: there is no Wine here (Debian 13: apt-get install wine64; of Debian 12 it is Wine 8, which some native errors hang).'
        return
    }
    $program = "$artifacts/cross/windows"
    Invoke-Native dotnet publish $source/PSFineTune.Host -c Release -r win-x64 --self-contained -o $program '-m:1' @(Get-Properties win-x64)
    $Script:Runtime = 'win-x64'
    Export-Module
    New-Item $program/modules -ItemType Directory -Force | Out-Null
    $module = "$program/modules/PSFineTune"
    if (Test-Path $module) { Remove-Item $module -Recurse -Force }
    Copy-Item "$artifacts/pack/win-x64/PSFineTune/$version" $module -Recurse

    # Some errors of native code hang Wine 8: a limit in seconds, and a last line that says the script came to its end.
    $before = Get-Tree $module
    foreach ($check in Get-ChildItem $PSScriptRoot/tests/Windows -Filter *.ps1 | Sort-Object Name) { Test-UnderWine $check.BaseName 900 "& '$($check.FullName)' -Path '$artifacts/cross/checks'" }
    if ((Get-Tree $module) -ne $before) { throw 'The module wrote into its own folder, which is read-only where programs are installed.' }
    Write-Output "Nothing was written into the module's folder."
}

# Every file of a folder with its size and when it was written, as one text.
function Get-Tree([string] $folder) {
    (Get-ChildItem $folder -Recurse | Sort-Object FullName | ForEach-Object { "$($_.FullName) $($_.Length) $($_.LastWriteTimeUtc.Ticks)" }) -join "`n"
}

# One check in a process of its own. KMP_TOPOLOGY_METHOD keeps OpenMP from asking Wine what it cannot answer; with the
# runtime's write-xor-execute on, Wine ends long runs with an internal CLR error.
function Test-UnderWine([string] $name, [int] $seconds, [string] $script) {
    $last = 'the check came to its end'
    $run = @("$artifacts/cross/windows/PSFineTune.Host.exe", '-Command', "Import-Module PSFineTune; $script; '$last'")
    $env:KMP_TOPOLOGY_METHOD = 'flat'
    $env:DOTNET_EnableWriteXorExecute = '0'
    $env:WINEDEBUG = '-all'
    $output = if ($IsWindows) { & $run[0] $run[1] $run[2] } else { & timeout --kill-after=10 $seconds $wine.Source @run }
    $output | ForEach-Object { Write-Output "  $_" }
    $closing = @($output | Where-Object { "$_".Trim() })[-1]
    if ($LASTEXITCODE -ne 0 -or $closing -ne $last) { throw "$name failed under Windows: exit code $LASTEXITCODE, last line '$closing'." }
    Write-Output "$name passed under Windows."
}

# Removes everything that was built.
function Invoke-CleanTask {
    if (Test-Path $artifacts) { Remove-Item $artifacts -Recurse -Force }
}

& "Invoke-${Task}Task"
