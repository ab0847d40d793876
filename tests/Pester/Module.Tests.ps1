BeforeDiscovery {
    Import-Module PSFineTune
    $commands = Get-Command -Module PSFineTune | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    Import-Module PSFineTune
}

Describe 'The module' {
    It 'exports cmdlets alone' {
        $module = Get-Module PSFineTune
        $module.ExportedFunctions.Keys | Should -BeNullOrEmpty
        $module.ExportedAliases.Keys | Should -BeNullOrEmpty
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'names what it exports in its manifest' {
        $module = Get-Module PSFineTune
        $text = [System.IO.File]::ReadAllText((Join-Path $module.ModuleBase 'PSFineTune.psd1'))
        $text | Should -Not -Match 'CmdletsToExport\s*=\s*.*\*'
        foreach ($name in $module.ExportedCmdlets.Keys) { $text | Should -Match "'$name'" }
    }

    It 'loads no native library by being imported' {
        # In a process of its own, for in this one other tests train.
        $script = Join-Path $TestDrive 'fresh.ps1'
        Set-Content $script 'Import-Module PSFineTune', '"native: $(@([System.Diagnostics.Process]::GetCurrentProcess().Modules | Where-Object ModuleName -Match torch).Count)"'
        if ([System.Environment]::ProcessPath -match 'pwsh(\.exe)?$') { $said = & ([System.Environment]::ProcessPath) -NoProfile -File $script }
        else { $said = & dotnet ([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'PSFineTune.Host' }).Location $script }
        "$said" | Should -Be 'native: 0'
    }

    It 'says what it is and which errors it knows' -ForEach @(
        'about_PSFineTune', 'about_PSFineTune_Augmentation', 'about_PSFineTune_Determinism', 'about_PSFineTune_Errors', 'about_PSFineTune_ExitCodes', 'about_PSFineTune_Offline',
        'about_PSFineTune_Promotion', 'about_PSFineTune_Security', 'about_PSFineTune_TextClassification', 'about_PSFineTune_Troubleshooting'
    ) {
        Get-Help $_ | Should -Not -BeNullOrEmpty
    }
}

Describe '<Name>' -ForEach $commands {
    It 'has an approved verb' {
        $verbs = [System.Management.Automation.VerbsCommon], [System.Management.Automation.VerbsData], [System.Management.Automation.VerbsLifecycle],
            [System.Management.Automation.VerbsDiagnostic], [System.Management.Automation.VerbsCommunications], [System.Management.Automation.VerbsSecurity],
            [System.Management.Automation.VerbsOther] | ForEach-Object { $_.GetFields().Name }
        $Name.Split('-')[0] | Should -BeIn $verbs
    }

    It 'has help with three examples' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -BeLike "*$Name*-*"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($parameter in (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }) {
            (Get-Help $Name -Parameter $parameter).description | Should -Not -BeNullOrEmpty -Because $parameter
        }
    }

    It 'says what it returns' {
        (Get-Command $Name).OutputType | Should -Not -BeNullOrEmpty
    }
}
