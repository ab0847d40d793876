using Xunit;

namespace PSFineTune.Hosting.Tests;

/// <summary>Scripts and their known results.</summary>
public static class StandInCases
{
    public static TheoryData<string, string> All => [.. Streams(), .. Objects(), .. Files(), .. Texts(), .. Rest()];

    static TheoryData<string, string> Streams() => new()
    {
        { "Write-Output a b | ForEach-Object { \"<$_>\" }", "<a>|<b>" },
        { "(Write-Output 1, 2 -NoEnumerate | Measure-Object).Count", "1" },
        { "Write-Host a, b -Separator '-' -NoNewline 6>&1 | ForEach-Object { $_.MessageData.NoNewLine; $_.Tags }", "True|PSHOST" },
        { "Write-Error -Message m -ErrorId Bad -Category InvalidData -TargetObject 7 -ErrorAction SilentlyContinue; $e = $Error[0]; $e.FullyQualifiedErrorId, $e.CategoryInfo.Category, $e.TargetObject, $e.Exception.Message", "Bad,PSFineTune.Hosting.StandIns.WriteErrorCommand|InvalidData|7|m" },
        { "try { Write-Error stop } catch { \"caught $_\" }", "caught stop" },
        { "Write-Warning w 3>&1; Write-Verbose v -Verbose 4>&1; Write-Debug d -Debug 5>&1", "w|v|d" },
        { "Write-Information note -Tags Epoch 6>&1 | ForEach-Object { $_.MessageData; $_.Tags }", "note|Epoch" },
        { "Write-Progress -Activity a -Status s -PercentComplete 5; Write-Progress a -Completed; 'went on'", "went on" },
    };

    static TheoryData<string, string> Objects() => new()
    {
        { "1..9 | Select-Object -Skip 2 -First 3", "3|4|5" },
        { "1..9 | Select-Object -Last 2; 1..9 | Select-Object -Last 2 -Skip 1; 1..9 | Select-Object -Index 0, 8", "8|9|7|8|1|9" },
        { "$n = 0; 1..9 | ForEach-Object { $n++; $_ } | Select-Object -First 1; $n", "1|1" },
        { "3, 1, 3 | Select-Object -Unique", "3|1" },
        { "[pscustomobject]@{ A = 1; B = 2; C = 3 } | Select-Object A, @{ Name = 'D'; Expression = { $_.B * 2 } }, Missing", "@{A=1; D=4; Missing=}" },
        { "[pscustomobject]@{ A = 1; B = 2 } | Select-Object -ExcludeProperty A; [pscustomobject]@{ A = 1, 2 } | Select-Object -ExpandProperty A", "@{B=2}|1|2" },
        { "(Get-Item . | Select-Object Name).PSObject.TypeNames[0]", "Selected.System.IO.DirectoryInfo" },
        { "'b', 'A', 'c' | Sort-Object; 3, 1, 2, 1 | Sort-Object -Descending -Unique", "A|b|c|3|2|1" },
        { "@{ a = 1; b = 2 }, @{ a = 1; b = 1 } | ForEach-Object { [pscustomobject]$_ } | Sort-Object a, @{ Expression = 'b'; Descending = $true } | ForEach-Object b", "2|1" },
        { "'aaa', 'b', 'cc' | Sort-Object { $_.Length } | Select-Object -First 2", "b|cc" },
        { "$m = 1..4 | Measure-Object -Sum -Average -Minimum -Maximum; $m.Count, $m.Sum, $m.Average, $m.Minimum, $m.Maximum", "4|10|2.5|1|4" },
        { "('a b', 'c' | Measure-Object -Line -Word -Character).Words; (@() | Measure-Object).Count", "3|0" },
        { "(Measure-Command { $inside = 1 }).GetType().Name; $inside", "TimeSpan|1" },
        { "'x', 'y', 'X' | Group-Object | ForEach-Object { \"$($_.Name)$($_.Count)\" }; (1..4 | Group-Object { $_ % 2 } -AsHashTable)[1] -join '+'; (1, 1 | Group-Object -NoElement).Count", "x2|y1|1+3|2" },
        { "Compare-Object 1, 2, 3 2, 3, 4 | ForEach-Object { \"$($_.InputObject)$($_.SideIndicator)\" }; (Compare-Object 1 1 -IncludeEqual).SideIndicator", "4=>|1<=|==" },
        { "(New-Object System.Text.StringBuilder 'abc').Length; New-Object psobject -Property @{ Z = 1 }; (New-Object 'System.Collections.Generic.List[int]').Count; New-Object string 'x', 3", "3|@{Z=1}|0|xxx" },
        { "try { New-Object No.Such.Type } catch { $_.FullyQualifiedErrorId -replace ',.*' }", "TypeNotFound" },
        { "$o = [pscustomobject]@{}; $o | Add-Member N 5; $o | Add-Member ScriptProperty D { $this.N * 2 }; $o | Add-Member @{ M = 1 } -PassThru | ForEach-Object { $_.N; $_.D; $_.M }", "5|10|1" },
        { "[pscustomobject]@{ B = 1; A = 2 } | Get-Member -MemberType NoteProperty | ForEach-Object Name", "A|B" },
        { "1, 2 | Tee-Object -Variable kept; $kept.Count; 'x' | Tee-Object t.txt; Get-Content t.txt", "1|2|2|x|x" },
    };

