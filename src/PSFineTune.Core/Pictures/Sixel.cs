using System.Globalization;
using System.Text;
using PSFineTune.Imaging;
using SkiaSharp;

namespace PSFineTune.Pictures;

/// <summary>
/// Pictures in the language of DEC's terminals, which many of today's understand: bands of six rows, each colour of a
/// palette in turn. The palette is of the picture's own colours (median cut, Heckbert 1982).
/// </summary>
static class Sixel
{
    const int MostColors = 256;

    // Of each channel; colours this near are one, which makes the cut fast and is not seen.
    const int Bits = 5;

    /// <param name="png">A PNG file.</param>
    /// <param name="most">Pixels across; a wider picture is made smaller.</param>
    public static string Encode(byte[] png, int most)
    {
        using var picture = ImageFile.Decode(png, nameof(Sixel));
        var scale = Math.Min(1, most / (double)picture.Width);
        using var fitted = GridRenderer.Resized(picture, Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        return Encode(fitted);
    }

    public static string Encode(SKBitmap picture)
    {
        var pixels = picture.Pixels;
        var bins = pixels.Select(Bin).ToArray();
        var (palette, indexOf) = Cut(pixels, bins);
        var text = new StringBuilder($"\u001bP0;1q\"1;1;{picture.Width};{picture.Height}");
        for (var color = 0; color < palette.Count; color++)
            text.Append(CultureInfo.InvariantCulture, $"#{color};2;{Percent(palette[color].Red)};{Percent(palette[color].Green)};{Percent(palette[color].Blue)}");
        for (var top = 0; top < picture.Height; top += 6) Band(text, picture, bins, indexOf, top);
        return text.Append("\u001b\\").ToString();
    }

    static void Band(StringBuilder text, SKBitmap picture, int[] bins, Dictionary<int, int> indexOf, int top)
    {
        // Of each colour of the band, which of the six rows have it in each column.
        var masks = new SortedDictionary<int, byte[]>();
        for (var y = top; y < Math.Min(top + 6, picture.Height); y++)
            for (var x = 0; x < picture.Width; x++)
            {
                var color = indexOf[bins[y * picture.Width + x]];
                if (!masks.TryGetValue(color, out var mask)) masks[color] = mask = new byte[picture.Width];
                mask[x] |= (byte)(1 << (y - top));
            }
        foreach (var (color, mask) in masks)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{color}");
            for (var (start, end) = (0, 0); start < mask.Length; start = end)
            {
                while (end < mask.Length && mask[end] == mask[start]) end++;
                var sixel = (char)('?' + mask[start]);
                if (end == mask.Length && mask[start] == 0) break;
                if (end - start > 3) text.Append(CultureInfo.InvariantCulture, $"!{end - start}{sixel}");
                else text.Append(sixel, end - start);
            }
            text.Append('$');
        }
        text.Append('-');
    }

    /// <summary>The palette, and the place in it of every bin of colours that occurs.</summary>
    static (List<SKColor> Palette, Dictionary<int, int> IndexOf) Cut(SKColor[] pixels, int[] bins)
    {
        var counts = bins.Zip(pixels).GroupBy(pair => pair.First)
            .Select(group => (Bin: group.Key, Count: group.Count(), Color: Mean(group.Select(pair => (pair.Second, 1))))).ToList();
        var boxes = new List<List<(int Bin, int Count, SKColor Color)>> { counts };
        while (boxes.Count < MostColors && boxes.MaxBy(Weight) is { Count: > 1 } widest && Weight(widest) > 0)
        {
            boxes.Remove(widest);
            var channel = Channels.MaxBy(channel => Range(widest, channel))!;
            widest.Sort((one, other) => channel(one.Color).CompareTo(channel(other.Color)));
            var (half, cut) = (widest.Sum(entry => (long)entry.Count) / 2, 1);
            for (long passed = widest[0].Count; cut < widest.Count - 1 && passed + widest[cut].Count <= half; cut++) passed += widest[cut].Count;
            boxes.Add(widest[..cut]);
            boxes.Add(widest[cut..]);
        }
        return ([.. boxes.Select(box => Mean(box.Select(entry => (entry.Color, entry.Count))))],
            boxes.SelectMany((box, index) => box.Select(entry => (entry.Bin, index))).ToDictionary(pair => pair.Bin, pair => pair.index));
    }

    static readonly Func<SKColor, int>[] Channels = [color => color.Red, color => color.Green, color => color.Blue];

    static long Weight(List<(int Bin, int Count, SKColor Color)> box) => Channels.Max(channel => Range(box, channel)) * (long)Math.Sqrt(box.Sum(entry => (double)entry.Count));

    static int Range(List<(int Bin, int Count, SKColor Color)> box, Func<SKColor, int> channel) => box.Max(entry => channel(entry.Color)) - box.Min(entry => channel(entry.Color));

    static SKColor Mean(IEnumerable<(SKColor Color, int Count)> colors)
    {
        var (red, green, blue, count) = (0L, 0L, 0L, 0L);
        foreach (var (color, times) in colors) (red, green, blue, count) = (red + color.Red * times, green + color.Green * times, blue + color.Blue * times, count + times);
        return new((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }

    static int Bin(SKColor color) => (color.Red >> (8 - Bits) << (2 * Bits)) | (color.Green >> (8 - Bits) << Bits) | (color.Blue >> (8 - Bits));

    static int Percent(byte level) => (level * 100 + 127) / 255;
}
