using System.Security.Cryptography;
using System.Text.Json;

namespace PSFineTune.Build;

/// <summary>A file of the module.</summary>
/// <param name="Path">In the module, with slashes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="From">The package it is from; null for one of ours.</param>
sealed record ShippedFile(string Path, string Sha256, ShippedPackage? From);

/// <summary>What is in a staged module, and which package each file is from.</summary>
static class ShippedFiles
{
    /// <summary>Every file of the module but those left out, in ordinal order.</summary>
    /// <param name="module">The staged module's folder.</param>
    /// <param name="assets">project.assets.json of projects whose packages may be in it.</param>
    /// <param name="leftOut">Names of files in the module's root that are made from this list.</param>
    /// <exception cref="InvalidDataException">A file of lib/ is from none of the packages.</exception>
    public static IReadOnlyList<ShippedFile> Of(string module, IEnumerable<string> assets, params string[] leftOut)
    {
        var packages = assets.SelectMany(Packages).DistinctBy(package => package.Folder).ToList();
        var known = new Dictionary<(string Name, string Sha256), ShippedPackage>();
        var names = Directory.GetFiles(Path.Combine(module, "lib"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToHashSet();
        foreach (var package in packages)
            foreach (var file in Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories).Where(file => names.Contains(Path.GetFileName(file))))
                known.TryAdd((Path.GetFileName(file), HashOf(file)), package);
        return [.. Directory.GetFiles(module, "*", SearchOption.AllDirectories)
            .Select(file => (Full: file, Name: Path.GetRelativePath(module, file).Replace('\\', '/')))
            .Where(file => !leftOut.Contains(file.Name)).OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => HashOf(file.Full) is var hash && !file.Name.StartsWith("lib/", StringComparison.Ordinal) ? new ShippedFile(file.Name, hash, null)
                : new(file.Name, hash, known.GetValueOrDefault((Path.GetFileName(file.Full), hash)) ?? throw new InvalidDataException($"{file.Name} is in the module, but from none of the packages that the projects name: nobody could say under which licence it is.")))];
    }

    /// <summary>The packages of some files, by name.</summary>
    public static IReadOnlyList<ShippedPackage> Packages(this IEnumerable<ShippedFile> files) =>
        [.. files.Select(file => file.From).OfType<ShippedPackage>().DistinctBy(package => package.Folder).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];

    // Those that are compiled against, and those that are only downloaded.
    static IEnumerable<ShippedPackage> Packages(string assets)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(assets));
        var folders = file.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = file.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package").Select(library => library.Name.ToLowerInvariant());
        var downloads = file.RootElement.GetProperty("project").GetProperty("frameworks").EnumerateObject()
            .SelectMany(framework => framework.Value.TryGetProperty("downloadDependencies", out var all) ? all.EnumerateArray().ToList() : [])
            .Select(download => $"{download.GetProperty("name").GetString()!.ToLowerInvariant()}/{download.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0].Trim()}");
        foreach (var name in libraries.Concat(downloads).Distinct())
            if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists) is { } found) yield return ShippedPackage.In(found);
    }

    static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
