# What a judgement says: of images and of texts, by slices, with a temperature, in the views that a person sees.
BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WORKSPACE
    $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'

    # As a person sees it in a window of 80 columns.
    function Get-Shown {
        param($Object)
        ($Object | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() }
    }

    New-SampleDataset (Join-Path $TestDrive 'photos') -Count 24 -Size 24
    $rows = Get-ChildItem (Join-Path $TestDrive 'photos') -Recurse -Filter *.png | ForEach-Object {
        "photos/$($_.Directory.Name)/$($_.Name),$($_.Directory.Name),$(if ([int]($_.BaseName -replace '\D') % 2) { 'left' } else { 'right' }),$($_.BaseName)"
    }
    Set-Content (Join-Path $TestDrive 'photos.csv') (@('path,label,camera,name') + $rows)
    $data = Import-ImageDataset $TestDrive -Manifest (Join-Path $TestDrive 'photos.csv') -ValidationFraction 0.3 -TestFraction 0.3
    $run = New-FineTunePlan ResNet20 -Dataset $data -Recipe Tutorial -ImageSize 16 -Epochs 2 -Threads 1 | Invoke-FineTune

    $kinds = @{ hardware = 'the printer jams'; billing = 'the invoice is wrong'; access = 'the password is lost' }
    $lines = foreach ($i in 1..40) { foreach ($kind in 'access', 'billing', 'hardware') {
            $text = if ($i % 8) { $kinds[$kind] } else { 'please help' }
            "`"$text, ticket $i of $kind`",$kind,$(('Berlin', 'Paris', 'Rome')[$i % 3])".Replace(" of $kind", '')
        } }
    Set-Content (Join-Path $TestDrive 'tickets.csv') (@('body,queue,site') + $lines)
    $texts = Import-TextDataset (Join-Path $TestDrive 'tickets.csv') -TestFraction 0.3
    $machine = $texts | Invoke-FineTune LinearSvm
}

AfterAll {
    $env:PSFINETUNE_WORKSPACE = $before
}

Describe 'Measure-FineTuneModel' {
    It 'takes a dataset or a path, not both' {
        { $run | Measure-FineTuneModel -Dataset $data -Path (Join-Path $TestDrive 'photos') } | Should -Throw -ErrorId 'DatasetAndPath*'
    }

    It 'says of <What> what the numbers of a whole evaluation are' -ForEach @(
        @{ What = 'images'; Of = { $run }; Classes = 2; Ks = 1 }
        @{ What = 'texts'; Of = { $machine }; Classes = 3; Ks = 1, 3 }
    ) {
        $told = & $Of | Measure-FineTuneModel -Split Test
        $told.TopK.K | Should -Be $Ks
        $told.TopK[0].Accuracy | Should -Be $told.Accuracy
        $told.AccuracyInterval.Low | Should -BeLessOrEqual $told.Accuracy
        $told.AccuracyInterval.High | Should -BeGreaterOrEqual $told.Accuracy
        $told.Macro.F1 | Should -Be $told.MacroF1
        [Math]::Abs($told.Weighted.Recall - $told.Accuracy) | Should -BeLessThan 1e-9
        $told.PerClass.Count | Should -Be $Classes
        $told.Calibration.Count | Should -Be 15
        ($told.Calibration | Measure-Object Count -Sum).Sum | Should -Be $told.Count
        $told.Brier | Should -BeLessThan 2
        $told.Temperature | Should -Be 1
        $told.Slices | Should -BeNullOrEmpty
    }

    It 'counts the guesses that it is asked for, up to the count of classes' {
        ($machine | Measure-FineTuneModel -TopK 2, 9).TopK.K | Should -Be 2
        { $machine | Measure-FineTuneModel -TopK 0 } | Should -Throw
    }

    It 'draws the same intervals by the same seed' {
        $one = $machine | Measure-FineTuneModel -Split Train -Seed 1
        ($machine | Measure-FineTuneModel -Split Train -Seed 1).MacroF1Interval | Should -Be $one.MacroF1Interval
        ($machine | Measure-FineTuneModel -Split Train -Seed 2).MacroF1Interval | Should -Not -Be $one.MacroF1Interval
        [double]::IsNaN(($machine | Measure-FineTuneModel -Split Train -Resamples 0).AccuracyInterval.Low) | Should -BeTrue
    }

    It 'shows examples of what it confuses' {
        $told = $machine | Measure-FineTuneModel -Split Train -Top 100
        $told.MostConfused | Should -Not -BeNullOrEmpty
        foreach ($pair in $told.MostConfused) {
            $pair.Examples.Count | Should -Be ([Math]::Min(3, $pair.Count))
            $pair.Examples.Label | Select-Object -Unique | Should -Be $pair.Label
            $pair.Examples[0].Text | Should -Not -BeNullOrEmpty
        }
        ($told.MostConfused | Measure-Object Count -Sum).Sum | Should -Be ($told.Count - [int]($told.Accuracy * $told.Count))
    }

    It 'survives a job whole' {
        $told = $machine | Measure-FineTuneModel -Split Train -SliceBy site
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($told))
        $back.MostConfused[0].Examples[0].Text | Should -Be $told.MostConfused[0].Examples[0].Text
        $back.Slices[0].AccuracyInterval.High | Should -Be $told.Slices[0].AccuracyInterval.High
        $back.Confusion.Rows[0][0] | Should -Be $told.Confusion.Rows[0][0]
    }
}

Describe '-SliceBy' {
    It 'judges each value of a column of a manifest' {
        $told = $run | Measure-FineTuneModel -Split Test -SliceBy camera
        $told.Slices.Value | Should -Be 'left', 'right'
        ($told.Slices | Measure-Object Count -Sum).Sum | Should -Be $told.Count
    }

    It 'reads the columns of a table that it is asked for, of its own and of another' {
        ($machine | Measure-FineTuneModel -SliceBy Site).Slices.Column | Select-Object -Unique | Should -Be 'site'
        $told = $machine | Measure-FineTuneModel -Path (Join-Path $TestDrive 'tickets.csv') -SliceBy site, queue
        $told.Slices.Value | Should -Be 'Berlin', 'Paris', 'Rome', 'access', 'billing', 'hardware'
        $told.Slices[3].Count | Should -Be 40
    }

    It 'says which columns there are of <What>' -ForEach @(
        @{ What = 'images'; Judge = { $run | Measure-FineTuneModel -SliceBy lens }; Known = 'camera, name' }
        @{ What = 'a table'; Judge = { $machine | Measure-FineTuneModel -SliceBy lens }; Known = "'site'" }
        @{ What = 'texts that have none'; Judge = { $machine | Measure-FineTuneModel -Dataset $texts -SliceBy lens }; Known = 'none at all' }
    ) {
        $wrong = $null
        try { & $Judge } catch { $wrong = $_ }
        $wrong.FullyQualifiedErrorId | Should -BeLike 'UnknownColumn*'
        "$wrong" | Should -BeLike "*lens*$Known*"
    }
}

Describe '-Calibrate' {
    It 'fits on validation samples and changes no class' -ForEach 'run', 'machine' {
        $model = Get-Variable $_ -ValueOnly
        $plain = $model | Measure-FineTuneModel -Split Test
        $fitted = $model | Measure-FineTuneModel -Split Test -Calibrate -WarningVariable warned -WarningAction SilentlyContinue
        $fitted.Temperature | Should -Not -Be 1
        $fitted.Accuracy | Should -Be $plain.Accuracy
        $warned | Should -BeNullOrEmpty
    }

    It 'warns where the same samples are judged' {
        $plain = $run | Measure-FineTuneModel
        $fitted = $run | Measure-FineTuneModel -Calibrate -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*fitted on $($plain.Count) of the samples that are judged*"
        $fitted.LogLoss | Should -BeLessOrEqual $plain.LogLoss
    }

    It 'is stored by Export-FineTuneModel and applied from then on' {
        $fitted = $run | Measure-FineTuneModel -Split Test -Calibrate
        $package = Join-Path $TestDrive 'calibrated.psft'
        $run | Export-FineTuneModel $package -Calibrate
        (Import-FineTuneModel $package).Temperature | Should -Be $fitted.Temperature
        $told = Measure-FineTuneModel $package -Split Test
        $told.Temperature | Should -Be $fitted.Temperature
        $told.LogLoss | Should -Be $fitted.LogLoss

        $photo = (Get-ChildItem (Join-Path $TestDrive 'photos/hotdog') -Filter *.png | Select-Object -First 1).FullName
        $plain, $warm = ($run, $package | ForEach-Object { Invoke-Prediction $photo -Model $_ })
        $warm.Label | Should -Be $plain.Label
        $warm.Confidence | Should -Not -Be $plain.Confidence

        $again = Join-Path $TestDrive 'again.psft'
        Export-FineTuneModel $again -Model $package
        (Import-FineTuneModel $again).Temperature | Should -Be $fitted.Temperature
    }

    It 'needs the validation samples' {
        $package = Join-Path $TestDrive 'elsewhere.psft'
        $machine | Export-FineTuneModel $package
        { Export-FineTuneModel (Join-Path $TestDrive 'none.psft') -Model $package -Calibrate -Workspace (Join-Path $TestDrive 'nowhere') } | Should -Throw -ErrorId 'NoOwnData*'
        Join-Path $TestDrive 'none.psft' | Should -Not -Exist
    }
}

Describe 'Views of an evaluation' {
    BeforeAll {
        $told = $machine | Measure-FineTuneModel -Split Train -SliceBy site -Calibrate
    }

    It 'fit 80 columns: <What>' -ForEach @(
        @{ What = 'list'; Show = { $told }; Has = 'Accuracy', ' to ', 'WorstClass', 'MostConfused', 'WorstSlice', 'Temperature' }
        @{ What = 'table'; Show = { $told | Format-Table }; Has = 'MacroF1', ' to ', 'CalibrationError' }
        @{ What = 'classes'; Show = { $told.PerClass }; Has = 'AreaUnderRoc', 'billing' }
        @{ What = 'pairs'; Show = { $told.MostConfused }; Has = 'Predicted', 'please help' }
        @{ What = 'slices'; Show = { $told.Slices }; Has = 'Berlin', ' to ' }
        @{ What = 'bins'; Show = { $told.Calibration }; Has = 'Confidence', 'Gap' }
        @{ What = 'guesses'; Show = { $told.TopK }; Has = 'K', 'Accuracy' }
        @{ What = 'interval'; Show = { $told.AccuracyInterval }; Has = 'Low', 'High' }
        @{ What = 'confusion'; Show = { $told.Confusion }; Has = 'access', 'hardware' }
        @{ What = 'average'; Show = { $told.Macro }; Has = 'Precision', 'Recall' }
    ) {
        $shown = Get-Shown (& $Show)
        foreach ($part in $Has) { "$shown" | Should -BeLike "*$part*" }
        ($shown | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
