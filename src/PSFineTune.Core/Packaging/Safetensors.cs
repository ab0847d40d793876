using System.Buffers.Binary;
using System.Security.Cryptography;
using PSFineTune.Packaging.PyTorch;

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

    /// <summary>Whether a file begins as one of this form does: the length of a header below 4 GB, and the header's brace.</summary>
    public static bool Is(byte[] first) => first.Length >= 9 && first.AsSpan(4, 4).IndexOfAnyExcept((byte)0) < 0 && first[8] == '{';

    /// <exception cref="FineTuneException">InvalidSafetensors; WeightsNotFound where there is no such file; CannotRead.</exception>
    public static SafetensorsContent ReadFile(string path) => WeightsFile.Opened(path, file => Read(file, file.Length, path));

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
            if (TorchFile.Is(first)) throw Fault.PickledWeights(source);
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

    static StoredTensor Widened(SafetensorsEntry entry, byte[] bytes) => entry.DType switch
    {
        "F16" => Singles(entry, bytes, HalfPrecision.WidenHalf),
        "BF16" => Singles(entry, bytes, HalfPrecision.WidenBFloat16),
        _ => new(entry.Name, entry.DType, entry.Shape, bytes),
    };

    static StoredTensor Singles(SafetensorsEntry entry, byte[] bytes, Widening widen)
    {
        var wide = new byte[bytes.Length * 2L];
        widen(bytes, wide);
        return new(entry.Name, StoredTensor.Single, entry.Shape, wide);
    }
}
