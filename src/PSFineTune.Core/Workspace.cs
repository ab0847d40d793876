namespace PSFineTune;

/// <summary>The folder of runs, checkpoints and caches, where a cmdlet is given none.</summary>
static class Workspace
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "PSFINETUNE_WORKSPACE";

    /// <summary>$env:PSFINETUNE_WORKSPACE, else PSFineTune in the user's local application data; full path, not made yet.</summary>
    /// <exception cref="FineTuneException">NoWorkspace, for an account without a home folder.</exception>
    public static string Default => NamedBy(Variable) ?? Own ?? throw Fault.NoWorkspace();

    /// <summary>The account's own folder for what belongs to no project, whichever workspace is named; of an account without a home folder the workspace.</summary>
    /// <exception cref="FineTuneException">NoWorkspace.</exception>
    public static string OfUser => Own ?? Default;

    /// <summary>The same; null for an account without a home folder.</summary>
    public static string? Own => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data && !IsHomeless ? Path.Combine(data, "PSFineTune") : null;

    /// <summary>Full path that an environment variable holds; null where it is empty or not set.</summary>
    public static string? NamedBy(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? Path.GetFullPath(named) : null;

    // Of an account without a home folder the runtime says that it is the root of all folders, which is nobody's.
    static bool IsHomeless => !OperatingSystem.IsWindows() && !(OperatingSystem.IsLinux() && Path.IsPathRooted(Environment.GetEnvironmentVariable("XDG_DATA_HOME")))
        && Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) is "" or "/";
}
