using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Data;

/// <summary>
/// Remembers between imports the content hashes of files that decoded, one file a root, each by path, size and time. A
/// file that did not decode is not kept: a newer decoder may read it. Whatever is wrong with the cache, it is only slower.
/// </summary>
sealed class ContentCache
{
    const string Format = "PSFineTune content hashes 1";

    // A file changed twice within one tick of its clock looks unchanged, so what is this young is not remembered.
    static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    readonly string _source;
    readonly bool _readOnly;

    /// <param name="workspace">The cache lies below it.</param>
    /// <param name="source">Root, and manifest where there is one: whose files these are.</param>
    /// <param name="readOnly">What is remembered is used, and nothing new is kept.</param>
    public ContentCache(string workspace, string source, bool readOnly = false)
    {
        (_source, _readOnly) = (source, readOnly);
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..16].ToLowerInvariant();
        File = Path.Combine(workspace, "cache", "content-hashes", name + ".bin");
    }

    /// <summary>Full path.</summary>
    public string File { get; }

    /// <summary>Path, size and time of each file with its hash; empty where the cache is missing, damaged or another's.</summary>
    public Dictionary<(string Path, long Size, long Time), byte[]> Load()
    {
        try
        {
            return System.IO.File.Exists(File) ? Parse(System.IO.File.ReadAllBytes(File)) : [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Replaces the cache; a workspace that cannot be written to is none of the import's business.</summary>
    public void Save(IEnumerable<(FoundFile Image, byte[] Hash)> known)
    {
        if (_readOnly) return;
        var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(_source);
            var youngest = DateTimeOffset.UtcNow.UtcTicks - s_settled.Ticks;
            foreach (var (image, hash) in known.Where(file => file.Image.Time < youngest))
            {
                writer.Write(image.Path);
                writer.Write(image.Size);
                writer.Write(image.Time);
                writer.Write(hash);
            }
        }
        var bytes = body.ToArray();
        try
        {
            DurableFile.Write(File, stream =>
            {
                stream.Write(bytes);
                stream.Write(SHA256.HashData(bytes));
            });
        }
        catch (FineTuneException)
        {
            // A full disk or a read-only workspace: the next import hashes again.
        }
    }

    Dictionary<(string, long, long), byte[]> Parse(byte[] bytes)
    {
        var size = bytes.Length - SHA256.HashSizeInBytes;
        if (size < 0 || !SHA256.HashData(bytes.AsSpan(0, size)).AsSpan().SequenceEqual(bytes.AsSpan(size))) return [];
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, size));
        if (reader.ReadString() != Format || reader.ReadString() != _source) return [];
        var known = new Dictionary<(string, long, long), byte[]>();
        while (reader.BaseStream.Position < size)
            known[(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64())] = reader.ReadBytes(SHA256.HashSizeInBytes);
        return known;
    }
}
