namespace PSFineTune.Tests;

/// <summary>Where the tests find the sources and the staged module.</summary>
static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>The folder that a user would add to PSModulePath.</summary>
    public static string Modules => Path.Combine(Root, "artifacts", "module");

    /// <summary>Every Pester file of the repository, relative to its root, in ordinal order.</summary>
    public static IReadOnlyList<string> PesterFiles { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "tests"), "*.Tests.ps1", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "PSFineTune.sln")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No folder above the tests has PSFineTune.sln."));
}
