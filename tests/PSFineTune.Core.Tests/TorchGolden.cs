using System.Buffers.Binary;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Files of torch.save with what torch reads from them; see Goldens/torch.py.</summary>
sealed record TorchGolden
{
    public static TorchGolden All { get; } = PixelGolden.Embedded<TorchGolden>("torch.json");

    public TorchFileGolden[] Files { get; init; } = [];

    public TorchFileGolden[] Hostile { get; init; } = [];

    public static byte[] File(string name) => All.Files.Single(file => file.Name == name).File;

    /// <summary>The same zip with another entry of that ending, all check sums right.</summary>
    public static byte[] With(byte[] zip, string ending, byte[]? content, Func<string, string>? renamed = null)
    {
        using var stream = new MemoryStream();
        var entries = Entries(zip).Select(entry => KeyValuePair.Create(renamed?.Invoke(entry.Name) ?? entry.Name, PartSource.Of(content is not null && entry.Name.EndsWith(ending, StringComparison.Ordinal) ? content : entry.Bytes)));
        StoredZipWriter.Write(stream, "made", entries);
        return stream.ToArray();
    }

    public static IReadOnlyList<(string Name, byte[] Bytes)> Entries(byte[] zip)
    {
        var entries = new List<(string, byte[])>();
        var at = (int)BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(zip.Length - 6));
        for (var left = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(zip.Length - 12)); left > 0; left--)
        {
            int U16(int from) => BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(from));
            var (length, start) = (BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at + 24)), BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at + 42)));
            start += 30 + U16(start + 26) + U16(start + 28);
            entries.Add((System.Text.Encoding.UTF8.GetString(zip, at + 46, U16(at + 28)), zip[start..(start + length)]));
            at += 46 + U16(at + 28) + U16(at + 30) + U16(at + 32);
        }
        return entries;
    }

    public static void Same(IReadOnlyDictionary<string, TorchTensorGolden> expected, IReadOnlyDictionary<string, StoredTensor> read)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), read.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal((name, tensor.Dtype), (read[name].Name, read[name].DType));
            Assert.Equal(tensor.Shape, read[name].Shape);
            Assert.True(tensor.Bytes.AsSpan().SequenceEqual(read[name].Bytes), $"{name} has other values");
        }
    }
}

sealed record TorchFileGolden
{
    public string Name { get; init; } = "";

    public byte[] File { get; init; } = [];

    /// <summary>What a refusal must name.</summary>
    public string Says { get; init; } = "";

    public Dictionary<string, TorchTensorGolden> Tensors { get; init; } = [];
}

sealed record TorchTensorGolden
{
    public long[] Shape { get; init; } = [];

    public string Dtype { get; init; } = "";

    public byte[] Bytes { get; init; } = [];
}
