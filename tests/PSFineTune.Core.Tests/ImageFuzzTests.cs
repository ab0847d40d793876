using System.Buffers.Binary;
using PSFineTune.Imaging;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>
/// Damaged files come out as a picture of the size they claim or as a fault, the same each time, and never end the process.
/// PSFINETUNE_FUZZ says how many files; where PSFINETUNE_ASSETS names real photos, a part of them is damaged too.
/// </summary>
public class ImageFuzzTests
{
    static readonly DecodeBudget s_small = new(Pixels: 4_000_000, Bytes: 64 << 20, Scans: 50);

    [Fact]
    public void A_damaged_file_is_a_picture_or_a_fault()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("PSFINETUNE_FUZZ"), out var asked) ? asked : 3000;
        var files = SampleFiles.All.Concat(Photos(count / 100)).ToList();
        var decoded = 0;
        for (var i = 0; i < count; i++)
        {
            var random = RandomStream.For(i, 0, "fuzz");
            var (name, bytes) = files[i % files.Count];
            var damaged = Damage(random, bytes, files[random.Below(files.Count)].Bytes);
            try
            {
                Decode(random, damaged);
                decoded++;
            }
            catch (FineTuneException fault)
            {
                Assert.Contains(fault.Id, new[] { "UndecodableImage", "ImageTooLarge" });
            }
            catch (Exception wrong)
            {
                throw new InvalidOperationException($"Damage {i} of {name}: {Convert.ToBase64String(damaged[..Math.Min(damaged.Length, 3000)])}", wrong);
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{decoded} of {count} decoded");
        Assert.InRange(decoded, 1, count - 1);
    }

    static void Decode(RandomStream random, byte[] file)
    {
        using var image = EncodedImage.Open(file, "damaged", s_small);
        using var whole = image.Decode();
        Assert.Equal((image.Width, image.Height), (whole.Width, whole.Height));

        var window = SampleFiles.Part(random, image.Width, image.Height);
        var part = image.Decode(window, random.Uniform(0.5, 9));
        using var picture = part.Picture;
        Assert.InRange(picture.Width * part.Step, window.Width - 1e-6, window.Width + 2 * part.Step);
        Assert.InRange(picture.Height * part.Step, window.Height - 1e-6, window.Height + 2 * part.Step);

        // What the decoder does not write must not show what the memory held before.
        using var again = ImageFile.Decode(file, "damaged");
        Assert.True(again.Pixels.SequenceEqual(whole.Pixels), "the same bytes give another picture");
    }

    /// <summary>One to eight changes; the middle of a header is as likely as all the rest.</summary>
    static byte[] Damage(RandomStream random, byte[] file, byte[] other)
    {
        var bytes = file.ToList();
        for (var changes = 1 << random.Below(4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Below(random.Chance(0.5) ? Math.Min(bytes.Count, 200) : bytes.Count);
            switch (random.Below(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Below(8)); break;
                case 1: bytes[at] = random.Chance(0.5) ? (byte)random.Below(256) : (byte)(random.Below(2) * 255); break;
                case 2: bytes.InsertRange(at, Enumerable.Range(0, 1 + random.Below(20)).Select(_ => (byte)random.Below(256))); break;
                case 3: bytes.RemoveRange(at, Math.Min(1 + random.Below(20), bytes.Count - at)); break;
                case 4 when random.Chance(0.3): bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: Write(bytes, at, random); break;
                default: Splice(random, bytes, at, other); break;
            }
        }
        byte[] damaged = [.. bytes];
        if (random.Chance(0.7)) Mend(damaged);
        return damaged;
    }

    /// <summary>Makes the sums of a PNG's chunks right again: a decoder that finds them wrong looks no further.</summary>
    static void Mend(Span<byte> file)
    {
        if (file is not [0x89, (byte)'P', (byte)'N', (byte)'G', ..]) return;
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return;
            var crc = new Crc32();
            crc.Append(file.Slice(at + 4, 4 + (int)length));
            at += 12 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file[(at - 4)..], crc.Value);
        }
    }

    /// <summary>A number as a header holds it: small, large, or one that overflows.</summary>
    static void Write(List<byte> bytes, int at, RandomStream random)
    {
        Span<byte> number = stackalloc byte[4];
        uint[] telling = [0, 1, 8, 0x7F, 0xFF, 0x100, 2000, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];
        var value = telling[random.Below(telling.Length)];
        if (random.Chance(0.5)) BinaryPrimitives.WriteUInt32BigEndian(number, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        for (var i = random.Below(2) * 2; i < number.Length && at + i < bytes.Count; i++) bytes[at + i] = number[i];
    }

    static void Splice(RandomStream random, List<byte> bytes, int at, byte[] other)
    {
        var from = random.Below(random.Chance(0.5) ? Math.Min(other.Length, 200) : other.Length);
        var count = Math.Min(1 + random.Below(64), other.Length - from);
        if (random.Chance(0.5)) bytes.RemoveRange(at, Math.Min(count, bytes.Count - at));
        bytes.InsertRange(at, other.AsSpan(from, count));
    }

    static IEnumerable<(string Name, byte[] Bytes)> Photos(int count)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("PSFINETUNE_ASSETS") ?? "", "datasets", "clothing");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(count).Select(file => (file, File.ReadAllBytes(file)))
            : [];
    }
}
