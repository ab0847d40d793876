using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Xunit;

namespace PSFineTune.Hosting.Tests;

/// <summary>Each row is a script and what real PowerShell gives for it, values joined by '|'.</summary>
public sealed class StandInTests
{
    [Theory, MemberData(nameof(StandInCases.All), MemberType = typeof(StandInCases))]
    public void Behaves_as_in_PowerShell(string script, string expected)
    {
        using var folder = new TempFolder();
        using var runspace = RunspaceFactory.CreateRunspace(EngineSession.Create());
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(folder.Path);
        using var shell = PowerShell.Create(runspace);
        var output = shell.AddScript("$ErrorActionPreference = 'Stop'; $PSStyle.OutputRendering = 'PlainText'; " + script).Invoke();
        Assert.Equal(expected, string.Join('|', output.Select(item => item?.ToString() ?? "<null>")).ReplaceLineEndings("\n"));
    }

    /// <summary>A stand-in without a row would be untested.</summary>
    [Fact]
    public void Every_stand_in_has_a_case() =>
        Assert.All(EngineSession.StandIns.Keys, name => Assert.Contains(StandInCases.All, row => row.Data.Item1.Contains(name, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void The_page_about_the_host_lists_exactly_the_stand_ins()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PSFineTune.sln")))
            folder = folder.Parent;
        var page = File.ReadAllText(Path.Combine(folder!.FullName, "module", "docs", "host.md"));
        var listed = page[(page.LastIndexOf("\n\n", StringComparison.Ordinal) + 2)..].Split([',', '\n', ' ', '`'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(EngineSession.StandIns.Keys, listed);
    }

    [Theory]
    [InlineData("'a' | Out-String -Bogus")]
    [InlineData("Get-ChildItem -FollowSymlink")]
    [InlineData("1 | ConvertTo-Json -EscapeHandling Default")]
    public void Refuses_parameters_it_does_not_have(string script)
    {
        using var shell = PowerShell.Create(EngineSession.Create());
        var error = Assert.Throws<ParameterBindingException>(() => shell.AddScript("$ErrorActionPreference = 'Stop'; " + script).Invoke());
        Assert.Equal("NamedParameterNotFound", error.ErrorId);
    }
}
