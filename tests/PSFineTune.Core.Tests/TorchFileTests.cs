using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using PSFineTune.Models;
using PSFineTune.Packaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>PyTorch files are read as data, with torch's own values, and nothing in them is run.</summary>
public sealed class TorchFileTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Good => [.. TorchGolden.All.Files.Select(file => file.Name)];

    public static TheoryData<string> Bad => [.. TorchGolden.All.Hostile.Select(file => file.Name)];

    [Theory, MemberData(nameof(Good))]
    public void All_values_are_torchs(string name)
    {
        var golden = TorchGolden.All.Files.Single(file => file.Name == name);
        // A name that says something else does not count.
        File.WriteAllBytes(_folder["weights.safetensors"], golden.File);
        var read = WeightsFile.ReadFile(_folder["weights.safetensors"]);
        TorchGolden.Same(golden.Tensors, read.Tensors);
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(golden.File)).ToLowerInvariant(), read.Sha256);
        Assert.Equal(read.Sha256, WeightsFile.Sha256(_folder["weights.safetensors"]));
    }

    [Theory, MemberData(nameof(Bad))]
    public void What_calls_is_refused_by_name(string name)
    {
        var golden = TorchGolden.All.Hostile.Single(file => file.Name == name);
        var fault = Refused(golden.File);
        Assert.Equal(("UnsafePyTorchFile", FaultKind.Security), (fault.Id, fault.Kind));
        Assert.Contains($"holds a call of {golden.Says}, which is code", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_would_change_a_terminal_is_shown_without_it() =>
        Assert.Contains("a call of os.?[31m" + new string('x', 92) + "…,", Refused(Pickled(Global("os", "\u001b[31m" + new string('x', 300)))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_older_programs_wrote_is_refused_with_advice()
    {
        byte[] tar = [.. new byte[257], .. "ustar"u8, .. new byte[500]];
        foreach (var (bytes, what) in new (byte[], string)[] { (tar, "0.1.10"), ([0x80, 2, .. "}q\0.          "u8], "a bare pickle"), (Older(), "unknown version") })
        {
            var fault = Refused(bytes);
            Assert.Equal("LegacyPyTorchFile", fault.Id);
            Assert.Contains(what, fault.Message, StringComparison.Ordinal);
            Assert.Contains("torch.save", fault.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(100L, 1L, 0L, 1L, "reaches beyond its storage of 2 values")]
    [InlineData(1L, 1L, 2L, 1L, "reaches beyond")]
    [InlineData(1L, 1L, long.MaxValue, 1L, "reaches beyond")]
    [InlineData(long.MaxValue, long.MaxValue, 0L, 1L, "reaches beyond")]
    [InlineData(2L, 1L, 0L, long.MaxValue, "reaches beyond")]
    [InlineData(1L << 40, 1L << 40, 0L, 0L, "claim more values than it has")]
    [InlineData(100_000L, 1L, 0L, 0L, "claim more values than it has")]
    [InlineData(-1L, 1L, 0L, 1L, "negative")]
    [InlineData(1L, 1L, -1L, 1L, "negative")]
    [InlineData(1L, 2L, 0L, -1L, "negative")]
    public void A_tensor_lies_within_its_storage(long rows, long columns, long offset, long stride, string why)
    {
        var fault = Refused(Pickled([.. "}X\u0001\0\0\0w"u8, .. Tensor(2, offset, [rows, columns], [stride, 0]), .. "s."u8]));
        Assert.Equal("InvalidPyTorchFile", fault.Id);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_tensor_repeats_within_reason_is_read()
    {
        var read = Read(Pickled([.. "}X\u0001\0\0\0w"u8, .. Tensor(2, 1, [2, 3], [0, 0]), .. "s."u8]));
        Assert.Equal(24, read["w"].Bytes.Length);
    }

    [Theory]
    [InlineData("HalfStorage", 2, true), InlineData("IntStorage", 4, true), InlineData("BoolStorage", 1, false), InlineData("ShortStorage", 2, false)]
    public void In_memory_numbers_take_at_most_twice_the_file(string storage, int size, bool isRead)
    {
        var count = 300_000L / size;
        var pickle = Encoding.Latin1.GetString([.. "}X\u0001\0\0\0w"u8, .. Tensor(count, 0, [count], [1]), .. "s."u8]).Replace("FloatStorage", storage, StringComparison.Ordinal);
        var file = Made([("archive/data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]), ("archive/data/0", new byte[300_000])]);
        if (isRead) Assert.InRange(Read(file)["w"].Bytes.Length, 1, 2 * (file.Length + (1 << 16)));
        else Assert.Contains("more than 2 times its size in memory", Refused(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_pass_over_the_file_again_and_again_are_refused()
    {
        var tensors = Enumerable.Range(0, 60).SelectMany(i => (byte[])[.. "X\u0002\0\0\0"u8, .. Encoding.ASCII.GetBytes($"{i:00}"), .. Tensor(50_000, i, [2], [49_000]), (byte)'s']);
        var fault = Refused(Made([("archive/data.pkl", [0x80, 2, (byte)'}', .. tensors, (byte)'.']), ("archive/data/0", new byte[200_000])]));
        Assert.Contains("more than 8 times", fault.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(3, true), InlineData(3000, false)]
    public void Names_that_share_their_values_stand_for_a_few_times_the_file(int names, bool isRead)
    {
        const int Count = 250_000;
        var tensors = Enumerable.Range(0, names).SelectMany(i => (byte[])[.. "X\u0004\0\0\0"u8, .. Encoding.ASCII.GetBytes($"{i:0000}"), .. Tensor(Count, 0, [Count], [1]), (byte)'s']);
        var file = Made([("archive/data.pkl", [0x80, 2, (byte)'}', .. tensors, (byte)'.']), ("archive/data/0", new byte[4 * Count])]);
        if (isRead) Assert.Equal(names, Read(file).Count);
        else Assert.Contains("more than 8 times its size", Refused(file).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3L, "claims 3 values and has 8 bytes"), InlineData(1L << 60, "values and has 8 bytes"), InlineData(-1L, "names a storage in a way")]
    public void A_storage_has_what_it_claims(long count, string why) =>
        Assert.Contains(why, Refused(Pickled([.. "}X\u0001\0\0\0w"u8, .. Tensor(count, 0, [1], [1]), .. "s."u8])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("N.", "no dictionary of tensors"), InlineData("}.", "no tensors by name"), InlineData("}X\u0003\0\0\0oneK\u0001s.", "it has 'one'"), InlineData(").", "no dictionary"), InlineData("", "ends too early")]
    [InlineData("0.", "values that are not there"), InlineData("(1.", "ends with 0 values"), InlineData("(.", "ends with 0 values"), InlineData("1.", "a mark that it never made"), InlineData("N(s.", "values that are not there")]
    [InlineData("NNs.", "values that are not there"), InlineData("NNNs.", "a dictionary that is none"), InlineData("NNa.", "a list that is none"), InlineData("h\u0007.", "never kept"), InlineData("NNR.", "cannot be called"), InlineData("NNb.", "gives attributes")]
    [InlineData("X\u0007\u0007\u0007\u0007.", "claims a value of"), InlineData("I1\n.", "opcode 49"), InlineData("NQ.", "names a storage"), InlineData("ctorch\nFloatStorage\n)R.", "cannot be called"), InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "the arguments of torch._utils._rebuild_tensor_v2")]
    public void A_pickle_that_makes_no_sense_is_refused(string pickle, string why)
    {
        var fault = Refused(Pickled(Encoding.Latin1.GetBytes(pickle)));
        Assert.Equal("InvalidPyTorchFile", fault.Id);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_pickle_of_a_small_file_is_refused_before_it_fills_the_memory()
    {
        // Lists in lists, and a dictionary copied from one list again and again.
        byte[] pairs = [.. "]q\0("u8, .. Enumerable.Repeat("NN\u0086", 5000).SelectMany(Encoding.Latin1.GetBytes), (byte)'e', (byte)'0'];
        byte[] copies = [.. pairs, .. Enumerable.Repeat("ccollections\nOrderedDict\nh\0\u0085R0", 4000).SelectMany(Encoding.Latin1.GetBytes), .. "N."u8];
        foreach (var pickle in new byte[][] { [.. Enumerable.Repeat((byte)']', 1_000_000)], copies })
        {
            var bytes = Pickled(pickle);
            File.WriteAllBytes(_folder["x.pth"], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<FineTuneException>(() => WeightsFile.ReadFile(_folder["x.pth"]));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
        }
    }

    [Fact]
    public void A_zip_that_is_none_of_torchs_is_refused()
    {
        var good = TorchGolden.File("resnet-like");
        var byteOrder = Made([.. TorchGolden.Entries(good), ("archive/byteorder", "big"u8.ToArray())]);
        var script = Made([.. TorchGolden.Entries(good), ("archive/constants.pkl", [1])]);
        Assert.Contains("byte order", Refused(byteOrder).Message, StringComparison.Ordinal);
        Assert.Equal(("UnsafePyTorchFile", true), Refused(script) is var fault ? (fault.Id, fault.Message.Contains("a TorchScript program", StringComparison.Ordinal)) : default);
        Assert.Contains("no data.pkl", Refused(Made([("archive/other", [1])])).Message, StringComparison.Ordinal);
        Assert.Contains("lacks the storage '0'", Refused(Made([.. TorchGolden.Entries(good).Where(entry => !entry.Name.EndsWith("data/0", StringComparison.Ordinal))])).Message, StringComparison.Ordinal);
        Assert.Contains("its end is missing", Refused(good[..^1]).Message, StringComparison.Ordinal);
        Assert.Contains("check sum", Refused(Changed(good, "data/0")).Message, StringComparison.Ordinal);
        using var deflated = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(deflated, System.IO.Compression.ZipArchiveMode.Create))
            foreach (var (name, bytes) in TorchGolden.Entries(good))
                using (var entry = zip.CreateEntry(name).Open()) entry.Write(bytes);
        Assert.Contains("is compressed", Refused(deflated.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_takes_a_pytorch_file_as_it_takes_a_safetensors_file()
    {
        using var network = new ResNet20().Build(3, 1);
        Safetensors.WriteFile(_folder["one.safetensors"], network.Store());
        var tensors = network.Store().ToDictionary(tensor => tensor.Name);
        var python = Python();
        Run(python, "import sys,torch,struct,json\nd={}\nb=open('one.safetensors','rb').read()\nn=struct.unpack('<Q',b[:8])[0]\n"
            + "for k,v in json.loads(b[8:8+n]).items():\n  a,e=v['data_offsets']\n  d[k]=torch.frombuffer(bytearray(b[8+n+a:8+n+e]),dtype=torch.float32 if v['dtype']=='F32' else torch.int64).reshape(v['shape']).clone()\n"
            + "torch.save({'state_dict':{'module.'+k:v for k,v in d.items()},'epoch':1},'one.pth')");
        var read = PretrainedWeights.Read(_folder["one.pth"], new ResNet20());
        Assert.Equal(tensors.Count, read.Tensors.Count);
        Assert.All(tensors.Values, tensor => Assert.Equal(tensor.Bytes, read.Tensors[tensor.Name].Bytes));
        Assert.True(read.IsAssumed);
    }

    [Theory]
    [InlineData("{'net': d, 'epoch': 1}"), InlineData("{'state_dict': {'model': d}, 'w': d['a']}"), InlineData("{'state_dict': {'model.' + k: v for k, v in d.items()}, 'pytorch-lightning_version': '2'}")]
    public void Tensors_are_found_where_training_scripts_put_them(string saved)
    {
        Run(Python(), $"import torch\nd={{'a': torch.ones(2), 'b': torch.zeros(3)}}\ntorch.save({saved},'x.pth')");
        Assert.Equal(["a", "b"], WeightsFile.ReadFile(_folder["x.pth"]).Tensors.Keys.Order());
    }

    [Theory]
    [InlineData("{'teacher': d, 'student': d}", "'teacher', 'student'"), InlineData("{'a': torch.eye(2).to_sparse()}", "sparse tensors"), InlineData("{'a': torch.zeros(2, dtype=torch.complex64)}", "complex numbers")]
    [InlineData("{'a': torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8)}", "quantised tensors"), InlineData("{**d, 'best': numpy.float64(1)}", "values of NumPy")]
    public void Data_that_are_no_weights_are_not_called_code(string saved, string said)
    {
        Run(Python(), $"import torch, numpy\nd={{'a': torch.ones(2)}}\ntorch.save({saved},'x.pth')");
        var fault = Assert.Throws<FineTuneException>(() => WeightsFile.ReadFile(_folder["x.pth"]));
        Assert.Equal("InvalidPyTorchFile", fault.Id);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains("state_dict", fault.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_are_read_by_their_index_or_folder()
    {
        Directory.CreateDirectory(_folder["one"]);
        StoredTensor a = new("a", "F32", [1], [1, 2, 3, 4]), b = new("b", "F32", [1], [5, 6, 7, 8]), c = new("c", "I64", [], [1, 0, 0, 0, 0, 0, 0, 0]);
        Safetensors.WriteFile(_folder["one/x-1.safetensors"], [a, b], new Dictionary<string, string> { ["format"] = "pt" });
        Safetensors.WriteFile(_folder["one/x-2.safetensors"], [c]);
        void Index(string map) => File.WriteAllText(_folder["one/model.safetensors.index.json"], $$"""{ "metadata": { "total_size": 16 }, "weight_map": { {{map}} } }""");
        const string Right = """ "a": "x-1.safetensors", "b": "x-1.safetensors", "c": "x-2.safetensors" """;
        Index(Right);
        var read = WeightsFile.ReadFile(_folder["one"]);
        Assert.Equal(["a", "b", "c"], read.Tensors.Keys.Order());
        Assert.Equal(b.Bytes, read.Tensors["b"].Bytes);
        Assert.Equal("pt", read.Metadata["format"]);
        Assert.Equal(read.Sha256, WeightsFile.ReadFile(_folder["one/model.safetensors.index.json"]).Sha256);
        Assert.Equal(read.Sha256, WeightsFile.Sha256(_folder["one"]));

        void Refused(string id, string why)
        {
            var fault = Assert.Throws<FineTuneException>(() => WeightsFile.ReadFile(_folder["one"]));
            Assert.Equal(id, fault.Id);
            Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        }
        Index(""" "a": "x-1.safetensors", "c": "x-2.safetensors" """);
        Refused("InvalidWeightsIndex", "'x-1.safetensors' has 'b'");
        Index(Right + """ , "d": "x-2.safetensors" """);
        Refused("InvalidWeightsIndex", "'d' is not in 'x-2.safetensors'");
        Index(Right + """ , "d": "x-3.safetensors" """);
        Refused("WeightsNotFound", "x-3.safetensors");
        foreach (var outside in new[] { "../x-1.safetensors", "/etc/passwd", "a/b", "C:x", "..", "con", "" })
        {
            Index($""" "a": "{outside}" """);
            Refused("InvalidWeightsIndex", "not in a file beside it");
        }
        Index(""" "a": "model.safetensors.index.json" """);
        Refused("InvalidSafetensors", "");
        Index("");
        Refused("InvalidWeightsIndex", "empty");
        Index(Right + ", \"a\": 1");
        Refused("InvalidWeightsIndex", "not in a file");
        File.WriteAllText(_folder["one/model.safetensors.index.json"], "{ \"weight_map\": ");
        Refused("InvalidWeightsIndex", "JSON");
        Index(Right);
        Safetensors.WriteFile(_folder["one/x-2.safetensors"], [c with { Bytes = [2, 0, 0, 0, 0, 0, 0, 0] }]);
        Assert.NotEqual(read.Sha256, WeightsFile.Sha256(_folder["one"]));
        Directory.CreateDirectory(_folder["none"]);
        Assert.Equal("WeightsNotFound", Assert.Throws<FineTuneException>(() => WeightsFile.ReadFile(_folder["none"])).Id);
    }

    public static TheoryData<byte[], string> Strangers => new()
    {
        { [], "is empty" }, { "<!DOCTYPE html><html>Please log in</html>"u8.ToArray(), "is a web page" }, { "\n <HTML lang=en>"u8.ToArray(), "is a web page" },
        { "version https://git-lfs.github.com/spec/v1\noid sha256:1"u8.ToArray(), "git lfs pull" }, { "Not found, sorry about that"u8.ToArray(), "is text" },
        { [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1], "gzip" }, { "[1, 2, 3, 4, 5]"u8.ToArray(), "is JSON" }, { "{}"u8.ToArray(), "is JSON" }, { [0x89, 1, 2], "begins as" },
        { [0x89, .. "HDF\r\n"u8], "HDF5" }, { [.. Enumerable.Range(0, 256).Select(value => (byte)(255 - value))], "begins as no form" }, { "PK\u0003"u8.ToArray(), "is a zip file" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public void What_is_no_weights_is_told_by_what_it_looks_like(byte[] bytes, string looks)
    {
        var fault = Refused(bytes);
        Assert.Equal("InvalidSafetensors", fault.Id);
        Assert.Contains("is neither a safetensors file nor one of PyTorch: it " , fault.Message, StringComparison.Ordinal);
        Assert.Contains(looks, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_of_pytorch_are_read_too()
    {
        var golden = TorchGolden.All.Files.Single(file => file.Name == "data-parallel");
        File.WriteAllBytes(_folder["pytorch_model-00001.bin"], golden.File);
        var names = WeightsFile.Opened(_folder["pytorch_model-00001.bin"], file => WeightsFile.Read(file, "x")).Tensors.Keys;
        var map = string.Join(',', names.Select(name => $"\"{name}\":\"pytorch_model-00001.bin\""));
        File.WriteAllText(_folder["pytorch_model.bin.index.json"], "{\"weight_map\":{" + map + "}}");
        TorchGolden.Same(golden.Tensors, WeightsFile.ReadFile(_folder.Path).Tensors);
    }

    [Fact]
    public void What_is_converted_has_the_same_tensors()
    {
        var golden = TorchGolden.All.Files.Single(file => file.Name == "checkpoint");
        File.WriteAllBytes(_folder["net.v1.pth"], golden.File);
        var target = WeightsConversion.Target(_folder["net.v1.pth"], null);
        Assert.Equal(_folder["net.v1.safetensors"], target);
        Assert.Equal(_folder["net.v1.safetensors"], WeightsConversion.Target(_folder["net.v1.pth"], _folder.Path));
        Assert.Equal(_folder["y.bin"], WeightsConversion.Target(_folder["net.v1.pth"], _folder["y.bin"]));
        Assert.Equal(_folder["x.safetensors"], WeightsConversion.Target(_folder["x.safetensors.index.json"], null));
        Assert.Equal(_folder["pytorch_model.safetensors"], WeightsConversion.Target(_folder["pytorch_model.bin.index.json"], null));
        var made = WeightsConversion.Write(_folder["net.v1.pth"], target, new() { InputSize = 32 }, new Dictionary<string, string> { ["license"] = "MIT" });
        var read = Safetensors.ReadFile(target);
        TorchGolden.Same(golden.Tensors, read.Tensors);
        Assert.Equal((golden.Tensors.Count, new FileInfo(target).Length, read.Sha256), (made.Tensors, made.Bytes, made.Sha256));
        Assert.Equal("MIT", read.Metadata["license"]);
        Assert.Equal(32, PreprocessingNote.Read(read.Metadata, new(), "x")!.InputSize);
    }

    [Fact]
    public void Torchvisions_own_file_is_read()
    {
        var python = Python();
        Run(python, "import torch,torchvision\ntorch.manual_seed(1)\ntorch.save(torchvision.models.resnet18().state_dict(),'r.pth')");
        var read = PretrainedWeights.Read(_folder["r.pth"], new ResNet18());
        Assert.Equal(122, read.Tensors.Count);
        Assert.Empty(WeightsMatch.Problems(new ResNet18().Tensors(1000), read.Tensors, head: null));
    }

    static string Python()
    {
        const string Debian = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(Debian), "needs Debian's python3 with python3-torch and python3-torchvision");
        using var asked = Process.Start(new ProcessStartInfo(Debian, ["-c", "import torch, torchvision"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        asked.WaitForExit();
        Assert.SkipUnless(asked.ExitCode == 0, "needs python3-torch and python3-torchvision");
        return Debian;
    }

    void Run(string python, string code)
    {
        using var run = Process.Start(new ProcessStartInfo(python, ["-c", code]) { WorkingDirectory = _folder.Path, RedirectStandardError = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, said);
    }

    IReadOnlyDictionary<string, StoredTensor> Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder["x.pth"], bytes);
        return WeightsFile.ReadFile(_folder["x.pth"]).Tensors;
    }

    FineTuneException Refused(byte[] bytes) => Assert.Throws<FineTuneException>(() => Read(bytes));

    static byte[] Older()
    {
        var old = TorchGolden.File("legacy").ToArray();
        // The version stands behind the magic number: 80 02 M e9 03.
        old[18]++;
        return old;
    }

    static byte[] Made(IEnumerable<(string Name, byte[] Bytes)> entries)
    {
        using var stream = new MemoryStream();
        StoredZipWriter.Write(stream, "made", entries.Select(entry => KeyValuePair.Create(entry.Name, PartSource.Of(entry.Bytes))));
        return stream.ToArray();
    }

    static byte[] Pickled(byte[] pickle) => Made([("archive/data.pkl", [0x80, 2, .. pickle]), ("archive/data/0", new byte[8])]);

    static byte[] Global(string module, string name) => Encoding.UTF8.GetBytes($"c{module}\n{name}\n)R.");

    static byte[] Long(long value)
    {
        var bytes = new byte[10];
        (bytes[0], bytes[1]) = (0x8A, 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), value);
        return bytes;
    }

    static byte[] Tensor(long count, long offset, long[] shape, long[] strides) =>
    [
        .. "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpu"u8, .. Long(count), .. "tQ"u8, .. Long(offset),
        (byte)'(', .. shape.SelectMany(Long), (byte)'t', (byte)'(', .. strides.SelectMany(Long), (byte)'t', 0x89, (byte)'N', (byte)'t', (byte)'R',
    ];

    static byte[] Changed(byte[] zip, string ending)
    {
        var content = TorchGolden.Entries(zip).First(entry => entry.Name.EndsWith(ending, StringComparison.Ordinal)).Bytes;
        var changed = zip.ToArray();
        changed[zip.AsSpan().IndexOf(content)] ^= 1;
        return changed;
    }
}
