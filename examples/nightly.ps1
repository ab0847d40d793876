# What a scheduler runs at night: the settings are checked, the task is carried out, and the process ends with its exit code.
# Run it in an empty folder: without your own settings it writes some, and pictures to go with them. -At registers the task instead.
param(
    [string] $Settings = (Join-Path (Get-Location) 'nightly/nightly.task.json'),
    [int] $Count = 100,
    [timespan] $At
)
$ErrorActionPreference = 'Stop'
Import-Module PSFineTune

$Settings = [System.IO.Path]::Combine((Get-Location).Path, $Settings)
$folder = Split-Path $Settings

if (-not (Test-Path $Settings)) {
    $null = New-Item -ItemType Directory -Force $folder
    Copy-Item (Join-Path $PSScriptRoot nightly.task.json) $Settings
    New-SampleDataset (Join-Path $folder photos) -Kind HotDog -Count $Count -Seed 1
    New-SampleDataset (Join-Path $folder incoming) -Kind HotDog -Count $Count -Seed 2
}

# All that is wrong, before the night; the task itself would end with 50.
$wrong = @(Test-FineTuneTask $Settings | Where-Object Passed -EQ $false)
if ($wrong) {
    $wrong | Format-List Setting, Message, Action
    exit 50
}
if ($PSBoundParameters.ContainsKey('At')) { return Register-FineTuneTask $Settings -At $At }

# One outcome, whatever happens; a line of it for whatever collects logs.
$outcome = Invoke-FineTuneTask $Settings -SetExitCode
$outcome.Stages | Format-Table Stage, Result, Seconds, Message
Add-Content (Join-Path $folder nights.log) ('{0:u} {1} {2} {3}' -f $outcome.Finished, $outcome.Task, $outcome.ExitCode, $outcome.Reason)
exit $outcome.ExitCode
