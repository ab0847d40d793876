using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PSFineTune.Imaging;

/// <summary>A change of colour by table: a new value for each old one, channel by channel.</summary>
/// <param name="table">256 of red, then green, then blue.</param>
sealed class LookupPass(byte[] table) : ColorPass
{
    public const int Levels = 256, Size = 3 * Levels;

    readonly byte[] _table = table.Length == Size ? table : throw new ArgumentException($"A table has {Size} levels.", nameof(table));

    public override void Run(Picture picture)
    {
        ref var levels = ref MemoryMarshal.GetArrayDataReference(_table);
        var pixels = picture.Pixels;
        ref var at = ref MemoryMarshal.GetReference(pixels);
        ref var end = ref Unsafe.Add(ref at, pixels.Length);
        // Any byte is a place in the table of its channel.
        for (; Unsafe.IsAddressLessThan(ref at, ref end); at = ref Unsafe.Add(ref at, 3))
        {
            at = Unsafe.Add(ref levels, (nuint)at);
            Unsafe.Add(ref at, 1) = Unsafe.Add(ref levels, Levels + (nuint)Unsafe.Add(ref at, 1));
            Unsafe.Add(ref at, 2) = Unsafe.Add(ref levels, 2 * Levels + (nuint)Unsafe.Add(ref at, 2));
        }
    }
}