    static TheoryData<string, string> Files() => new()
    {
        { "$f = New-Item d/e/f.txt -ItemType File -Value hi -Force; $f.GetType().Name, $f.Name, $f.Length, $f.PSIsContainer", "FileInfo|f.txt|2|False" },
        { "(New-Item -Path . -Name sub -ItemType Directory).Name; Test-Path sub -PathType Container; Test-Path sub -PathType Leaf; Test-Path nonesuch; Test-Path env:PATH", "sub|True|False|False|True" },
        { "$null = New-Item a.txt, b.md, .hid; $null = New-Item d/c.txt -Force; Get-ChildItem -Filter *.txt -Recurse | ForEach-Object Name; (Get-ChildItem -File).Count; (Get-ChildItem -Directory).Name; Get-ChildItem -Recurse -Name -Include *.md", "a.txt|c.txt|2|d|b.md" },
        { "try { Get-ChildItem nonesuch } catch { $_.CategoryInfo.Category; $_.Exception.GetType().Name }", "ObjectNotFound|ItemNotFoundException" },
        { "$null = New-Item '[a].txt'; (Get-Item -LiteralPath '[a].txt').Name; (Get-ChildItem -LiteralPath . -Name)", "[a].txt|[a].txt" },
        { "Set-Content a 1; Copy-Item a b; Move-Item b c; Rename-Item c e; Get-ChildItem -Name; Remove-Item a; Remove-Item e -WhatIf; Get-ChildItem -Name", "a|e|e" },
        { "$null = New-Item d/x -Force; Copy-Item d d2 -Recurse; Remove-Item d -Recurse -Force; Test-Path d; Test-Path d2/x", "False|True" },
        { "Set-Item env:PSFT_T 5; $env:PSFT_T; Remove-Item env:PSFT_T; Test-Path env:PSFT_T", "5|False" },
        { "(Join-Path a b c d) -replace '\\\\', '/'; Split-Path a/b/c.tar.gz -Leaf; (Split-Path a/b/c) -replace '\\\\', '/'; Split-Path a/c.txt -LeafBase; Split-Path a/c.txt -Extension; Split-Path a -IsAbsolute", "a/b/c/d|c.tar.gz|a/b|c|.txt|False" },
        { "$null = New-Item z.txt; (Resolve-Path z.*).Path -eq (Convert-Path z.txt); (Resolve-Path z.txt -Relative) -replace '\\\\', '/'; try { Resolve-Path no } catch { 'no' }", "True|./z.txt|no" },
        { "$null = New-Item d -ItemType Directory; $here = (Get-Location).Path; Push-Location d; Split-Path $PWD -Leaf; Pop-Location; $PWD.Path -eq $here; Set-Location d; Split-Path (Get-Location) -Leaf", "d|True|d" },
        { "Set-Content t.txt one, two; Add-Content t.txt three; (Get-Content t.txt).Count; Get-Content t.txt -Tail 1; Get-Content t.txt -TotalCount 1; (Get-Content t.txt -Raw) -replace '\\r?\\n', ';'", "3|three|one|one;two;three;" },
        { "Set-Content b ([byte[]](1, 200)) -AsByteStream; Get-Content b -AsByteStream; 'é' | Set-Content u -Encoding utf8BOM -NoNewline; (Get-Content u -AsByteStream).Count; Get-Content u", "1|200|5|é" },
        { "Set-Content f abc -NoNewline; $h = Get-FileHash f; $h.Algorithm; $h.Hash", "SHA256|BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD" },
        { "$t = New-TemporaryFile; Test-Path $t; Remove-Item $t; Test-Path $t", "True|False" },
        { "Set-Content d.psd1 '@{ A = 1; B = @(2, 3) }'; (Import-PowerShellDataFile d.psd1).B[1]; Set-Content e.psd1 '@{ A = Get-Date }'; try { Import-PowerShellDataFile e.psd1 } catch { 'refused' }", "3|refused" },
    };

