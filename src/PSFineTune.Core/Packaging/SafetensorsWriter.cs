using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PSFineTune.Packaging;

/// <summary>Writes the same bytes for the same tensors: names in ordinal order, data in the order of names, no time, no gap.</summary>
static partial class Safetensors
{
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void WriteFile(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        DurableFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <param name="stream">Written to from where it stands.</param>
    /// <param name="tensors">Names differ from each other.</param>
    /// <param name="metadata">Free text by key.</param>
    public static void Write(Stream stream, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var sorted = tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        var header = Header(sorted, metadata ?? new Dictionary<string, string>());
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in sorted) stream.Write(tensor.Bytes);
    }

    // Filled up with spaces, so that the data begin at a multiple of 8.
    static byte[] Header(IEnumerable<StoredTensor> sorted, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0) WriteMetadata(json, metadata);
            var at = 0L;
            foreach (var tensor in sorted) WriteEntry(json, tensor, ref at);
            json.WriteEndObject();
        }
        var padded = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    static void WriteEntry(Utf8JsonWriter json, StoredTensor tensor, ref long at)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.DType);
        json.WriteStartArray("shape");
        foreach (var side in tensor.Shape) json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(at);
        json.WriteNumberValue(at += tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
