# build.ps1: what its functions say.
Describe 'build.ps1' {
    It 'does not write a password to the log when signing fails' {
        $source = Get-Content (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'build.ps1') -Raw
        . ([scriptblock]::Create([regex]::Match($source, '(?ms)^function Invoke-Native \{.*?^\}').Value))
        { Invoke-Native dotnet nuget no-such-verb here.nupkg --certificate-password 'pass word' *>$null } | Should -Throw 'dotnet nuget no-such-verb ended with exit code *.'
    }
}
