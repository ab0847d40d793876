using PSFineTune.Tests.Pester;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Every It of every *.Tests.ps1 file under tests/ as a test of its own. The same files pass under Pester 5 in pwsh.</summary>
public class PesterTests
{
    const string Discovery = "(discovery)";

    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        Repository.PesterFiles.SelectMany(file => Names(file).Select(name => new TheoryDataRow<string, string>(file, name) { TestDisplayName = $"{file}: {name}" }));

    [Theory, MemberData(nameof(Cases))]
    public void Passes(string file, string test)
    {
        var result = PesterFile.Results(Path.Combine(Repository.Root, file))[test];
        Assert.SkipWhen(result.Outcome == Outcome.Skipped, result.Message);
        if (result.Outcome != Outcome.Passed) Assert.Fail(result.Message);
    }

    // A file that cannot be read is one test, which fails with the reason.
    static IReadOnlyList<string> Names(string file)
    {
        try
        {
            return PesterFile.Discover(Path.Combine(Repository.Root, file));
        }
        catch (InvalidOperationException)
        {
            return [Discovery];
        }
    }
}
