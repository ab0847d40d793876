namespace PSFineTune.Cmdlets;

/// <summary>Versions of this module beside the one that runs, where PowerShell looks for modules.</summary>
static class OtherVersions
{
    /// <summary>Tells whoever takes a tensor library away of a version that may use it too.</summary>
    /// <param name="own">Folder of the version that runs.</param>
    /// <param name="warn">Told of one.</param>
    public static void Warn(string own, Action<string> warn)
    {
        if (First(own, Environment.GetEnvironmentVariable("PSModulePath") ?? "") is { } other)
            warn($"Another version of PSFineTune is in '{other}'. Where it asks for the same tensor library it has none after this; Install-FineTuneRuntime there brings it again.");
    }

    static string? First(string own, string modulePath) =>
        modulePath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder, nameof(PSFineTune))).SelectMany(Versions).FirstOrDefault(folder => !FilePlace.AreOne(folder, own));

    static IEnumerable<string> Versions(string module)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(module).Append(module).Where(folder => File.Exists(Path.Combine(folder, $"{nameof(PSFineTune)}.psd1")))];
        }
        // A folder that is not there, or is another account's, is none that this session could import from.
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
