# Texts through the whole life: import, pipeline, selection, training, judging, packages, predictions.
BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_WORKSPACE
    $env:PSFINETUNE_WORKSPACE = Join-Path $TestDrive 'workspace'
    New-SampleDataset $TestDrive/desk -Kind Tickets -Count 40
    $tickets = Import-TextDataset $TestDrive/desk/tickets.csv
}

AfterAll {
    $env:PSFINETUNE_WORKSPACE = $before
}

Describe 'New-TextPipeline' {
    It 'makes a pipeline of what is given, and changes a copy' {
        $words = New-TextPipeline -Language en -Stem -NGram 1, 2 -MinDocuments 3 -Weighting @{ TfIdf = @{ Sublinear = $true } } -Selector ChiSquare -K 50
        $words.MinNGram, $words.MaxNGram, $words.MinDocuments, $words.K | Should -Be 1, 2, 3, 50
        $words.Tokens.Stem | Should -BeTrue
        $words.Selector.GetType().Name | Should -Be 'ChiSquare'
        $more = $words | New-TextPipeline -K 70
        $more.K, $words.K | Should -Be 70, 50
        $more.Tokens.Stem | Should -BeTrue
        ($words | New-TextPipeline -Tokens CharacterTokens).Tokens.GetType().Name | Should -Be 'CharacterTokens'
    }

    It 'refuses <Setting> with the range' -ForEach @(
        @{ Setting = 'NGram'; Arguments = @{ NGram = 3, 2 } }
        @{ Setting = 'HashBits'; Arguments = @{ HashBits = 60 } }
        @{ Setting = 'MaxDocumentShare'; Arguments = @{ MaxDocumentShare = 1.5 } }
        @{ Setting = 'K'; Arguments = @{ K = 0 } }
    ) {
        { New-TextPipeline @Arguments } | Should -Throw -ErrorId 'BadPlanSetting*'
    }

    It 'goes to a file and back' {
        $words = New-TextPipeline -Tokens WordTokens -NGram 1, 2 -Selector InformationGain
        $words | Export-TextPipeline $TestDrive/words.json
        { $words | Export-TextPipeline $TestDrive/words.json } | Should -Throw -ErrorId 'FileExists*'
        Import-TextPipeline $TestDrive/words.json | Should -Be $words
        (New-FineTunePlan LinearSvm -Dataset $tickets -TextPipeline $TestDrive/words.json).TextPipeline | Should -Be $words
        Set-Content $TestDrive/broken.json '{ "schemaVersion": 1, "pipeline": { "ngrams": 3 } }'
        { Import-TextPipeline $TestDrive/broken.json -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidJson*'
    }
}

Describe 'Select-TextFeature' {
    It 'ranks the terms that tell the queues apart' {
        $terms = $tickets | Select-TextFeature ChiSquare -K 10
        $terms.Count | Should -Be 10
        $terms[0].Score | Should -BeGreaterOrEqual $terms[9].Score
        $terms[0].ByClass.Count | Should -Be $tickets.Classes.Count
        @($tickets | Select-TextFeature DocumentFrequency -K 0).Count | Should -BeGreaterThan 10
    }

    It 'says which selectors there are' {
        { $tickets | Select-TextFeature ChiSquared } | Should -Throw '*ChiSquare*'
    }
}

Describe 'A machine on texts' {
    BeforeAll {
        $run = $tickets | Invoke-FineTune LinearSvm
        $package = $run | Export-FineTuneModel $TestDrive/tickets.psft -PassThru
    }

    It 'learns the queues' {
        $run.Accuracy | Should -BeGreaterThan 0.8
        $run.ExitCode | Should -Be 0
        $run.Preparation | Should -BeLike '*texts have*terms*'
    }

    It 'is reproduced and verified from its record' {
        (Test-FineTuneRun $run.Id).Intact | Should -BeTrue
        (Test-FineTuneRun $run.Id -Reproduce).Identical | Should -BeTrue
    }

    It 'tells before it starts what it will take' {
        $estimate = $tickets | Invoke-FineTune LinearSvm -WhatIf
        $estimate.Samples | Should -Be $tickets.Train.Count
        $estimate.DurationHigh | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'is judged on its own texts and on those of a file' {
        $own = $run | Measure-FineTuneModel
        $own.Count | Should -Be $tickets.Validation.Count
        $own.Accuracy | Should -Be $run.Accuracy
        (Measure-FineTuneModel $package -Path $TestDrive/desk/tickets.csv).Count | Should -Be $tickets.Count
    }

    It 'predicts strings, objects, files and the rows of a table alike' {
        $text = $tickets.Validation[0].Text
        $wanted = Invoke-Prediction -Text $text -Model $package
        $wanted.Text | Should -Be $text
        $wanted.Terms.Count | Should -BeGreaterThan 0
        ($text | Invoke-Prediction -Model $package).Confidence | Should -Be $wanted.Confidence
        ($tickets.Validation[0] | Invoke-Prediction -Model $package).Label | Should -Be $wanted.Label
        ([pscustomobject]@{ Id = 7; Subject2 = $text } | Invoke-Prediction -Model $package -Property Subject2).Confidence | Should -Be $wanted.Confidence
        Set-Content $TestDrive/mail.txt $text
        $file = Get-Item $TestDrive/mail.txt | Invoke-Prediction -Model $package
        $file.Confidence, (Split-Path $file.Path -Leaf) | Should -Be $wanted.Confidence, 'mail.txt'
        (Invoke-Prediction $TestDrive/mail.txt -Model $package -TopTerms 0).Terms | Should -BeNullOrEmpty
        $rows = @(Import-Csv $TestDrive/desk/tickets.csv | Invoke-Prediction -Model $package)
        $rows.Count | Should -Be $tickets.Count
    }

    It 'says what an object lacks, and goes on' {
        $errors = $null
        $done = [pscustomobject]@{ Id = 7 }, [pscustomobject]@{ Text = 'the printer jams' } | Invoke-Prediction -Model $package -ErrorVariable errors -ErrorAction SilentlyContinue
        @($done).Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NothingToPredict*'
    }

    It 'carries its terms in the package' {
        $model = Import-FineTuneModel $package
        $model.Plan.TextPipeline.MaxNGram | Should -Be 2
        $model.Classes | Should -Be $tickets.Classes
    }

    It 'takes a kernel by name' {
        ($tickets | Invoke-FineTune @{ Svm = @{ Kernel = @{ RbfKernel = @{ Gamma = 0.05 } }; C = 10 } }).Accuracy | Should -BeGreaterThan 0.8
    }

    It 'says which settings do not count' {
        { $tickets | Invoke-FineTune LinearSvm -Weights $TestDrive/none.safetensors } | Should -Throw -ErrorId 'BadPlanSetting*'
        $null = New-FineTunePlan LinearSvm -Dataset $tickets -Epochs 5 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*fitted at once*'
        $null = New-FineTunePlan LinearSvm -Dataset $tickets -LearningRate 0.5 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*fitted at once*'
        $null = New-FineTunePlan LinearSvm -Dataset $tickets -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'refuses images, and networks of images refuse texts' {
        New-SampleDataset $TestDrive/pictures -Count 6 -Size 24
        $images = Import-ImageDataset $TestDrive/pictures
        { New-FineTunePlan LinearSvm -Dataset $images } | Should -Throw -ErrorId 'OtherKindOfData*'
        { New-FineTunePlan ResNet20 -Dataset $tickets } | Should -Throw -ErrorId 'OtherKindOfData*'
    }
}

Describe 'Show-LineChart' {
    It 'draws what was tried against what came out' {
        $rows = foreach ($k in 10, 100, 1000) { foreach ($name in 'one', 'two') { [pscustomobject]@{ K = $k; Name = $name; Accuracy = $k / 2000 } } }
        $rows | Show-LineChart -X K -Y Accuracy -Series Name -Logarithmic -Path $TestDrive/chart.html
        $page = Get-Content $TestDrive/chart.html -Raw
        $page | Should -BeLike '*>1000<*'
        $page | Should -BeLike '*two*'
        { [pscustomobject]@{ K = 'x' } | Show-LineChart -X K -Y Accuracy -Path $TestDrive/none.png } | Should -Throw -ErrorId 'NothingToDraw*'
        "$TestDrive/none.png" | Should -Not -Exist
    }
}
