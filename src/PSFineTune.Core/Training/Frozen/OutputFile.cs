using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace PSFineTune.Training.Frozen;

/// <summary>
/// What frozen layers make of samples, one after the other, and the classes each counts as: float32, little-endian, behind a
/// head of JSON. Written beside and renamed, so where it is, it is whole.
/// </summary>
sealed class OutputFile : IDisposable
{
    const int HeadLength = 256;

    readonly SafeFileHandle _file;
    readonly Dictionary<int, int> _places;
    readonly int _size, _classes;

    OutputFile(string path, int[] rows, Head head)
    {
        _file = File.OpenHandle(path);
        (Shape, _size, _classes) = (head.Shape, (int)head.Shape.Aggregate(1L, (product, side) => product * side), head.Classes);
        _places = rows.Select((row, place) => (row, place)).ToDictionary(pair => pair.row, pair => pair.place);
    }

    /// <summary>Of one sample.</summary>
    public long[] Shape { get; }

    /// <summary>The file of these rows; null where there is none that is whole.</summary>
    public static OutputFile? Open(string path, int[] rows)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var bytes = new byte[HeadLength];
            if (RandomAccess.Read(file, bytes, 0) < HeadLength || JsonSerializer.Deserialize<Head>(bytes) is not { } head) return null;
            var size = head.Shape.Aggregate((long)head.Classes, (sum, _) => sum) + head.Shape.Aggregate(1L, (product, side) => product * side);
            return head.Rows == rows.Length && RandomAccess.GetLength(file) == HeadLength + rows.Length * size * sizeof(float) ? new(path, rows, head) : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

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
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan(i * size, size)));
                stream.Write(MemoryMarshal.AsBytes(targets.AsSpan(i * classes, classes)));
            }
        }
    });

    /// <summary>Reads one sample's values and classes; from any thread.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public void Read(int row, Span<float> values, Span<float> targets)
    {
        var at = HeadLength + (long)_places[row] * (_size + _classes) * sizeof(float);
        RandomAccess.Read(_file, MemoryMarshal.AsBytes(values), at);
        RandomAccess.Read(_file, MemoryMarshal.AsBytes(targets), at + (long)_size * sizeof(float));
    }

    public void Dispose() => _file.Dispose();

    static byte[] HeadOf(Head head)
    {
        var bytes = new byte[HeadLength];
        bytes.AsSpan().Fill((byte)' ');
        JsonSerializer.SerializeToUtf8Bytes(head).CopyTo(bytes, 0);
        return bytes;
    }

    sealed record Head(int Rows, long[] Shape, int Classes);
}
