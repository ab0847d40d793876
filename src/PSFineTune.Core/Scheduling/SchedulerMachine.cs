using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PSFineTune.Scheduling;

/// <summary>What a tool said.</summary>
sealed record ToolResult(int Code, string Output, string Error);

/// <summary>The machine as its schedulers see it: folders, tools, clock. Its properties are what a test puts in their place.</summary>
sealed class SchedulerMachine
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public bool IsWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>systemd runs this machine, and does not merely lie on its disk.</summary>
    public bool HasSystemd { get; init; } = Directory.Exists("/run/systemd/system");

    public bool IsRoot { get; init; } = !OperatingSystem.IsWindows() && System.Environment.IsPrivilegedProcess;

    /// <summary>The account that registers, as Windows names it.</summary>
    public string Account { get; init; } = OperatingSystem.IsWindows() ? $@"{System.Environment.UserDomainName}\{System.Environment.UserName}" : System.Environment.UserName;

    public string UserUnits { get; init; } = Path.Combine(Folder("XDG_CONFIG_HOME", ".config"), "systemd", "user");

    public string SystemUnits { get; init; } = "/etc/systemd/system";

    /// <summary>Where the XML of Windows tasks is kept as it was registered: of the scheduler's own folder a user sees nothing.</summary>
    public string TaskFolder { get; init; } = Path.Combine(LocalData, "PSFineTune", "tasks");

    /// <summary>Whether a file is there, as this account sees it.</summary>
    public Func<string, bool> Exists { get; init; } = File.Exists;

    public Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Runs a tool to its end: full path, arguments, standard input. Its bytes are characters, so that what is not ours comes back as it was.</summary>
    public Func<string, IReadOnlyList<string>, string?, ToolResult> Run { get; init; } = RunTool;

    /// <summary>The first file of that name on PATH; null where there is none.</summary>
    public Func<string, string?> Find { get; init; } = OnPath;

    /// <summary>The same of a tool that must be there.</summary>
    /// <exception cref="FineTuneException">NoSchedulerTool.</exception>
    public string Tool(string name, string kind) => Find(name) ?? throw Fault.NoSchedulerTool(kind, name);

    static string LocalData => System.Environment.GetEnvironmentVariable("LOCALAPPDATA") is { Length: > 0 } given
        ? given : System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);

    static string Folder(string variable, string atHome) => System.Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
        ? given : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile, System.Environment.SpecialFolderOption.DoNotVerify), atHome);

    static string? OnPath(string name) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => OperatingSystem.IsWindows() ? [Path.Combine(folder, name + ".exe")] : new[] { Path.Combine(folder, name) })
            .Where(Path.IsPathFullyQualified).FirstOrDefault(File.Exists);

    static ToolResult RunTool(string file, IReadOnlyList<string> arguments, string? input)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true,
            StandardInputEncoding = Encoding.Latin1, StandardOutputEncoding = Encoding.Latin1, StandardErrorEncoding = Encoding.Latin1,
        };
        // What a tool says in case of trouble is compared.
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            if (!process.WaitForExit(s_patience))
            {
                process.Kill(entireProcessTree: true);
                throw Fault.SchedulerFailed(file, arguments, $"it did not end within {s_patience.TotalSeconds:0} seconds");
            }
            return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Exception wrong) when (wrong is Win32Exception or IOException)
        {
            throw Fault.SchedulerFailed(file, arguments, wrong.Message);
        }
    }
}
