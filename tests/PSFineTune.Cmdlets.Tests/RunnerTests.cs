using PSFineTune.Tests.Pester;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The runner itself: what must fail fails, and what Pester promises holds.</summary>
public class RunnerTests
{
    public static TheoryData<string, string, string> Operators => new()
    {
        { "Be", "'A' | Should -Be 'a'", "'a' | Should -Be 'b'" },
        { "Be with arrays", "1, 2 | Should -Be 1, 2", "1, 2 | Should -Be 2, 1" },
        { "Be with nothing", "$null | Should -Be $null", "$null | Should -Be 0" },
        { "BeExactly", "'a' | Should -BeExactly 'a'", "'A' | Should -BeExactly 'a'" },
        { "BeLike", "'Abc' | Should -BeLike 'a*'", "'abc' | Should -BeLike 'b*'" },
        { "BeLikeExactly", "'abc' | Should -BeLikeExactly 'a*'", "'Abc' | Should -BeLikeExactly 'a*'" },
        { "Match", "'Abc' | Should -Match '^a'", "'abc' | Should -Match '^b'" },
        { "MatchExactly", "'abc' | Should -MatchExactly '^a'", "'Abc' | Should -MatchExactly '^a'" },
        { "BeTrue", "1 | Should -BeTrue", "0 | Should -BeTrue" },
        { "BeFalse", "'' | Should -BeFalse", "$true | Should -BeFalse" },
        { "BeNullOrEmpty", "@() | Should -BeNullOrEmpty", "0 | Should -BeNullOrEmpty" },
        { "BeGreaterThan", "2 | Should -BeGreaterThan 1", "1 | Should -BeGreaterThan 1" },
        { "BeGreaterOrEqual", "1 | Should -BeGreaterOrEqual 1", "0 | Should -BeGreaterOrEqual 1" },
        { "BeLessThan", "0 | Should -BeLessThan 1", "1 | Should -BeLessThan 1" },
        { "BeLessOrEqual", "1 | Should -BeLessOrEqual 1", "1, 2 | Should -BeLessOrEqual 1" },
        { "BeOfType", "1 | Should -BeOfType [int]", "1 | Should -BeOfType ([string])" },
        { "BeIn", "'B' | Should -BeIn 'a', 'b'", "'c' | Should -BeIn 'a', 'b'" },
        { "Contain", "'a', 'B' | Should -Contain 'b'", "'a', 'b' | Should -Contain 'c'" },
        { "HaveCount", "1, 2 | Should -HaveCount 2", "@() | Should -HaveCount 1" },
        { "Exist", "'TestDrive:/' | Should -Exist", "'TestDrive:/none' | Should -Exist" },
        { "Throw", "{ throw 'no' } | Should -Throw", "{ 1 } | Should -Throw" },
        { "Throw with a message", "{ throw 'no way' } | Should -Throw 'no*'", "{ throw 'no way' } | Should -Throw 'way*'" },
        { "Throw with an id", "{ Get-Command none -ErrorAction Stop } | Should -Throw -ErrorId 'CommandNotFound*'", "{ throw 'x' } | Should -Throw -ErrorId 'y'" },
        { "Throw of a statement", "{ none-such; 1 } | Should -Throw -ExceptionType ([System.Management.Automation.CommandNotFoundException])", "{ none-such; 1 } | Should -Not -Throw" },
        { "Not", "1 | Should -Not -Be 2", "1 | Should -Not -Be 1" },
        { "ActualValue", "Should -Be 1 -ActualValue 1", "Should -Be 1 -ActualValue 2" },
        { "Mock", "Mock Get-Command { 'mocked' }; Get-Command x | Should -Be 'mocked'", "Mock Get-Command { 'mocked' }; Get-Command x | Should -Be 'x'" },
        { "Mock with a filter", "Mock Get-Command { 1 } -ParameterFilter { $Name -eq 'a' }; Get-Command a | Should -Be 1", "Mock Get-Command { 1 } -ParameterFilter { $Name -eq 'a' }; Get-Command Get-Help | Should -Be 1" },
        { "Mock of the latest", "Mock Get-Command { 1 }; Mock Get-Command { 2 }; Get-Command a | Should -Be 2", "Mock Get-Command { 1 }; Mock Get-Command { 2 }; Get-Command a | Should -Be 1" },
        { "Invoke", "Mock Get-Command; Get-Command a; Should -Invoke Get-Command", "Mock Get-Command; Should -Invoke Get-Command" },
        { "Invoke exactly", "Mock Get-Command; Get-Command a; Should -Invoke -CommandName Get-Command -Times 1 -Exactly", "Mock Get-Command; Get-Command a; Get-Command a; Should -Invoke Get-Command -Times 1 -Exactly" },
        { "Invoke with a filter", "Mock Get-Command; Get-Command a; Should -Invoke Get-Command -ParameterFilter { $Name -eq 'a' }", "Mock Get-Command; Get-Command a; Should -Invoke Get-Command -ParameterFilter { $Name -eq 'b' }" },
        { "Invoke never", "Mock Get-Command; Should -Not -Invoke Get-Command", "Mock Get-Command; Get-Command a; Should -Not -Invoke Get-Command" },
        { "An unknown word", "1", "Should-BeNice 1" },
        { "An unknown operator", "1", "1 | Should -BeNice 1" },
        { "No operator", "1", "1 | Should" },
        { "Two operators", "1", "1 | Should -BeTrue -Be 1" },
        { "A stray parameter", "1", "1 | Should -Be 1 -Times 2" },
        { "Mock of nothing", "1", "Mock No-Such" },
        { "Invoke of what is no mock", "1", "Should -Invoke Get-Command" },
        { "Mock's unknown parameter", "1", "Mock Get-Module; Get-Module -NoSuch 1" },
        { "A block in a test", "1", "Describe 'inner' { }" },
        { "A throw", "1", "throw 'up'" },
    };

