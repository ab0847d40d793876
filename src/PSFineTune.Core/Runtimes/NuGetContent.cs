using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace PSFineTune.Runtimes;

/// <summary>One library of a set of packages: whole, or in pieces that lie in several of them.</summary>
/// <param name="Name">File name.</param>
/// <param name="Pieces">In order.</param>
/// <param name="Sha256">Of the whole, told beside the first piece; null for one that is not in pieces.</param>
sealed record PackedLibrary(string Name, IReadOnlyList<ZipArchiveEntry> Pieces, string? Sha256)
{
    public long Bytes => Pieces.Sum(piece => piece.Length);
}

/// <summary>What a package says of the terms that it may be used under.</summary>
/// <param name="Name">File name, with the package's before it, as those of several lie in one folder.</param>
/// <param name="Entry">Where its words are.</param>
sealed record PackedLicence(string Name, ZipArchiveEntry Entry);

/// <summary>
/// The native libraries of a set of packages. Packages may not exceed a size, so a library that does lies in several:
/// runtimes/{platform}/native/{file} has the first piece, with {file}.sha beside it, and fragments/{platform}/native/{file}.fragment1,
/// 2, … of others the rest, as TorchSharp's build cuts them.
/// </summary>
sealed partial class NuGetContent : IDisposable
{
    const string ShaEnding = ".sha";
    const int MostSha = 1024;
    const int MostLicence = 16 << 20;

    readonly List<ZipArchive> _archives = [];
    readonly Dictionary<string, ZipArchiveEntry> _first = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SortedDictionary<int, ZipArchiveEntry>> _rest = new(StringComparer.OrdinalIgnoreCase);
    readonly List<PackedLicence> _licences = [];

    /// <exception cref="FineTuneException">DamagedNuGetPackage.</exception>
    public NuGetContent(IReadOnlyList<VerifiedNuGetPackage> packages, string platform)
    {
        foreach (var (package, file) in packages)
        {
            try
            {
                file.Position = 0;
                var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
                _archives.Add(archive);
                foreach (var entry in archive.Entries) Add(entry, platform, package);
            }
            catch (InvalidDataException broken)
            {
                throw Fault.DamagedNuGetPackage(package.Id, broken.Message);
            }
        }
    }

    /// <summary>What is needed of them: not what only Python, mobile back ends, other accelerators and libtorch's own tests load.</summary>
    /// <exception cref="FineTuneException">DamagedNuGetPackage, for a library of which a piece or the hash is missing.</exception>
    public IReadOnlyList<PackedLibrary> Libraries()
    {
        if (_rest.Keys.FirstOrDefault(name => !_first.ContainsKey(name)) is { } orphan) throw Fault.DamagedNuGetPackage(orphan, "its first piece is in none of them");
        return [.. from pair in _first where !pair.Key.EndsWith(ShaEnding, StringComparison.OrdinalIgnoreCase) && !Unneeded().IsMatch(pair.Key) orderby pair.Key select Library(pair.Key, pair.Value)];
    }

    /// <summary>The licences and notices, which have to go with the libraries.</summary>
    public IReadOnlyList<PackedLicence> Licences => _licences;

    public void Dispose() => _archives.ForEach(archive => archive.Dispose());

    PackedLibrary Library(string name, ZipArchiveEntry first)
    {
        if (!_rest.TryGetValue(name, out var rest)) return new(name, [first], null);
        if (!rest.Keys.SequenceEqual(Enumerable.Range(1, rest.Count))) throw Fault.DamagedNuGetPackage(name, FormattableString.Invariant($"it is in pieces, and of {rest.Keys.Last()} some are missing"));
        if (!_first.TryGetValue(name + ShaEnding, out var sha) || sha.Length > MostSha) throw Fault.DamagedNuGetPackage(name, "it is in pieces, and no hash of the whole is beside it");
        return new(name, [first, .. rest.Values], Text(sha).Trim().ToLowerInvariant());
    }

    static string Text(ZipArchiveEntry entry)
    {
        try
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }
        catch (InvalidDataException broken)
        {
            throw Fault.DamagedNuGetPackage(entry.Name, broken.Message);
        }
    }

    void Add(ZipArchiveEntry entry, string platform, RuntimePackage package)
    {
        var parts = entry.FullName.Split('/');
        if (entry.FullName.AsSpan().IndexOfAny("\\:\0") >= 0 || parts.Any(part => part is ".." or ".") || parts[0].Length == 0) throw Fault.DamagedNuGetPackage(package.Id, $"its entry '{entry.FullName}' would lie outside of the folder that it is unpacked to");
        if (parts.Length == 1 && Terms().IsMatch(parts[0]))
        {
            if (entry.Length > MostLicence) throw Fault.DamagedNuGetPackage(package.Id, $"its licence '{entry.FullName}' has {entry.Length} bytes");
            _licences.Add(new($"{package.Id}.{parts[0]}", entry));
        }
        if (parts is not [("runtimes" or "fragments") and var kind, var rid, "native", .. var name] || rid != platform || name is [""]) return;
        if (name.Length != 1) throw Fault.DamagedNuGetPackage(package.Id, $"its entry '{entry.FullName}' lies in a folder of its own, which is not known of libraries");
        // The end of the name is its number.
        var isPiece = kind == "fragments" && Piece().Match(name[0]) is { Success: true };
        if (kind == "fragments" && !isPiece) throw Fault.DamagedNuGetPackage(package.Id, $"its entry '{entry.FullName}' is no piece with a number");
        var piece = Piece().Match(name[0]);
        if (!(isPiece ? Rest(piece.Groups[1].Value).TryAdd(int.Parse(piece.Groups[2].Value, CultureInfo.InvariantCulture), entry) : _first.TryAdd(name[0], entry)))
            throw Fault.DamagedNuGetPackage(package.Id, $"'{name[0]}' is there twice");
    }

    SortedDictionary<int, ZipArchiveEntry> Rest(string name) => _rest.TryGetValue(name, out var pieces) ? pieces : _rest[name] = [];

    [GeneratedRegex(@"\A(.+)\.fragment([1-9]\d{0,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"python|_test|backend_with_compiler|nnapi|aoti_custom|shm|providers_shared|global_deps|\.lib\z|\.pdb\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Unneeded();

    [GeneratedRegex(@"\A(licen[sc]e|notice|third-?party|copying)[A-Z0-9_.-]{0,80}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Terms();
}
