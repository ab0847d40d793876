using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PSFineTune.Tests;

/// <summary>Where the tests find the sources and the staged module.</summary>
static class Repository
{
    static KeyValuePair<string, string?>[] s_variables = [];

    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The folder that a user would add to PSModulePath.</summary>
    public static string Modules => Path.Combine(Root, "artifacts", "module");

    /// <summary>Every Pester file of the repository, relative to its root, in ordinal order.</summary>
    public static IReadOnlyList<string> PesterFiles { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "tests"), "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>How a process of its own is started, by variables as they were before any Pester file set others for its own while it runs beside.</summary>
    public static ProcessStartInfo NewProcess(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in s_variables) start.Environment[name] = value;
        start.Environment["PSModulePath"] = Modules;
        return start;
    }

    [ModuleInitializer]
    internal static void Prepare()
    {
        Environment.SetEnvironmentVariable("PSModulePath", Modules + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"));
        // Where the engine keeps what it knows of modules, seconds after it learned it: by default in whatever is home then.
        Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", OperatingSystem.IsWindows() ? "NUL" : "/dev/null");
        s_variables = [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(pair => KeyValuePair.Create((string)pair.Key, (string?)pair.Value))];
    }

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "PSFineTune.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests has PSFineTune.sln."));
}