    static readonly Lazy<IReadOnlyDictionary<string, CaseResult>> s_operators = new(() => Run(
        "Describe 'd' {\n" + string.Concat(Operators.Select((row, index) => $"It 'passes {index}' {{ {row.Data.Item2} }}\nIt 'fails {index}' {{ {row.Data.Item3} }}\n")) + "}"));

    [Fact]
    public void Every_operator_of_should_is_tried() =>
        Assert.Empty(Assertion.Known.Keys.Except(Operators.Select(row => row.Data.Item1)));

    [Theory, MemberData(nameof(Operators))]
    public void Tells_right_from_wrong(string what, string right, string wrong)
    {
        var index = Operators.Select(row => row.Data.Item1).ToList().IndexOf(what);
        var (passes, fails) = (s_operators.Value[$"d > passes {index}"], s_operators.Value[$"d > fails {index}"]);
        Assert.True(passes.Outcome == Outcome.Passed, $"{right}: {passes.Message}");
        Assert.True(fails.Outcome == Outcome.Failed, $"passed, and should not: {wrong}");
    }

    [Theory]
    [InlineData("InModuleScope PSFineTune { }")]
    [InlineData("Describe 'd' { It 'a' { } -Tag 'slow' }")]
    [InlineData("Describe 'd' { throw 'up' }")]
    [InlineData("It 'a' { }")]
    public void A_file_with_another_word_is_refused(string file) =>
        Assert.Contains("cannot be read as a test file", Assert.Throws<InvalidOperationException>(() => Run(file)).Message);

    [Fact]
    public void Blocks_behave_as_in_pester()
    {
        var results = Run("""
            BeforeDiscovery { $numbers = 1, 2 }
            BeforeAll { $file = 'file' }
            Describe 'scopes' {
                BeforeAll { $outer = 'outer'; $list = [System.Collections.Generic.List[string]]::new(); function Get-Inner { "inner of $outer" } }
                BeforeEach { $list.Add('each'); $fresh = 0 }
                AfterEach { $list.Add('after') }
                It 'sees what was set up' { "$file $outer $(Get-Inner)" | Should -Be 'file outer inner of outer'; $fresh++ }
                It 'starts afresh' { $fresh | Should -Be 0; $list | Should -Be 'each', 'after', 'each' }
                Context 'within' {
                    BeforeAll { $outer = 'changed' }
                    BeforeEach { $list.Add('within') }
                    It 'sets up from the outside in' { $list[-2..-1] | Should -Be 'each', 'within'; $outer | Should -Be 'changed' }
                }
                It 'keeps the outer value' { $outer | Should -Be 'outer' }
            }
            Describe 'data <Name>' -ForEach @{ Name = 'a'; Size = 1 }, @{ Name = 'b'; Size = 1 } {
                It '<Name> of <_> and <Unknown>' -ForEach $numbers { $Size | Should -Be 1; $_ | Should -BeIn 1, 2 }
            }
            Describe 'files' {
                Context 'one' { It 'writes' { [IO.File]::WriteAllText("$TestDrive/x", 'x'); 'TestDrive:/x' | Should -Exist } }
                It 'is clean after' { 'TestDrive:/x' | Should -Not -Exist }
            }
            Describe 'mocks' {
                BeforeAll { Mock Get-Command { 'block' } }
                It 'has its own' { Mock Get-Command { 'own' }; Get-Command | Should -Be 'own'; Should -Invoke Get-Command -Times 1 -Exactly }
                It 'has the block''s again' { Get-Command | Should -Be 'block'; Should -Invoke Get-Command -Times 1 -Exactly; Should -Invoke Get-Command -Times 2 -Exactly -Scope Describe }
            }
            Describe 'no mocks' { It 'has the command' { Get-Command Get-Command | Should -BeOfType ([System.Management.Automation.CmdletInfo]) } }
            """);
        Assert.All(results, result => Assert.True(result.Value.Outcome == Outcome.Passed, $"{result.Key}: {result.Value.Message}"));
        Assert.Equal(4 + 4 + 2 + 2 + 1, results.Count);
        Assert.Contains("data b > b of 2 and <Unknown>", results.Keys);
    }

    [Fact]
    public void What_goes_wrong_around_a_test_fails_it()
    {
        var results = Run("""
            Describe 'before' { BeforeAll { throw 'early' }; It 'a' { }; Context 'c' { It 'b' { } } }
            Describe 'after' { AfterAll { throw 'late' }; It 'a' { }; It 'b' { } }
            Describe 'each' { AfterEach { throw 'late' }; It 'a' { } }
            Describe 'same' { It 'a' { }; It 'a' { 1 | Should -Be 2 } }
            Describe 'skips' { It 'a' -Skip { throw }; It 'b' { Set-ItResult -Skipped -Because 'no assets'; throw }; Context 'c' -Skip { BeforeAll { throw }; It 'd' { throw } } }
            Describe 'stops' { It 'a' { exit }; It 'b' { } }
            """);
        string Those(Outcome outcome) => string.Join(", ", results.Where(result => result.Value.Outcome == outcome).Select(result => result.Key));
        Assert.Equal("before > a, before > c > b, after > b, each > a, same > a #2, stops > b", Those(Outcome.Failed));
        Assert.Equal("skips > a, skips > b, skips > c > d", Those(Outcome.Skipped));
        Assert.Equal("no assets", results["skips > b"].Message);
    }

    static IReadOnlyDictionary<string, CaseResult> Run(string file)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("psfinetune-runner-").FullName, "x.Tests.ps1");
        try
        {
            File.WriteAllText(path, file);
            return PesterFile.Results(path, withModule: false);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
