using System.Buffers.Binary;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Files of PyTorch that somebody changed: each is read within its bounds, or refused with one of four faults.</summary>
public sealed class TorchFuzzTests : IDisposable
{
    // What a tensor may repeat, of which weights.md tells.
    const long Spare = 1 << 16;

    // Of the interpreter's steps and buffers, and of what a test's own fault takes.
    const long Constant = 4 << 20;

    static readonly string[] s_faults = ["InvalidPyTorchFile", "UnsafePyTorchFile", "LegacyPyTorchFile", "InvalidSafetensors", "InvalidWeightsIndex"];

    static readonly long[] s_limits = [0, -1, int.MaxValue, int.MinValue, long.MaxValue, uint.MaxValue];

    readonly TempFolder _folder = new();
    readonly RandomStream _random = RandomStream.For(1, 0, "torch files");

    public void Dispose() => _folder.Dispose();

    // PSFINETUNE_FUZZ names another number.
    static int Count => int.TryParse(Environment.GetEnvironmentVariable("PSFINETUNE_FUZZ"), out var count) ? count : 10_000;

    [Fact]
    public void Thousands_of_changed_files_neither_crash_nor_take_more_memory_than_they_have()
    {
        var files = TorchGolden.All.Files.Concat(TorchGolden.All.Hostile).Select(file => file.File).ToList();
        var (zips, pickles) = (files.Where(file => file[0] == 'P' && file.Length > 600).ToList(), files.Where(file => file[0] != 'P').ToList());
        // Read once, so that what is made once is not counted.
        foreach (var file in files) Outcome(file);
        var (read, outcomes) = (0, new Dictionary<string, int>());
        for (var i = 0; i < Count; i++)
        {
            var bytes = (i % 4) switch
            {
                0 => Mutated(files[Below(files.Count)]),
                1 => Mutated(pickles[Below(pickles.Count)]),
                // With right check sums, so that the pickle itself is what is looked at.
                _ when zips[Below(zips.Count)] is var zip => TorchGolden.With(zip, "data.pkl", MutatedPickle(TorchGolden.Entries(zip).First(entry => entry.Name.EndsWith("data.pkl", StringComparison.Ordinal)).Bytes)),
                _ => [],
            };
            var outcome = Outcome(bytes);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome == "") read++;
        }
        Assert.All(outcomes.Keys.Where(outcome => outcome != ""), outcome => Assert.Contains(outcome, s_faults));
        Assert.InRange(read, Count / 100, Count * 8 / 10);
        Assert.True(outcomes.ContainsKey("UnsafePyTorchFile") && outcomes.ContainsKey("InvalidPyTorchFile"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcomes.Select(pair => $"{(pair.Key == "" ? "read" : pair.Key)} {pair.Value}")));
    }

    string Outcome(byte[] bytes)
    {
        File.WriteAllBytes(_folder["x.pth"], bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var tensors = WeightsFile.ReadFile(_folder["x.pth"]).Tensors;
            Assert.InRange(tensors.Values.Select(tensor => tensor.Bytes).Distinct().Sum(values => (long)values.Length), 0, 2 * (bytes.Length + Spare));
            // Whoever writes them on writes each.
            Assert.InRange(tensors.Values.Sum(tensor => (long)tensor.Bytes.Length), 0, 8 * (bytes.Length + Spare));
            return "";
        }
        catch (FineTuneException fault)
        {
            return fault.Id;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L * bytes.Length + Constant);
        }
    }

    int Below(int count) => _random.Below(count);

    byte[] Mutated(byte[] bytes)
    {
        var changed = bytes.ToArray();
        switch (Below(5))
        {
            case 0: return bytes[..Below(bytes.Length)];
            case 1: for (var times = 1 + Below(3); times > 0; times--) changed[Below(changed.Length)] ^= (byte)(1 << Below(8)); return changed;
            case 2:
                // Numbers at the limits are what parsers trip over.
                var value = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(value, s_limits[Below(6)]);
                value = value[..(1 << Below(4))];
                value.CopyTo(changed, Below(changed.Length - value.Length));
                return changed;
            case 3:
                var (at, from, length) = (Below(bytes.Length), Below(bytes.Length), Below(100));
                return [.. bytes[..at], .. bytes[from..Math.Min(bytes.Length, from + length)], .. bytes[at..]];
            default:
                // What stands last is read first.
                changed[changed.Length - 1 - Below(Math.Min(changed.Length, 120))] = (byte)Below(256);
                return changed;
        }
    }

    byte[] MutatedPickle(byte[] pickle)
    {
        const string Opcodes = "(.012NKMJGCBXU)t]lae}suqrhjcRbQio\u0080\u0081\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008f\u0090\u0091\u0092\u0093\u0094\u0095";
        if (Below(3) == 0) return Mutated(pickle);
        var changed = pickle.ToList();
        for (var times = 1 + Below(3); times > 0; times--)
            if (Below(2) == 0) changed[Below(changed.Count)] = (byte)Opcodes[Below(Opcodes.Length)];
            else changed.Insert(Below(changed.Count), (byte)Opcodes[Below(Opcodes.Length)]);
        return [.. changed];
    }
}