    static TheoryData<string, string> Texts() => new()
    {
        { "[pscustomobject]@{ Name = 'a'; N = 12 } | Format-Table | Out-String", "\nName  N\n----  -\na    12\n\n" },
        { "([pscustomobject]@{ A = 1; B = 2 } | Format-Table B -HideTableHeaders | Out-String).Trim()", "2" },
        { "([pscustomobject]@{ A = 1; B = 2 } | Format-List | Out-String).Trim(); ('x', 'y' | Out-String -Stream).Count", "A : 1\nB : 2|2" },
        { "1, 2 | Out-File o.txt; 3 | Out-File o.txt -Append; (Get-Content o.txt) -join ','; try { 1 | Out-File o.txt -NoClobber } catch { 'kept' }; 'x' > r.txt; Get-Content r.txt", "1,2,3|kept|x" },
        { "[ordered]@{ a = 1.0; b = @('x', $null); c = @{ d = $true } } | ConvertTo-Json -Compress", "{\"a\":1.0,\"b\":[\"x\",null],\"c\":{\"d\":true}}" },
        { "[pscustomobject]@{ a = @() ; e = [DayOfWeek]::Friday } | ConvertTo-Json; ConvertTo-Json 'q\"\\' ", "{\n  \"a\": [],\n  \"e\": 5\n}|\"q\\\"\\\\\"" },
        { "ConvertTo-Json @{ a = @{ b = @{ c = 1 } } } -Depth 1 -Compress -WarningAction SilentlyContinue", "{\"a\":{\"b\":\"System.Collections.Hashtable\"}}" },
        { "$j = '{ \"a\": [1, 2.5, null], \"b\": { \"c\": \"x\" } }' | ConvertFrom-Json; $j.a[1].GetType().Name; $j.b.c; ('{ \"k\": 1 }' | ConvertFrom-Json -AsHashtable)['k'].GetType().Name; ('[1,2]' | ConvertFrom-Json | Measure-Object).Count", "Double|x|Int64|2" },
        { "try { ConvertFrom-Json '{ bad' } catch { $_.Exception.GetType().Name }", "ArgumentException" },
        { "[pscustomobject]@{ A = 'x \"y\"'; B = 1.5; C = $null } | ConvertTo-Csv", "\"A\",\"B\",\"C\"|\"x \"\"y\"\"\",\"1.5\"," },
        { "$r = 'a,b', '1,\"x, y\"' | ConvertFrom-Csv; $r.a; $r.b; ('1;2' | ConvertFrom-Csv -Delimiter ';' -Header p, q).q", "1|x, y|2" },
        { "[pscustomobject]@{ A = 1; B = \"two`nlines\" } | Export-Csv c.csv -NoTypeInformation; [pscustomobject]@{ B = 3; A = 2 } | Export-Csv c.csv -Append; $r = Import-Csv c.csv; $r.Count; $r[0].B; $r[1].A", "2|two\nlines|2" },
        { "Set-Content s.txt alpha, beta, Gamma; Select-String a$ s.txt | ForEach-Object { $_.LineNumber }; 'a.b' | Select-String a.b -SimpleMatch -Quiet; 'axb' | Select-String a.b -SimpleMatch -Quiet; (Get-Item s.txt | Select-String gam).Line", "1|2|3|True|False|Gamma" },
    };

    static TheoryData<string, string> Rest() => new()
    {
        { "Get-Date '2024-03-01' -Format yyyy-MM-dd; (Get-Date).GetType().Name", "2024-03-01|DateTime" },
        { "(Get-Random -Minimum 5 -Maximum 6); (1..9 | Get-Random -Count 3 | Select-Object -Unique).Count", "5|3" },
        { "Start-Sleep -Milliseconds 1; Start-Sleep 0; 'woke'", "woke" },
        { "Set-Variable x 5; Get-Variable x -ValueOnly; $x; Remove-Variable x; try { Get-Variable x } catch { 'gone' }", "5|5|gone" },
        { "(Get-Alias gci).Definition; (Get-Alias measure, ft).Definition", "Get-ChildItem|Measure-Object|Format-Table" },
        { "(New-Guid).GetType().Name; (Get-Host).GetType().Name -ne $null", "Guid|True" },
        { "Add-Type -AssemblyName System.Net.Http; [System.Net.Http.HttpMethod]::Get", "GET" },
        { "try { Read-Host x } catch { 'nobody' }", "nobody" },
    };
}
