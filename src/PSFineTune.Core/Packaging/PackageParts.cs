using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Packaging;

/// <summary>The parts of a package as bytes, every one compared with the manifest; what they mean is another question.</summary>
/// <param name="Path">Full path of the package.</param>
/// <param name="Manifest">Names, sizes and hashes of all parts but itself and the signature.</param>
/// <param name="ManifestBytes">What a signature is of.</param>
/// <param name="Sources">By name, those that the manifest lists; they have its hashes whenever they are read.</param>
/// <param name="Signature">DER; null where the package is not signed.</param>
sealed record PackageParts(string Path, PartManifest Manifest, byte[] ManifestBytes, IReadOnlyDictionary<string, PartSource> Sources, byte[]? Signature)
{
    /// <summary>The one entry that the manifest does not list: it signs the manifest.</summary>
    public const string SignatureName = "signature.p7s";

    // Text parts are read into memory; a million classes with a hundred characters each would still fit.
    const long TextLimit = 128 << 20;

    const long SignatureLimit = 1 << 20;

    public string ManifestHash => Convert.ToHexString(SHA256.HashData(ManifestBytes)).ToLowerInvariant();

    /// <exception cref="FineTuneException">DamagedPackage, PartMissing, PartDamaged, UnsafePartName, NewerSchema, CannotRead.</exception>
    public static PackageParts Read(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var (entries, asWritten) = StoredZipReader.Read(full);
        var bytes = Bytes(full, entries, PartManifest.FileName, TextLimit);
        var manifest = PartManifest.Parse(Encoding.UTF8.GetString(bytes), full);
        manifest.Verify(full, entries.GetValueOrDefault);
        var listed = manifest.Parts.Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        if (listed.Contains(PartManifest.FileName) || listed.Contains(SignatureName)) throw Fault.DamagedPackage(full, "its manifest lists itself or its signature");
        if (entries.Keys.FirstOrDefault(name => name is not (PartManifest.FileName or SignatureName) && !listed.Contains(name)) is { } stray)
            throw Fault.DamagedPackage(full, $"it has an entry '{stray}' that its manifest does not list");

        var signature = entries.ContainsKey(SignatureName) ? Bytes(full, entries, SignatureName, SignatureLimit) : null;
        // A signature is not of the bytes around the entries, so these must be the ones that there is no choice about.
        if (signature is not null && !asWritten) throw Fault.DamagedPackage(full, "it is signed, and another program has packed it since");
        return new(full, manifest, bytes, manifest.Parts.ToDictionary(part => part.Name, part => entries[part.Name].Pinned(full, part.Name, part.Sha256), StringComparer.Ordinal), signature);
    }

    /// <summary>Writes the same parts beside, with a signature, flushes, renames.</summary>
    /// <exception cref="FineTuneException">CannotWrite, PartTooLarge, ChangedWhileRead.</exception>
    public void Write(string path, byte[]? signature)
    {
        var parts = Sources.Append(KeyValuePair.Create(PartManifest.FileName, PartSource.Of(ManifestBytes)));
        if (signature is not null) parts = parts.Append(KeyValuePair.Create(SignatureName, PartSource.Of(signature)));
        DurableFile.Write(path, stream => StoredZipWriter.Write(stream, path, parts));
    }

    /// <summary>A part as UTF-8 text.</summary>
    /// <exception cref="FineTuneException">PartMissing, PartTooLarge, PartDamaged.</exception>
    public string Text(string name) => Encoding.UTF8.GetString(Bytes(Path, Sources, name, TextLimit));

    static byte[] Bytes(string path, IReadOnlyDictionary<string, PartSource> sources, string name, long limit)
    {
        var source = sources.GetValueOrDefault(name) ?? throw Fault.PartMissing(path, name);
        return source.Length <= limit ? source.Bytes() : throw Fault.PartTooLarge(path, name, source.Length, limit);
    }
}
