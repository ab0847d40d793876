# Everything that the module needs is there and computes.
Test-FineTuneEnvironment | Format-Table -Wrap
if (-not (Test-FineTuneEnvironment -Quiet)) { throw 'something is missing' }
