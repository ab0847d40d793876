using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PSFineTune.Packaging;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Metadata">Its __metadata__; empty where it has none.</param>
/// <param name="Tensors">By name; 16-bit floats are widened to F32.</param>
/// <param name="Sha256">Of the whole file, lower-case hexadecimal.</param>
sealed record SafetensorsContent(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, StoredTensor> Tensors, string Sha256);

/// <summary>Reads https://github.com/huggingface/safetensors: a header's length, its JSON, then the tensors' bytes.</summary>
static partial class Safetensors
{
    const int HeaderLimit = 100_000_000;

    /// <exception cref="FineTuneException">InvalidSafetensors; WeightsNotFound where there is no such file; CannotRead.</exception>
    public static SafetensorsContent ReadFile(string path)
    {
        if (!File.Exists(path)) throw Fault.WeightsNotFound(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            return Read(file, file.Length, path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    /// <summary>Reads from start to end, once: the stream may be a part of a package.</summary>
    /// <param name="stream">At its first byte.</param>
    /// <param name="length">Bytes it has.</param>
    /// <param name="source">File to name in a fault.</param>
    /// <exception cref="FineTuneException">InvalidSafetensors.</exception>
    public static SafetensorsContent Read(Stream stream, long length, string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] Take(long count)
        {
            var bytes = new byte[count];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            return bytes;
        }

        try
        {
            if (length < 10) throw new FormatException("it has fewer bytes than the shortest header");
            var first = Take(9);
            if (IsPickled(first)) throw Fault.PickledWeights(source);
            var size = HeaderSize(first, length);
            var header = SafetensorsHeader.Parse([first[8], .. Take(size - 1)], length - 8 - size);
            var tensors = header.Entries.Select(entry => Widened(entry, Take(entry.End - entry.Begin))).ToDictionary(tensor => tensor.Name);
            return new(header.Metadata, tensors, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
        }
        catch (Exception wrong) when (wrong is FormatException or EndOfStreamException)
        {
            throw Fault.InvalidSafetensors(source, wrong is FormatException ? wrong.Message : "it ends before its data do");
        }
    }

    static long HeaderSize(byte[] first, long length)
    {
        var size = BinaryPrimitives.ReadUInt64LittleEndian(first);
        if (size > HeaderLimit) throw new FormatException($"its header claims {size} bytes, over the limit of {HeaderLimit}");
        if ((long)size > length - 8) throw new FormatException($"its header claims {size} bytes and {length - 8} follow");
        return size >= 2 && first[8] == '{' ? (long)size : throw new FormatException("its header does not begin with '{'");
    }

    // A zip (torch.save since 1.6) or a bare pickle of protocol 2 to 5; a header may well be 0x..0280 bytes long, but begins with '{'.
    static bool IsPickled(byte[] first) =>
        first.AsSpan().StartsWith("PK\x03\x04"u8) || (first[0] == 0x80 && first[1] is >= 2 and <= 5 && first[8] != '{');

    static StoredTensor Widened(SafetensorsEntry entry, byte[] bytes) => entry.DType switch
    {
        "F16" => Singles(entry, bytes, static half => (float)BitConverter.UInt16BitsToHalf(half)),
        "BF16" => Singles(entry, bytes, static half => BitConverter.UInt32BitsToSingle((uint)half << 16)),
        _ => new(entry.Name, entry.DType, entry.Shape, bytes),
    };

    static StoredTensor Singles(SafetensorsEntry entry, byte[] bytes, Func<ushort, float> widen)
    {
        var wide = new byte[bytes.Length * 2L];
        for (var i = 0; i < bytes.Length; i += 2)
            BinaryPrimitives.WriteSingleLittleEndian(wide.AsSpan(2 * i), widen(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i))));
        return new(entry.Name, StoredTensor.Single, entry.Shape, wide);
    }
}
