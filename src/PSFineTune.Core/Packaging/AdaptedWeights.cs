using PSFineTune.Pretrained;

namespace PSFineTune.Packaging;

/// <summary>The pretrained weights that an adapter package adds to and does not hold, known by their bytes.</summary>
public sealed record AdaptedWeights
{
    /// <summary>What the file was called where the adapter was trained, without a folder.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Of the whole file, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Of the file.</summary>
    public long Bytes { get; init; }

    // Whoever made the package does not choose which folder is looked into.
    internal bool IsUsable => FileName is { Length: > 0 and <= 255 } && FileName.AsSpan().IndexOfAny("/\\:\0") < 0 && FileName is not ("." or "..")
        && Sha256 is { Length: 64 } && Sha256.All(char.IsAsciiHexDigitLower) && Bytes > 0;

    /// <summary>The file: the one that is given, else one of the same bytes beside the package or in a folder of weights.</summary>
    /// <param name="package">Full path of the package.</param>
    /// <param name="given">Full path of it, or of the folder that has it under any name; null to look for it.</param>
    /// <exception cref="FineTuneException">WeightsNotFound, OtherBaseWeights, NoBaseWeights, CannotRead.</exception>
    internal string Find(string package, string? given)
    {
        if (File.Exists(given)) return Has(given) ? given : throw Fault.OtherBaseWeights(package, given, this);
        if (given is not null && !Directory.Exists(given)) throw Fault.WeightsNotFound(given);
        List<string> folders = given is not null ? [given] : [Path.GetDirectoryName(Path.GetFullPath(package)) ?? "", .. WeightsCache.Folders];
        foreach (var folder in folders)
            if (Candidates(folder).FirstOrDefault(IsThere) is { } found) return found;
        // One of its name and other bytes is most likely the file that was meant, and says more than that there is none.
        throw folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists) is { } other
            ? Fault.OtherBaseWeights(package, other, this) : Fault.NoBaseWeights(package, this, folders.Take(2));
    }

    // By its name first; of the others only those of its length are worth reading.
    IEnumerable<string> Candidates(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? [.. new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Length == Bytes).OrderByDescending(file => file.Name == FileName).Select(file => file.FullName)] : [];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    bool Has(string path)
    {
        var file = PartSource.OfFile(path);
        return file.Length == Bytes && file.Sha256() == Sha256;
    }

    // Beside a package lie many files, some of which others hold open.
    bool IsThere(string path)
    {
        try
        {
            return Has(path);
        }
        catch (FineTuneException closed) when (closed.Id == "CannotRead")
        {
            return false;
        }
    }
}
