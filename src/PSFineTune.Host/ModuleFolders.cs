namespace PSFineTune.Hosting;

/// <summary>Where scripts find PSFineTune by name: beside the published host, or where the repository's build stages it.</summary>
static class ModuleFolders
{
    /// <summary>Puts the folders found from <paramref name="start"/> first in PSModulePath, so that auto-loading and Import-Module see them.</summary>
    public static void Announce(string start)
    {
        var known = Environment.GetEnvironmentVariable("PSModulePath")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
        Environment.SetEnvironmentVariable("PSModulePath", string.Join(Path.PathSeparator, Find(start).Concat(known).Distinct()));
    }

    public static IEnumerable<string> Find(string start)
    {
        var beside = Path.Combine(start, "modules");
        if (Directory.Exists(beside))
            yield return beside;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var staged = Path.Combine(folder.FullName, "artifacts", "module");
            if (Directory.Exists(staged))
                yield return staged;
        }
    }
}
