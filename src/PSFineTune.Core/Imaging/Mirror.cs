using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PSFineTune.Imaging;

/// <summary>Swaps the sides of a picture in place.</summary>
static class Mirror
{
    const int Five = 15;

    public static void Rows(Picture picture)
    {
        for (var y = 0; y < picture.Height; y++) Row(picture.Row(y));
    }

    public static void Columns(Picture picture)
    {
        Span<byte> between = new byte[3 * picture.Width];
        for (int top = 0, bottom = picture.Height - 1; top < bottom; top++, bottom--)
        {
            picture.Row(top).CopyTo(between);
            picture.Row(bottom).CopyTo(picture.Row(top));
            between.CopyTo(picture.Row(bottom));
        }
    }

    public static void Row(Span<byte> row)
    {
        var (left, right) = (0, row.Length);
        ref var first = ref MemoryMarshal.GetReference(row);
        // Five pixels from each end at a time. Each register has one byte more than them, on the inner side, and puts it back.
        for (; right - left >= 2 * Five + 2; left += Five, right -= Five)
        {
            var head = Vector128.LoadUnsafe(ref first, (nuint)left);
            var tail = Vector128.LoadUnsafe(ref first, (nuint)(right - Five - 1));
            var toHead = Vector128.Shuffle(tail, Vector128.Create((byte)13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, 255));
            var toTail = Vector128.Shuffle(head, Vector128.Create((byte)255, 12, 13, 14, 9, 10, 11, 6, 7, 8, 3, 4, 5, 0, 1, 2));
            (toHead | (head & Vector128.Create(0UL, 0xFFUL << 56).AsByte())).StoreUnsafe(ref first, (nuint)left);
            (toTail | (tail & Vector128.Create(0xFFUL, 0UL).AsByte())).StoreUnsafe(ref first, (nuint)(right - Five - 1));
        }
        for (right -= 3; left < right; left += 3, right -= 3)
            for (var channel = 0; channel < 3; channel++)
                (row[left + channel], row[right + channel]) = (row[right + channel], row[left + channel]);
    }
}
