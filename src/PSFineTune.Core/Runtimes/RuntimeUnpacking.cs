using System.Security.Cryptography;
using PSFineTune.Downloads;

namespace PSFineTune.Runtimes;

/// <summary>Unpacks the libraries into a folder, repairs what has to be repaired, and looks whether they belong together.</summary>
sealed class RuntimeUnpacking(RuntimeEntry entry, string folder, Action<DownloadProgress>? report)
{
    const string Bridge = "LibTorchSharp.";

    /// <returns>The files as they lie there.</returns>
    /// <exception cref="FineTuneException">DamagedNuGetPackage, NoRoom, CannotWrite, RepairFailed, MismatchedLibraries.</exception>
    public IReadOnlyList<RuntimeFile> Run(IReadOnlyList<VerifiedNuGetPackage> packages, CancellationToken cancel)
    {
        using var content = new NuGetContent(packages, entry.Runtime);
        var libraries = content.Libraries();
        if (!libraries.Any(library => library.Name.Contains(Bridge, StringComparison.Ordinal))) throw Fault.DamagedNuGetPackage(string.Join(", ", packages.Select(package => package.Package.Id)), $"they have no LibTorchSharp for {entry.Runtime}");
        DiskRoom.Require(folder, libraries.Sum(library => library.Bytes));
        List<RuntimeFile> files = [.. libraries.Select(library => Repaired(Unpack(library, cancel)))];
        foreach (var licence in content.Licences) Write(licence, cancel);
        Compare();
        return files;
    }

    // They are no part of the record: whoever reads or edits one has not damaged the runtime.
    void Write(PackedLicence licence, CancellationToken cancel)
    {
        try
        {
            using var stream = licence.Entry.Open();
            var words = new byte[licence.Entry.Length];
            cancel.ThrowIfCancellationRequested();
            stream.ReadExactly(words);
            DurableFile.Write(Path.Combine(folder, licence.Name), file => file.Write(words));
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw Fault.DamagedNuGetPackage(licence.Name, broken.Message);
        }
    }

    RuntimeFile Unpack(PackedLibrary library, CancellationToken cancel)
    {
        var path = Path.Combine(folder, library.Name);
        var pace = new DownloadPace(library.Name, report) { Activity = "Unpacking" };
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, done) = (new byte[1 << 20], 0L);
            foreach (var piece in library.Pieces)
            {
                using var stream = piece.Open();
                var end = done + piece.Length;
                while (stream.Read(buffer) is > 0 and var count)
                {
                    cancel.ThrowIfCancellationRequested();
                    // More than it says of itself is more than there was room for.
                    if ((done += count) > end) throw Fault.DamagedNuGetPackage(library.Name, "it has more bytes than it says");
                    hash.AppendData(buffer, 0, count);
                    file.Write(buffer, 0, count);
                    pace.At(done, library.Bytes);
                }
                if (done != end) throw Fault.DamagedNuGetPackage(library.Name, "it has fewer bytes than it says");
            }
            file.Flush(flushToDisk: true);
            var sha256 = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
            if (library.Sha256 is { } wanted && wanted != sha256) throw Fault.DamagedNuGetPackage(library.Name, $"joined from {library.Pieces.Count} pieces it has the SHA-256 {sha256}, and has to have {wanted}");
            return new() { Name = library.Name, Bytes = done, Sha256 = sha256 };
        }
        catch (InvalidDataException broken)
        {
            throw Fault.DamagedNuGetPackage(library.Name, broken.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(path, wrong);
        }
    }

    // Only the very file that is known is touched.
    RuntimeFile Repaired(RuntimeFile file)
    {
        if (entry.Repairs.FirstOrDefault(repair => repair.File == file.Name && repair.Before == file.Sha256) is not { } repair) return file;
        var path = Path.Combine(folder, file.Name);
        try
        {
            Native.ElfVersionNeed.Relax(path, path);
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Fault.RepairFailed(file.Name, wrong.Message);
        }
        var after = FileHash.Of(path, CancellationToken.None);
        return after == repair.After ? file with { Sha256 = after } : throw Fault.RepairFailed(file.Name, $"its SHA-256 is {after} then, and has to be {repair.After}");
    }

    void Compare()
    {
        report?.Invoke(new() { Activity = "Comparing imports and exports", File = Bridge + entry.Runtime });
        foreach (var bridge in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file).Contains(Bridge, StringComparison.Ordinal)))
        {
            try
            {
                if (Native.NativeSymbols.Missing(bridge) is { Count: > 0 } missing) throw Fault.MismatchedLibraries(Path.GetFileName(bridge), missing);
            }
            catch (InvalidDataException broken)
            {
                throw Fault.DamagedNuGetPackage(Path.GetFileName(bridge), broken.Message);
            }
        }
    }
}
