using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PSFineTune.Packaging;

/// <summary>Weights in several files with an index, as Hugging Face publishes what is large: { "weight_map": { tensor: file } }.</summary>
static class ShardedWeights
{
    /// <summary>Of an index's name, behind that of the whole file.</summary>
    public const string Ending = ".index.json";

    const int LongestIndex = 64 << 20;

    /// <summary>Whether a file begins as JSON does; a safetensors file that does so would be one of over a billion bytes of header.</summary>
    /// <param name="first">Its first bytes.</param>
    public static bool IsIndex(ReadOnlySpan<byte> first) => first.Length >= 8 && first.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && BinaryPrimitives.ReadUInt64LittleEndian(first) > uint.MaxValue;

    /// <exception cref="FineTuneException">InvalidWeightsIndex, WeightsNotFound, and those of a shard.</exception>
    public static SafetensorsContent Read(FileStream file, string path)
    {
        var (map, hash) = Index(file, path);
        var (tensors, metadata, hashes) = (new Dictionary<string, StoredTensor>(), new Dictionary<string, string>(), new List<(string, string)>());
        foreach (var shard in map.GroupBy(pair => pair.Value, StringComparer.Ordinal).OrderBy(shard => shard.Key, StringComparer.Ordinal))
        {
            var content = WeightsFile.Opened(Beside(path, shard.Key), stream => WeightsFile.Read(stream, Beside(path, shard.Key)));
            if (shard.FirstOrDefault(pair => !content.Tensors.ContainsKey(pair.Key)).Key is { } missing) throw Fault.InvalidWeightsIndex(path, $"'{missing}' is not in '{shard.Key}', where it says it is");
            if (content.Tensors.Keys.FirstOrDefault(name => map.GetValueOrDefault(name) != shard.Key) is { } stranger) throw Fault.InvalidWeightsIndex(path, $"'{shard.Key}' has '{stranger}', which it does not say");
            foreach (var (name, tensor) in content.Tensors) tensors.Add(name, tensor);
            foreach (var (key, value) in content.Metadata) metadata.TryAdd(key, value);
            hashes.Add((shard.Key, content.Sha256));
        }
        return new(metadata, tensors, HashOf(hash, hashes));
    }

    /// <summary>Of the index and its shards: the SHA-256 of the index's, then of each shard by name, as lines of hash, two blanks and name.</summary>
    public static string Sha256(FileStream file, string path)
    {
        var (map, hash) = Index(file, path);
        return HashOf(hash, map.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(shard => (shard, WeightsFile.Opened(Beside(path, shard), WeightsFile.HashOf))));
    }

    /// <summary>The files that an index names.</summary>
    /// <exception cref="FineTuneException">InvalidWeightsIndex.</exception>
    public static IEnumerable<string> Shards(FileStream file, string path) => Index(file, path).Map.Values.Distinct(StringComparer.Ordinal).Select(shard => Beside(path, shard));

    static string HashOf(string index, IEnumerable<(string Name, string Sha256)> shards) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(shards.Prepend(("index", index)).Select(file => $"{file.Item2}  {file.Item1}\n"))))).ToLowerInvariant();

    static string Beside(string index, string shard) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(index))!, shard);

    static (Dictionary<string, string> Map, string Hash) Index(FileStream file, string path)
    {
        if (file.Length > LongestIndex) throw Fault.InvalidWeightsIndex(path, $"it has over {LongestIndex} bytes");
        var json = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(json);
        try
        {
            using var read = JsonDocument.Parse(json);
            if (!read.RootElement.TryGetProperty("weight_map", out var entries) || entries.ValueKind != JsonValueKind.Object) throw Fault.InvalidWeightsIndex(path, "it has no weight_map of names to files");
            var map = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in entries.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.String || entry.Value.GetString() is not { } shard || !IsFileName(shard)) throw Fault.InvalidWeightsIndex(path, $"'{entry.Name}' is not in a file beside it, by its plain name");
                if (!map.TryAdd(entry.Name, shard)) throw Fault.InvalidWeightsIndex(path, $"it has '{entry.Name}' twice");
            }
            return map.Count > 0 ? (map, Convert.ToHexString(SHA256.HashData(json)).ToLowerInvariant()) : throw Fault.InvalidWeightsIndex(path, "its weight_map is empty");
        }
        // A string that is no text is an InvalidOperationException.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw Fault.InvalidWeightsIndex(path, $"it is not the JSON it should be ({wrong.Message.TrimEnd('.')})");
        }
    }

    // As everywhere: no folder, no drive, no device of Windows.
    static bool IsFileName(string name) => PartManifest.IsSafe(name) && !name.Contains('/', StringComparison.Ordinal);
}
