using PSFineTune.Downloads;

namespace PSFineTune.Pretrained;

/// <summary>Where the files of an entry are in a source: decided once, by the first of them, so that files of two models never come together.</summary>
sealed class SourceLayout
{
    readonly Func<string, Uri> _address;
    readonly string? _given;

    SourceLayout(Func<string, Uri> address, bool isLocal = false, bool isFlat = false, string? given = null) => (_address, IsLocal, IsFlat, _given) = (address, isLocal, isFlat, given);

    /// <summary>A folder or file, of which it can be seen what is there.</summary>
    public bool IsLocal { get; }

    /// <summary>Files lie there by their plain names, which do not say whose they are.</summary>
    public bool IsFlat { get; }

    /// <summary>The address of a file by its publisher's name.</summary>
    public Uri this[string name] => _address(name);

    /// <summary>The names to ask for, in order: a source that is a file comes before others of its folder.</summary>
    public IReadOnlyList<string> NamesOf(PretrainedFile file) => [.. file.Names.OrderByDescending(name => name == _given)];

    /// <summary>A folder may be laid out as the cache, as the publisher's server, or flat; a mirror as the publisher's server; a file is itself, and its folder has the others.</summary>
    /// <param name="entry">Whose files.</param>
    /// <param name="source">An address, or the full path of a folder or file; null for the publisher's own server.</param>
    /// <exception cref="FineTuneException">BadSource, also when an address is asked for.</exception>
    public static SourceLayout Of(PretrainedEntry entry, string? source)
    {
        if (source is null || WebAddress.LocalPath(source) is not { } path) return new(name => WebAddress.In(source ?? entry.Url, entry.Folder, name));
        if (File.Exists(path)) return OfFile(entry, path);
        var server = Uri.UnescapeDataString(new Uri(entry.Url).AbsolutePath).Trim('/');
        var folder = new[] { entry.Name, entry.Folder, Uri.UnescapeDataString(entry.Folder), server, $"{server}/{Uri.UnescapeDataString(entry.Folder)}" }.Where(each => each.Trim('/').Length > 0)
            .Select(each => Path.Combine(path, each.Replace('/', Path.DirectorySeparatorChar)))
            .FirstOrDefault(each => entry.Files[0].Names.Any(name => File.Exists(Path.Combine(each, name))));
        return new(name => WebAddress.OfPath(Path.Combine(folder ?? path, name)), isLocal: true, isFlat: folder is null);
    }

    // A file of any name can be the one of an entry that has no others.
    static SourceLayout OfFile(PretrainedEntry entry, string path) =>
        new(name => WebAddress.OfPath(entry.Files.Count == 1 ? path : Path.Combine(Path.GetDirectoryName(path)!, name)), isLocal: true, isFlat: true, Path.GetFileName(path));
}
