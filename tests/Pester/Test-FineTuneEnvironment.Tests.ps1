BeforeAll {
    Import-Module PSFineTune
}

Describe 'Test-FineTuneEnvironment' {
    It 'passes every check here' {
        $checks = Test-FineTuneEnvironment -Workspace (Join-Path $TestDrive 'workspace')
        $checks.Check | Should -Be 'Runtime', 'Processor', 'Memory', 'System libraries', 'Library files', 'Tensor library', 'Convolution', 'GPU', 'Fast inference', 'Image decoding', 'Workspace'
        foreach ($check in $checks) {
            $check.Passed | Should -BeTrue -Because $check.Detail
            $check.Detail | Should -Not -BeNullOrEmpty
            $check.Action | Should -BeNullOrEmpty
        }
    }

    It 'says yes or no with -Quiet' {
        $answer = Test-FineTuneEnvironment -Quiet -Workspace (Join-Path $TestDrive 'workspace')
        $answer | Should -BeOfType ([bool])
        $answer | Should -BeTrue
    }

    It 'names what is wrong and what to do, and goes on' {
        $file = Join-Path $TestDrive 'file'
        Set-Content $file 'a file is no folder'
        $checks = Test-FineTuneEnvironment -Workspace (Join-Path $file 'workspace')
        $wrong = $checks | Where-Object Passed -EQ $false
        $wrong.Check | Should -Be 'Workspace'
        $wrong.Action | Should -Not -BeNullOrEmpty
        Test-FineTuneEnvironment -Quiet -Workspace (Join-Path $file 'workspace') | Should -BeFalse
    }

    It 'leaves nothing in the workspace' {
        $workspace = Join-Path $TestDrive 'clean'
        $null = Test-FineTuneEnvironment -Workspace $workspace
        Get-ChildItem $workspace -Recurse | Should -BeNullOrEmpty
    }
}
