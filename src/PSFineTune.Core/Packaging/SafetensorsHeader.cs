using System.Text.Json;

namespace PSFineTune.Packaging;

/// <summary>One entry of a safetensors header; offsets count from the end of the header.</summary>
sealed record SafetensorsEntry(string Name, string DType, long[] Shape, long Begin, long End);

/// <summary>The header of a safetensors file, checked against everything that can be known of it before the data are read.</summary>
sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    public const string MetadataName = "__metadata__";

    /// <summary>Bytes of one value of each dtype that is read.</summary>
    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["F32"] = 4, ["F16"] = 2, ["BF16"] = 2, ["I64"] = 8 };

    /// <summary>Entries in the order of their data, which they cover without gap or overlap.</summary>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataLength">Bytes that follow it.</param>
    /// <exception cref="FormatException">What is wrong, in words; so is every error of the JSON itself.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        try
        {
            var header = Read(json);
            CheckCover(header.Entries, dataLength);
            return header;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // A string that is no text (a lone surrogate, broken UTF-8) is an InvalidOperationException.
            throw new FormatException($"its header is not the JSON it should be ({wrong.Message.TrimEnd('.')})", wrong);
        }
    }

    static SafetensorsHeader Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        var (metadata, entries) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, SafetensorsEntry>());
        var names = new HashSet<string>();
        Expect(ref reader, JsonTokenType.StartObject, "the header");
        while (NextName(ref reader, names, "the header") is { } name)
        {
            if (name == MetadataName) ReadMetadata(ref reader, metadata);
            else entries.Add(name, ReadEntry(ref reader, name));
        }
        if (reader.Read()) throw new FormatException("something follows the header's JSON");
        return new(metadata, [.. entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)]);
    }

    static void ReadMetadata(ref Utf8JsonReader reader, SortedDictionary<string, string> metadata)
    {
        var names = new HashSet<string>();
        Expect(ref reader, JsonTokenType.StartObject, MetadataName);
        while (NextName(ref reader, names, MetadataName) is { } name)
        {
            Expect(ref reader, JsonTokenType.String, $"{MetadataName}.{name}");
            metadata.Add(name, reader.GetString()!);
        }
    }

    static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        long[]? shape = null, offsets = null;
        var names = new HashSet<string>();
        Expect(ref reader, JsonTokenType.StartObject, $"tensor '{name}'");
        while (NextName(ref reader, names, $"tensor '{name}'") is { } property)
        {
            if (property == "dtype") dtype = ReadText(ref reader, $"the dtype of '{name}'");
            else if (property == "shape") shape = ReadNumbers(ref reader, $"the shape of '{name}'");
            else if (property == "data_offsets") offsets = ReadNumbers(ref reader, $"the data_offsets of '{name}'");
            else throw new FormatException($"tensor '{name}' has an unknown property '{property}'");
        }
        if (dtype is null || shape is null || offsets is not { Length: 2 }) throw new FormatException($"tensor '{name}' lacks dtype, shape or two data_offsets");
        return Checked(new(name, dtype, shape, offsets[0], offsets[1]));
    }

    static SafetensorsEntry Checked(SafetensorsEntry entry)
    {
        if (!Sizes.TryGetValue(entry.DType, out var size)) throw new FormatException($"tensor '{entry.Name}' has dtype '{entry.DType}'; known are {string.Join(", ", Sizes.Keys)}");
        var bytes = entry.Shape.Aggregate((Int128)size, (product, side) => Int128.Min(product * side, long.MaxValue));
        if (entry.End < entry.Begin || entry.End - entry.Begin != bytes)
            throw new FormatException($"tensor '{entry.Name}' of shape [{string.Join(", ", entry.Shape)}] and dtype {entry.DType} cannot take the bytes {entry.Begin} to {entry.End}");
        return bytes <= Array.MaxLength ? entry : throw new FormatException($"tensor '{entry.Name}' has over {Array.MaxLength} bytes");
    }

    static void CheckCover(IEnumerable<SafetensorsEntry> entries, long dataLength)
    {
        var at = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != at) throw new FormatException($"the data of tensor '{entry.Name}' {(entry.Begin < at ? "overlap others" : "leave a hole before them")}");
            at = entry.End;
        }
        if (at != dataLength) throw new FormatException($"its tensors need {at} bytes of data and it has {dataLength}");
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType kind, string what)
    {
        if (!reader.Read() || reader.TokenType != kind) throw new FormatException($"{what} is {(kind == JsonTokenType.String ? "no text" : "no JSON object")}");
    }

    // Null at the end of the object.
    static string? NextName(ref Utf8JsonReader reader, HashSet<string> seen, string what)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject) return null;
        var name = reader.GetString()!;
        return seen.Add(name) ? name : throw new FormatException($"{what} has '{name}' twice");
    }

    static string ReadText(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, what);
        return reader.GetString()!;
    }

    static long[] ReadNumbers(ref Utf8JsonReader reader, string what)
    {
        var numbers = new List<long>();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) throw new FormatException($"{what} is no list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            numbers.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0 ? number : throw new FormatException($"{what} has something other than whole numbers from 0"));
        return [.. numbers];
    }
}
