using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSFineTune.Imaging;

/// <summary>A change of colour by table: a new value for each old one, channel by channel.</summary>
/// <param name="table">256 of red, then green, then blue.</param>
sealed class LookupPass(byte[] table) : ColorPass
{
    public const int Levels = 256, Size = 3 * Levels;

    readonly byte[] _table = table.Length == Size ? table : throw new ArgumentException($"A table has {Size} levels.", nameof(table));

    public override void Run(PixelChunk chunk)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            ref var levels = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_table), channel * Levels);
            // Any level is a place in the table of its channel.
            foreach (ref var value in chunk.Channel(channel)) value = Unsafe.Add(ref levels, (nuint)(byte)value);
        }
    }
}
