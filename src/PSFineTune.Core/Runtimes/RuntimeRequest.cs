using PSFineTune.Downloads;

namespace PSFineTune.Runtimes;

/// <summary>What is to be installed or downloaded, from where and to where.</summary>
sealed record RuntimeRequest
{
    public RuntimeEntry Entry { get; init; } = new();

    /// <summary>Folder under which it is unpacked, or that becomes a bundle; full path.</summary>
    public string Root { get; init; } = "";

    /// <summary>In the order that they are asked.</summary>
    public IReadOnlyList<NuGetSource> Sources { get; init; } = [];

    /// <summary>Hashes that whoever runs the command vouches for, by package id; before those of the module.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Take packages that nobody vouches for.</summary>
    public bool AllowUnpinned { get; init; }

    /// <summary>Install again what is there.</summary>
    public bool Force { get; init; }

    /// <summary>Readable for all accounts, whatever the mask of the one that installs it.</summary>
    public bool IsShared { get; init; }

    public Action<DownloadProgress>? Report { get; init; }

    /// <summary>Folder of the libraries once they are installed.</summary>
    public string Target => Path.Combine(Root, Entry.Folder);

    /// <summary>What it comes to, for -WhatIf.</summary>
    public string Summary(bool downloadOnly)
    {
        var (packages, bytes) = (Entry.Packages.Count, Entry.Packages.Sum(package => package.Bytes ?? 0));
        var sizes = Entry.Bytes == 0 ? "several GiB" : FormattableString.Invariant($"{bytes >> 20} MiB to fetch{(downloadOnly ? "" : FormattableString.Invariant($", {Entry.Bytes >> 20} MiB on the disk"))}");
        return $"{(downloadOnly ? "Download" : "Install")} the tensor library of TorchSharp {Entry.Version} for {Entry.Accelerator} on {Entry.Runtime}: {packages} packages, {sizes}, from {string.Join(", ", Sources.Select(source => source.Name))}";
    }

    /// <summary>The packages with the hash each must have, and by whom.</summary>
    /// <exception cref="FineTuneException">UnpinnedPackage, BadHash, UnknownName.</exception>
    public IReadOnlyList<RuntimePackage> Packages()
    {
        // One list of hashes may serve several platforms.
        var ids = RuntimeList.Own.Runtimes.Append(Entry).SelectMany(entry => entry.Packages).Select(package => package.Id).Distinct().ToList();
        foreach (var (id, hash) in Hashes)
        {
            if (!ids.Contains(id, StringComparer.OrdinalIgnoreCase)) throw Fault.Unknown("package", id, ids);
            if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) throw Fault.BadHash(id, hash);
        }
        var given = new Dictionary<string, string>(Hashes, StringComparer.OrdinalIgnoreCase);
        List<RuntimePackage> packages = [.. Entry.Packages.Select(package => given.TryGetValue(package.Id, out var hash) ? package with { Sha256 = hash.ToLowerInvariant(), Bytes = null, Pin = RuntimePin.Given }
            : package with { Pin = package.Sha256 is null ? RuntimePin.None : RuntimePin.Module })];
        var unpinned = packages.Where(package => package.Pin == RuntimePin.None).Select(package => $"{package.Id} {package.Version}").ToList();
        return unpinned.Count == 0 || AllowUnpinned ? packages : throw Fault.UnpinnedPackage(Entry.Runtime, Entry.Accelerator, unpinned);
    }
}
