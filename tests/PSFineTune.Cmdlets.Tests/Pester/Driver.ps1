# The run phase. Script blocks of the test file are dot-sourced here, so that what BeforeAll sets is visible in every It
# below it and gone after the block. $___pester is the PesterRun; its names are ugly because the file sees them.

function global:Invoke-PesterBlock {
    $___pester.EnterBlock()
    $___pester.SetData()
    if ($___pester.HasItem) { $_ = $___pester.Item }
    try {
        foreach ($___part in $___pester.BeforeAll) { . $___part }
    }
    catch { $___pester.FailBlock($_) }
    while ($___pester.Next()) {
        if ($___pester.AtBlock) { Invoke-PesterBlock } else { Invoke-PesterCase }
    }
    try {
        foreach ($___part in $___pester.AfterAll) { . $___part }
    }
    catch { $___pester.FailAfterAll($_) }
    $___pester.LeaveBlock()
}

function global:Invoke-PesterCase {
    $___pester.SetData()
    if ($___pester.HasItem) { $_ = $___pester.Item }
    try {
        foreach ($___part in $___pester.BeforeEach) { . $___part }
        . $___pester.Body
    }
    catch { $___pester.FailCase($_) }
    foreach ($___part in $___pester.AfterEach) {
        try { . $___part } catch { $___pester.FailCase($_) }
    }
    $___pester.LeaveCase()
}
