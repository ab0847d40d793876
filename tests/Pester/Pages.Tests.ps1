# About topics, pages and the README name only what exists: topics, cmdlets, and parameters of this module.
BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $topics = Get-ChildItem (Join-Path $root 'module/en-US') -Filter *.help.txt | ForEach-Object { @{ Page = $_.Name; Path = $_.FullName } }
    $pages = $topics + @(Get-ChildItem (Join-Path $root 'module/docs') -Filter *.md | ForEach-Object { @{ Page = $_.Name; Path = $_.FullName } }) + @{ Page = 'README.md'; Path = (Join-Path $root 'README.md') }
}

BeforeAll {
    Import-Module PSFineTune
    $root = Split-Path (Split-Path $PSScriptRoot)
    $ours = @{}
    Get-Command -Module PSFineTune | ForEach-Object { $ours[$_.Name] = $_ }
    $parameters = @{}
    $ours.Values | ForEach-Object { $_.Parameters.Keys } | ForEach-Object { $parameters[$_] = $true }
    # Words of pwsh, of this project's scripts and of cmdlets that come with PowerShell.
    $others = 'Accelerator', 'File', 'Command', 'EncodedCommand', 'NoProfile', 'NonInteractive', 'Runtime', 'ErrorAction', 'Wait'
    $theirs = 'Get-Job', 'Receive-Job', 'Wait-Job', 'Stop-Job', 'Register-PSResourceRepository', 'Install-PSResource', 'Uninstall-PSResource'

    # What stands where commands stand: blocks of PowerShell and spans in a page, lines set in by eight in a topic.
    function Get-CommandText {
        param([string] $Path)
        $text = [System.IO.File]::ReadAllText($Path)
        if ($Path -notlike '*.md') { return ([regex]::Matches($text, '(?m)(?:^ {8}.*\r?\n)+') | ForEach-Object { $_.Value }) }
        [regex]::Matches($text, '(?ms)^```powershell\r?\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value }
        [regex]::Matches([regex]::Replace($text, '(?ms)^```.*?^```', ''), '`([A-Z][a-z]+-[A-Z][^`]*)`') | ForEach-Object { $_.Groups[1].Value }
    }

    # Commands of this module in a piece of PowerShell.
    function Get-OwnCommand {
        param([string] $Text)
        $tokens, $wrong = $null, $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $wrong)
        $script.FindAll({ param($part) $part -is [System.Management.Automation.Language.CommandAst] }, $true) | Where-Object { $_.GetCommandName() -and $ours.ContainsKey($_.GetCommandName()) }
    }
}

Describe '<Page>' -ForEach $pages {
    It 'names topics that exist' {
        foreach ($name in [regex]::Matches([System.IO.File]::ReadAllText($Path), 'about_PSFineTune\w*').Value | Select-Object -Unique) {
            Join-Path $root "module/en-US/$name.help.txt" | Should -Exist
        }
    }

    It 'names cmdlets that exist' {
        $verbs = [System.Management.Automation.VerbsCommon], [System.Management.Automation.VerbsData], [System.Management.Automation.VerbsLifecycle],
            [System.Management.Automation.VerbsDiagnostic], [System.Management.Automation.VerbsCommunications] | ForEach-Object { $_.GetFields().Name }
        $named = [regex]::Matches([System.IO.File]::ReadAllText($Path), '\b([A-Z][a-z]+(?:To|From)?)-[A-Z]\w+') | Where-Object { $_.Groups[1].Value -in $verbs } | ForEach-Object { $_.Value }
        foreach ($name in $named | Select-Object -Unique) {
            $ours.ContainsKey($name) -or $name -in $theirs -or [bool](Get-Command $name -ErrorAction Ignore) | Should -BeTrue -Because $name
        }
    }

    It 'gives cmdlets parameters that they have' {
        foreach ($command in Get-CommandText $Path | ForEach-Object { Get-OwnCommand $_ }) {
            foreach ($parameter in $command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                $ours[$command.GetCommandName()].Parameters.ContainsKey($parameter.ParameterName) | Should -BeTrue -Because $command.Extent.Text
            }
        }
    }

    It 'talks of parameters that a cmdlet has' {
        $text = [System.IO.File]::ReadAllText($Path)
        $spans = if ($Path -like '*.md') { [regex]::Matches([regex]::Replace($text, '(?ms)^```.*?^```', ''), '`(-[A-Z]\w+)[^`]*`') } else { [regex]::Matches($text, '(?m)^ {0,7}\S.*$') | ForEach-Object { [regex]::Matches($_.Value, '(?<![\w.-])(-[A-Z][A-Za-z]{2,})\b') } }
        foreach ($name in $spans | ForEach-Object { $_.Groups[1].Value.Substring(1) } | Select-Object -Unique) {
            $parameters.ContainsKey($name) -or $name -in $others | Should -BeTrue -Because "-$name"
        }
    }
}

Describe 'The topic <Page>' -ForEach $topics {
    It 'is read without a wide window' {
        [System.IO.File]::ReadAllLines($Path) | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty
    }

    It 'is named by about_PSFineTune' {
        $name = $Page -replace '\.help\.txt$'
        [System.IO.File]::ReadAllText((Join-Path $root 'module/en-US/about_PSFineTune.help.txt')) | Should -Match "(?m)^ +$name\r?`$|^TOPIC\s+$name\r?`$"
    }

    It 'is shown by Get-Help' {
        Get-Help ($Page -replace '\.help\.txt$') | Should -Not -BeNullOrEmpty
    }
}

Describe 'The module' {
    It 'carries its pages and the form of a settings file' {
        $base = (Get-Module PSFineTune).ModuleBase
        'docs/operating.md', 'docs/grid.png', 'docs/presets/strong.jpg', 'task.schema.json' | ForEach-Object { Join-Path $base $_ | Should -Exist }
    }
}
