BeforeAll {
    Import-Module PSFineTune
    $before = $env:PSFINETUNE_DICTIONARY
    $env:PSFINETUNE_DICTIONARY = $null
    $jieba = Join-Path $TestDrive 'jieba'
    $null = New-Item -ItemType Directory $jieba
    Set-Content (Join-Path $jieba 'dict.txt') '南京 8 ns', '南京市 4 ns', '市长 6 n', '长江 5 ns', '大桥 5 n', '长江大桥 3 ns', '很 9 d', '长 2 a'
    $plain = @{ ChineseTokens = @{ Dictionary = $jieba; Hmm = $false } }
}

AfterAll {
    $env:PSFINETUNE_DICTIONARY = $before
}

Describe 'ConvertTo-TextToken' {
    It 'writes an object for each token, with its place in its text' {
        $texts = 'The printer PRINTS.', '', 'Offline?'
        $tokens = $texts | ConvertTo-TextToken
        $tokens.Text | Should -Be 'the', 'printer', 'prints', 'offline'
        $tokens.Source | Should -Be 0, 0, 0, 2
        foreach ($token in $tokens) { $texts[$token.Source].Substring($token.From, $token.Length) | Should -Be $token.Text }
        $tokens[0].PartOfSpeech | Should -BeNullOrEmpty
    }

    It 'takes the property Text of objects' {
        $rows = [pscustomobject]@{ Text = 'one two'; Label = 'a' }, [pscustomobject]@{ Text = 'three'; Label = 'b' }
        ($rows | ConvertTo-TextToken).Text | Should -Be 'one', 'two', 'three'
    }

    It 'writes a string for each text with -AsString' {
        'The cats, running', '', 'Die Kinder spielten und lachten nicht' | ConvertTo-TextToken -AsString -Stem -LanguageStopWord | Should -Be 'cat run', '', 'kind spielt lacht'
    }

    It 'keeps capital letters and leaves out what it is told to' {
        ConvertTo-TextToken 'The Cat and the Dog' -CaseSensitive -StopWord the, and -AsString | Should -BeExactly 'Cat Dog'
    }

    It 'stems by the language that it is told' {
        ConvertTo-TextToken 'Häuser' -Language de -Stem -AsString | Should -Be 'haus'
        { ConvertTo-TextToken 'x' -Language englsh } | Should -Throw '*englsh*'
        { ConvertTo-TextToken 'x' -Language ja -Stem } | Should -Throw '*en, ca, da*'
    }

    It 'divides Chinese by a dictionary and a user''s words' {
        $mine = Join-Path $TestDrive 'mine.txt'
        Set-Content $mine '南京市长江大桥 5 ns'
        (ConvertTo-TextToken '南京市长江大桥 很长' -Tokens $plain).Text | Should -Be '南京市', '长江大桥', ' ', '很', '长'
        $named = @{ ChineseTokens = @{ Dictionary = $jieba; UserDictionary = $mine; Hmm = $false } }
        (ConvertTo-TextToken '南京市长江大桥很长' -Tokens $named).Text | Should -Be '南京市长江大桥', '很', '长'
    }

    It 'keeps nouns with -PartOfSpeech n*, by the dictionary of the environment' {
        Set-Content (Join-Path $jieba 'hmm_part_of_speech.json') '{ "start": { "S/x": 0 }, "trans": { "S/x": { "S/x": 0 } }, "emit": { "S/x": {} }, "char_states": {} }'
        $env:PSFINETUNE_DICTIONARY = $jieba
        try {
            $tokens = '南京市长江大桥很长' | ConvertTo-TextToken -PartOfSpeech n*
            $tokens.Text | Should -Be '南京市', '长江大桥'
            $tokens.PartOfSpeech | Should -Be 'ns', 'ns'
        }
        finally { $env:PSFINETUNE_DICTIONARY = $null }
        { ConvertTo-TextToken 'a cat' -Language en -PartOfSpeech n* } | Should -Throw '*Chinese*'
    }

    It 'says where to get a dictionary that it needs' {
        $thrown = { '南京市' | ConvertTo-TextToken } | Should -Throw -PassThru
        $thrown.FullyQualifiedErrorId | Should -BeLike 'NoDictionary*'
        $thrown.ErrorDetails.RecommendedAction | Should -Match 'fxsjy/jieba'
        $thrown.ErrorDetails.RecommendedAction | Should -Match '-Dictionary'
        $thrown = { ConvertTo-TextToken '南京市' -Dictionary $jieba/none } | Should -Throw -PassThru
        $thrown.FullyQualifiedErrorId | Should -BeLike 'DictionaryNotFound*'
    }

    It 'takes any tokenizer of the catalog' {
        ConvertTo-TextToken 'ab c' -Tokens @{ CharacterTokens = @{ MinLength = 2; MaxLength = 2; WithinWords = $true } } -AsString | Should -Be ' a ab b   c c '
        (ConvertTo-TextToken 'a bb ccc' -Tokens PatternTokens).Text | Should -Be 'bb', 'ccc'
        ConvertTo-TextToken 'the cats' -Tokens @{ AutoTokens = @{ Words = @{ StopWords = 'the', 'a'; Stem = $true } } } -AsString | Should -Be 'cat'
        { ConvertTo-TextToken 'x' -Tokens @{ AutoTokens = @{ Words = @{ StopWord = 'the' } } } } | Should -Throw '*StopWords*'
    }
}
