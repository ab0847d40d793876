using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Embeddings;

/// <summary>
/// Remembers in the workspace what an embedder made of samples, by their content: one file an embedder, the youngest
/// samples first. Whatever is wrong with it, it is only slower.
/// </summary>
sealed class FeatureCache
{
    const string Format = "PSFineTune features 1";

    // Of a file; more samples than that are computed again.
    const long MostBytes = 64L << 20;

    readonly string _key;
    readonly Dictionary<string, (float[] Features, float[]? Scores)> _known;
    readonly Dictionary<string, (float[] Features, float[]? Scores)> _used = [];
    bool _grew;

    /// <param name="workspace">The cache lies below it; empty for none.</param>
    /// <param name="key">What the features depend on besides the sample.</param>
    public FeatureCache(string workspace, string key)
    {
        _key = key;
        File = workspace.Length == 0 ? "" : Path.Combine(workspace, "cache", "features", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16].ToLowerInvariant() + ".bin");
        _known = Load();
    }

    /// <summary>Full path; empty for none.</summary>
    public string File { get; }

    /// <param name="hash">SHA-256 of the sample's content, hexadecimal.</param>
    /// <param name="item">Path or text.</param>
    public Featured? Find(string hash, string item)
    {
        if (!_known.TryGetValue(hash, out var found)) return null;
        _used[hash] = found;
        return new(item, found.Features, found.Scores, null);
    }

    public void Add(string hash, Featured made)
    {
        if (made.Features is not { } features) return;
        _used[hash] = _known[hash] = (features, made.Scores);
        _grew = true;
    }

    /// <summary>Replaces the file, where there is anything new; a workspace that cannot be written to is no reason to fail.</summary>
    public void Save()
    {
        if (!_grew || File.Length == 0) return;
        var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(_key);
            foreach (var (hash, (features, scores)) in _used.Concat(_known.Where(pair => !_used.ContainsKey(pair.Key))))
            {
                if (body.Length > MostBytes) break;
                writer.Write(hash);
                Write(writer, features);
                Write(writer, scores ?? []);
            }
        }
        try
        {
            DurableFile.Write(File, stream =>
            {
                body.WriteTo(stream);
                stream.Write(SHA256.HashData(body.GetBuffer().AsSpan(0, (int)body.Length)));
            });
        }
        catch (FineTuneException)
        {
            // A full disk or a read-only workspace: the next time it is computed again.
        }
    }

    Dictionary<string, (float[], float[]?)> Load()
    {
        try
        {
            return File.Length > 0 && System.IO.File.Exists(File) ? Parse(System.IO.File.ReadAllBytes(File)) : [];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            return [];
        }
    }

    Dictionary<string, (float[], float[]?)> Parse(byte[] bytes)
    {
        var size = bytes.Length - SHA256.HashSizeInBytes;
        if (size < 0 || !SHA256.HashData(bytes.AsSpan(0, size)).AsSpan().SequenceEqual(bytes.AsSpan(size))) return [];
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, size));
        if (reader.ReadString() != Format || reader.ReadString() != _key) return [];
        var known = new Dictionary<string, (float[], float[]?)>();
        while (reader.BaseStream.Position < size) known[reader.ReadString()] = (Read(reader), Read(reader) is { Length: > 0 } scores ? scores : null);
        return known;
    }

    static void Write(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<float>(values));
    }

    static float[] Read(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
