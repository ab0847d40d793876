# The main job, as the README runs it.
param([string] $Path)
& "$PSScriptRoot/../../examples/first-classifier.ps1" -Path (Join-Path $Path pictures)
