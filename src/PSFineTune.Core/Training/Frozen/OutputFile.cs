using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Training.Frozen;

/// <summary>
/// What frozen layers make of samples, one after the other, the classes each counts as, and a checksum of both: float32,
/// little-endian, behind a head of JSON. Written beside and renamed, so where it is, it is whole.
/// </summary>
sealed class OutputFile : IDisposable
{
    const int HeadLength = 256;

    readonly string _path;
    readonly SafeFileHandle _file;
    readonly Dictionary<int, int> _places;
    readonly int _size, _classes;

    OutputFile(string path, int[] rows, Head head)
    {
        (_path, _file) = (path, File.OpenHandle(path));
        (Shape, _size, _classes) = (head.Shape, (int)head.Shape.Aggregate(1L, (product, side) => product * side), head.Classes);
        _places = rows.Select((row, place) => (row, place)).ToDictionary(pair => pair.row, pair => pair.place);
    }

    /// <summary>Of one sample.</summary>
    public long[] Shape { get; }

    /// <summary>Whether there is such a file of so many rows.</summary>
    public static bool IsWhole(string path, int rows) => HeadOf(path, rows) is not null;

    /// <summary>The file of these rows; null where there is none that is whole.</summary>
    public static OutputFile? Open(string path, int[] rows) => HeadOf(path, rows.Length) is { } head ? new(path, rows, head) : null;

    /// <summary>Length of a file in bytes.</summary>
    public static long BytesOf(int rows, long[] shape, int classes) =>
        HeadLength + rows * (shape.Aggregate(1L, (product, side) => product * side) + classes + 1) * sizeof(float);

    /// <summary>Writes the values of samples as they come.</summary>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(string path, int rows, IEnumerable<(long[] Shape, float[] Values, float[] Targets, int Count)> batches) => DurableFile.Write(path, stream =>
    {
        var begun = false;
        foreach (var (shape, values, targets, count) in batches)
        {
            if (!begun) stream.Write(HeadOf(new(rows, shape, targets.Length / count)));
            begun = true;
            var (size, classes) = (values.Length / count, targets.Length / count);
            for (var i = 0; i < count; i++)
            {
                var own = MemoryMarshal.AsBytes(values.AsSpan(i * size, size));
                var labels = MemoryMarshal.AsBytes(targets.AsSpan(i * classes, classes));
                stream.Write(own);
                stream.Write(labels);
                stream.Write(BitConverter.GetBytes(ChecksumOf(own, labels)));
            }
        }
    });

    /// <summary>Reads one sample's values and classes; from any thread.</summary>
    /// <exception cref="FineTuneException">CannotRead: it is damaged; where it is removed it is made again.</exception>
    public void Read(int row, Span<float> values, Span<float> targets)
    {
        var at = HeadLength + (long)_places[row] * (_size + _classes + 1) * sizeof(float);
        var own = MemoryMarshal.AsBytes(values);
        var labels = MemoryMarshal.AsBytes(targets);
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        RandomAccess.Read(_file, own, at);
        RandomAccess.Read(_file, labels, at + own.Length);
        RandomAccess.Read(_file, checksum, at + own.Length + labels.Length);
        if (BitConverter.ToUInt32(checksum) != ChecksumOf(own, labels)) throw Fault.CannotRead(_path, new IOException("Its checksum is wrong. Remove the file: it is made again."));
    }

    public void Dispose() => _file.Dispose();

    static uint ChecksumOf(ReadOnlySpan<byte> values, ReadOnlySpan<byte> labels) => Imaging.Crc32C.Of(values) ^ uint.RotateLeft(Imaging.Crc32C.Of(labels), 1);

    static Head? HeadOf(string path, int rows)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var bytes = new byte[HeadLength];
            if (RandomAccess.Read(file, bytes, 0) < HeadLength || JsonSerializer.Deserialize<Head>(bytes) is not { } head) return null;
            return head.Rows == rows && RandomAccess.GetLength(file) == BytesOf(rows, head.Shape, head.Classes) ? head : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    static byte[] HeadOf(Head head)
    {
        var bytes = new byte[HeadLength];
        bytes.AsSpan().Fill((byte)' ');
        JsonSerializer.SerializeToUtf8Bytes(head).CopyTo(bytes, 0);
        return bytes;
    }

    sealed record Head(int Rows, long[] Shape, int Classes);
}
