using System.Runtime.InteropServices;

namespace PSFineTune.Native;

/// <summary>Environment variables as native libraries read them: elsewhere than on Windows .NET keeps a copy that they do not see.</summary>
static class NativeEnvironment
{
    /// <summary>Sets it, whatever the user has set.</summary>
    public static void Set(string variable, string value) => Set(variable, value, overwrite: 1);

    /// <summary>Sets it unless the user has.</summary>
    public static void Suggest(string variable, string value) => Set(variable, value, overwrite: 0);

    static void Set(string variable, string value, int overwrite)
    {
        if (!OperatingSystem.IsWindows()) _ = setenv(variable, value, overwrite);
        else if (overwrite == 1 || Environment.GetEnvironmentVariable(variable) is null) Environment.SetEnvironmentVariable(variable, value);
    }

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int setenv(string name, string value, int overwrite);
}
