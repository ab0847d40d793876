using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using PSFineTune.Hosting;

namespace PSFineTune.Tests.Pester;

/// <summary>How one It of a file ended.</summary>
sealed record CaseResult(Outcome Outcome, string Message);

/// <summary>A *.Tests.ps1 file, in a runspace of its own into which the staged module was imported by name.</summary>
sealed class PesterFile : IDisposable
{
    static readonly (string Word, string Command)[] s_words =
    [
        ("Describe", "Add-PesterBlock"), ("Context", "Add-PesterBlock"), ("It", "Add-PesterCase"), ("Should", "Assert-PesterShould"), ("Mock", "Add-PesterMock"),
        ("BeforeAll", "Add-PesterSetup"), ("BeforeEach", "Add-PesterSetup"), ("AfterEach", "Add-PesterSetup"), ("AfterAll", "Add-PesterSetup"),
        ("BeforeDiscovery", "Add-PesterSetup"),
    ];

    static readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, CaseResult>>> s_results = new();

    readonly Runspace _runspace;
    readonly PesterRun _run;

    PesterFile(string path, bool withModule)
    {
        var state = EngineSession.Create();
        foreach (var type in typeof(PesterFile).Assembly.GetTypes())
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                state.Commands.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null));
        foreach (var (word, command) in s_words) state.Commands.Add(new SessionStateAliasEntry(word, command));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        _run = new((EngineIntrinsics)Invoke("$ExecutionContext").Single().BaseObject);
        _runspace.SessionStateProxy.SetVariable(PesterRun.Variable, _run);
        using (var driver = new StreamReader(typeof(PesterFile).Assembly.GetManifestResourceStream("Driver.ps1")!)) Invoke(driver.ReadToEnd());
        if (withModule) Invoke("Import-Module PSFineTune -ErrorAction Stop");
        Invoke($"try {{ & $args[0] }} catch {{ ${PesterRun.Variable}.FailDiscovery($_) }}", path);
        _run.Discovering = false;
        if (_run.DiscoveryFailure is { } failure) throw new InvalidOperationException($"{Path.GetFileName(path)} cannot be read as a test file: {failure}");
    }

    /// <summary>Paths of the file's tests, each once.</summary>
    public static IReadOnlyList<string> Discover(string path, bool withModule = true)
    {
        using var file = new PesterFile(path, withModule);
        return [.. file.Named().Select(named => named.Path)];
    }

    /// <summary>The result of every test of the file by its path; the file runs once.</summary>
    public static IReadOnlyDictionary<string, CaseResult> Results(string path, bool withModule = true) =>
        s_results.GetOrAdd(path, file => new(() => RunAll(file, withModule))).Value;

    static Dictionary<string, CaseResult> RunAll(string path, bool withModule)
    {
        using var file = new PesterFile(path, withModule);
        file.Invoke("Invoke-PesterBlock");
        return file.Named().ToDictionary(named => named.Path, named => new CaseResult(named.Case.Outcome is Outcome.NotRun ? Outcome.Failed : named.Case.Outcome, named.Case.Message));
    }

    // Tests of one name are told apart by their number.
    IEnumerable<(string Path, Case Case)> Named() =>
        _run.Root.Cases.GroupBy(test => test.Path).SelectMany(same => same.Select((test, index) => (index == 0 ? test.Path : $"{test.Path} #{index + 1}", test)));

    IReadOnlyList<PSObject> Invoke(string script, params object[] arguments)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (var argument in arguments) shell.AddArgument(argument);
        return shell.Invoke();
    }

    public void Dispose() => _runspace.Dispose();
}
