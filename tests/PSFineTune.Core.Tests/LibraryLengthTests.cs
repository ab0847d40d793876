using System.Buffers.Binary;
using System.Diagnostics;
using PSFineTune.Native;
using PSFineTune.Runtimes;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Libraries that a copy has cut short are known by their headers, before one is loaded and ends the process.</summary>
public sealed class LibraryLengthTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_that_is_built_and_restored_here_is_whole()
    {
        var files = Natives().Concat(Directory.EnumerateFiles(AppContext.BaseDirectory)).ToList();
        Assert.True(files.Count > 20);
        Assert.DoesNotContain(files, LibraryLength.IsShort);
        var watch = Stopwatch.StartNew();
        LibraryLength.RequireWholeFolder(Path.GetDirectoryName(RuntimeFolders.Bridge!)!);
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files are whole; those of the bridge's folder took {watch.Elapsed.TotalMilliseconds:0.0} ms");
    }

    [Fact]
    public void Whatever_is_cut_off_is_missed()
    {
        var byFormat = Natives().Append(typeof(LibraryLengthTests).Assembly.Location).GroupBy(file => Path.GetExtension(file)).Select(files => files.MinBy(file => new FileInfo(file).Length)!);
        foreach (var file in byFormat)
        {
            var whole = File.ReadAllBytes(file);
            foreach (var length in (int[])[0, 5, 70, 200, 1000, whole.Length / 2, whole.Length - 1])
            {
                File.WriteAllBytes(_folder["cut"], whole[..length]);
                Assert.True(LibraryLength.IsShort(_folder["cut"]), $"{file} at {length} of {whole.Length} bytes");
            }
        }
    }

    [Fact]
    public void Libraries_of_macOS_are_measured_by_their_segments_and_those_for_two_processors_by_their_parts()
    {
        var thin = new byte[5000];
        BinaryPrimitives.WriteUInt32LittleEndian(thin, 0xFEEDFACF);
        foreach (var (at, word) in new[] { (16, 2), (20, 96), (32, 0x1B), (36, 24), (56, 0x19), (60, 72), (96, 4000), (104, 1000) }) BinaryPrimitives.WriteInt32LittleEndian(thin.AsSpan(at), word);
        var fat = new byte[5000];
        BinaryPrimitives.WriteUInt32BigEndian(fat, 0xCAFEBABE);
        foreach (var (at, word) in new[] { (4, 2), (16, 100), (20, 900), (36, 1000), (40, 4000) }) BinaryPrimitives.WriteInt32BigEndian(fat.AsSpan(at), word);
        foreach (var whole in new[] { thin, fat })
        {
            File.WriteAllBytes(_folder["x.dylib"], whole);
            Assert.False(LibraryLength.IsShort(_folder["x.dylib"]));
            File.WriteAllBytes(_folder["x.dylib"], whole[..^1]);
            Assert.True(LibraryLength.IsShort(_folder["x.dylib"]));
        }
    }

    [Fact]
    public void Headers_that_are_damaged_are_read_or_refused()
    {
        var random = new Random(17);
        foreach (var file in Natives().Append(typeof(LibraryLengthTests).Assembly.Location).GroupBy(file => Path.GetExtension(file)).Select(files => files.MinBy(one => new FileInfo(one).Length)!))
        {
            var whole = File.ReadAllBytes(file);
            for (var i = 0; i < 300; i++)
            {
                var bytes = (byte[])whole.Clone();
                for (var changes = 0; changes < 8; changes++) bytes[4 + random.Next(Math.Min(1000, whole.Length - 4))] = (byte)random.Next(256);
                File.WriteAllBytes(_folder["damaged"], bytes);
                _ = LibraryLength.IsShort(_folder["damaged"]);
            }
        }
    }

    [Theory, InlineData(1 << 20), InlineData(300 << 20)]
    public void A_tensor_library_that_is_cut_short_is_refused_by_name(int length)
    {
        var real = Natives().FirstOrDefault(file => Path.GetFileName(file) == "libtorch_cpu.so");
        Assert.SkipWhen(real is null, "libtorch for Linux was not restored on this machine");
        // Its tables are where they were, and of what they tell of nothing is there.
        using (var from = File.OpenRead(real))
        using (var to = File.Create(_folder["libtorch_cpu.so"]))
        {
            var head = new byte[1 << 20];
            from.ReadExactly(head);
            to.Write(head);
            to.SetLength(length);
        }
        Assert.Equal("ModuleDamaged", Assert.Throws<FineTuneException>(() => LibraryLength.RequireWholeFolder(_folder.Path)).Id);
        File.WriteAllText(_folder["runtime.json"], "{}");
        var fault = Assert.Throws<FineTuneException>(() => LibraryLength.RequireWholeFolder(_folder.Path));
        Assert.Equal("RuntimeDamaged", fault.Id);
        Assert.Contains("libtorch_cpu.so", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_other_files_nothing_is_asked()
    {
        File.WriteAllText(_folder["notes.txt"], "");
        File.WriteAllText(_folder["script.so"], "GROUP ( libc.so.6 )");
        File.WriteAllText(_folder["abc.so"], "abc");
        LibraryLength.RequireWholeFolder(_folder.Path);
        Assert.False(LibraryLength.IsShort(_folder["absent.so"]));
    }

    static IEnumerable<string> Natives()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return from package in new[] { "torchsharp", "libtorch-cpu-*", "skiasharp.nativeassets.*", "microsoft.ml.onnxruntime" }
               from folder in Directory.Exists(cache) ? Directory.EnumerateDirectories(cache, package) : []
               from file in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true })
               where Path.GetExtension(file) is ".so" or ".dll" or ".dylib"
               select file;
    }

    [Fact]
    public void Whatever_a_header_says_it_is_whole_or_short_and_no_error()
    {
        byte[][] beginnings = [[0x7F, .. "ELF"u8, 2, 1], [.. "MZ"u8], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE], []];
        var random = RandomStream.For(1, 0, "headers");
        for (var i = 0; i < 2000; i++)
        {
            var file = new byte[random.Below(600)];
            // Mostly zeros, so that places and counts are often small enough to be looked at.
            for (var at = 0; at < file.Length; at++) file[at] = random.Chance(0.1) ? (byte)random.Below(256) : (byte)0;
            beginnings[i % beginnings.Length].AsSpan(0, Math.Min(file.Length, beginnings[i % beginnings.Length].Length)).CopyTo(file);
            if (i % beginnings.Length == 1 && file.Length > 0x80)
            {
                (file[0x3C], file[0x3D], file[0x3E], file[0x3F]) = (0x40, 0, 0, 0);
                "PE\0\0"u8.CopyTo(file.AsSpan(0x40));
            }
            File.WriteAllBytes(_folder["x.dll"], file);
            LibraryLength.IsShort(_folder["x.dll"]);
        }
    }
}
