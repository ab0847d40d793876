# A whole night, and its exit code.
param([string] $Path)
$ErrorActionPreference = 'Stop'
$Path = Join-Path $Path task
New-SampleDataset (Join-Path $Path desk) -Kind Tickets -Count 60 -Force
Set-Content (Join-Path $Path nightly.json) '{ "name": "nightly", "workspace": "workspace", "data": { "path": "desk/tickets.csv" }, "plan": { "model": "LinearSvm" }, "notify": { "skip": true } }'
$outcome = Invoke-FineTuneTask (Join-Path $Path nightly.json)
$outcome | Format-List
if ($outcome.ExitCode -notin 0, 10) { throw "it ended with $($outcome.ExitCode)" }
if (-not (Test-FineTuneLedger (Join-Path $Path workspace/ledger.jsonl) -Quiet)) { throw 'the ledger is not whole' }
