using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

public class WeightsTests
{
    [Theory]
    [InlineData("MobileNetV2", "mobilenet_v2", 1 / 127.5, 1.0), InlineData("MobileNetV2", "mobilenet_v2_035", 1 / 127.5, 1.0)]
    [InlineData("SqueezeNet1_1", "squeezenet1_1_features", 1.0, 104.0), InlineData("ResNet20", "cifar10_resnet20", 1.0 / 255, 0.485)]
    public void The_files_fit_and_say_their_preprocessing(string model, string file, double scale, double mean)
    {
        var weights = PretrainedWeights.Read(Assets.Path($"weights/{file}.safetensors"), (NetworkSpec)Catalog<ModelSpec>.Create(model));
        Assert.False(weights.IsAssumed);
        Assert.Equal((scale, mean), (weights.Preprocessing!.Scale, weights.Preprocessing.Mean[0]));
        Assert.Equal(model == "ResNet20" ? 32 : 224, weights.Preprocessing.InputSize);
        Assert.Equal(model == "SqueezeNet1_1" ? ChannelOrder.Bgr : ChannelOrder.Rgb, weights.Preprocessing.Channels);

        using var classifier = weights.Spec.Build(7, 1);
        classifier.Load(weights.Tensors, keepHead: false, weights.Source);
        var name = classifier.Specs[0].Name;
        Assert.Equal(weights.Tensors[name].Bytes, StoredTensor.From(name, classifier.State[name]).Bytes);
    }

    [Fact]
    public void The_width_is_read_off_the_weights()
    {
        var weights = PretrainedWeights.Read(Assets.Path("weights/mobilenet_v2_035.safetensors"), new MobileNetV2());
        Assert.Equal(new MobileNetV2 { Width = 0.35 }, weights.Spec);
    }

    [Fact]
    public void A_whole_model_survives_a_file()
    {
        using var folder = new TempFolder();
        using var first = new ResNet20().Build(3, 1);
        using var second = new ResNet20().Build(3, 2);
        Preprocessing preprocessing = new() { InputSize = 32, Scale = 1 / 127.5, Mean = [1, 1, 1], Std = [1, 0.5, 0.1], Channels = ChannelOrder.Bgr };
        Safetensors.WriteFile(folder["x.safetensors"], first.Store(), new Dictionary<string, string>([PreprocessingNote.Write(preprocessing)]));
        var weights = PretrainedWeights.Read(folder["x.safetensors"], new ResNet20());
        Assert.Equal(preprocessing, weights.Preprocessing);
        Assert.False(weights.IsAssumed);
        second.Load(weights.Tensors, keepHead: true, "x");
        Assert.Equal(first.WeightsHash(), second.WeightsHash());
    }

    [Fact]
    public void Weights_are_taken_over_without_arrays_of_them_beside()
    {
        using var whole = new MobileNetV2().Build(10, seed: null);
        var weights = Dictionary(whole);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var network = new MobileNetV2().Build(10, seed: null);
        network.Load(weights, keepHead: true, "x");
        // 2.2 million numbers are 9 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void A_new_head_is_fresh_seeded_and_within_xaviers_bound()
    {
        using var source = new ResNet20().Build(3, 9);
        using var first = new ResNet20().Build(5, 1);
        using var second = new ResNet20().Build(5, 1);
        var random = StoredTensor.From("", first.State["linear.weight"]).Bytes;
        first.Load(Dictionary(source), keepHead: false, "x");
        second.Load(Dictionary(source), keepHead: false, "x");
        Assert.Equal(first.WeightsHash(), second.WeightsHash());
        Assert.NotEqual(random, StoredTensor.From("", first.State["linear.weight"]).Bytes);
        using var largest = first.State["linear.weight"].abs().max();
        Assert.InRange(largest.item<float>(), 0.9 * Math.Sqrt(6.0 / (64 + 5)), Math.Sqrt(6.0 / (64 + 5)));
        Assert.All(first.Parameters, pair => Assert.True(pair.Parameter.requires_grad && pair.Parameter.is_leaf));
    }

    [Fact]
    public void What_does_not_fit_is_one_fault_and_changes_nothing()
    {
        using var classifier = new ResNet20().Build(3, 1);
        var before = classifier.WeightsHash();
        var weights = Dictionary(classifier);
        foreach (var name in weights.Keys.Where(name => name.StartsWith("layer1.0", StringComparison.Ordinal)).ToList()) weights.Remove(name);
        weights["stranger"] = new("stranger", "F32", [1], new byte[4]);
        weights["conv1.weight"] = new("conv1.weight", "F32", [16, 1, 3, 3], new byte[576]);
        weights["bn1.weight"] = new("bn1.weight", "F32", [16], new byte[64]);
        var fault = Assert.Throws<FineTuneException>(() => classifier.Load(weights, keepHead: true, "x.safetensors"));
        Assert.Equal(("WeightsMismatch", FaultKind.Mismatch), (fault.Id, fault.Kind));
        Assert.Contains("missing: layer1.0.conv1.weight, layer1.0.bn1.weight, layer1.0.bn1.bias and 7 more", fault.Message);
        Assert.Contains("unexpected: stranger", fault.Message);
        Assert.Contains("wrong shape: conv1.weight (16 x 1 x 3 x 3 in the file, 16 x 3 x 3 x 3 in the model)", fault.Message);
        Assert.Equal(before, classifier.WeightsHash());
    }

    [Fact]
    public void A_missing_head_and_missing_counters_are_no_error_where_the_head_is_new()
    {
        using var classifier = new ResNet20().Build(3, 1);
        var weights = Dictionary(classifier).Where(pair => !pair.Key.StartsWith("linear", StringComparison.Ordinal) && !pair.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary();
        classifier.Load(weights, keepHead: false, "x");
        Assert.Contains("missing: linear.weight, linear.bias", Assert.Throws<FineTuneException>(() => classifier.Load(weights, keepHead: true, "x")).Message);
    }

    [Fact]
    public void The_hash_sees_values_and_not_strides()
    {
        using var classifier = new ResNet20().Build(3, 1);
        var before = classifier.WeightsHash();
        using (no_grad()) classifier.State["conv1.weight"].set_(classifier.State["conv1.weight"].contiguous());
        Assert.Equal(before, classifier.WeightsHash());
        classifier.State["bn1.num_batches_tracked"].add_(1);
        Assert.NotEqual(before, classifier.WeightsHash());
    }

    [Theory]
    [InlineData("RGB x/127.5-1", 1 / 127.5, 1, ChannelOrder.Rgb), InlineData("BGR, 0..255, minus [104, 117, 123.5]", 1, 104, ChannelOrder.Bgr)]
    public void Preprocessing_is_read_from_text(string text, double scale, double mean, ChannelOrder order)
    {
        var read = PreprocessingNote.Read(new Dictionary<string, string> { ["preprocess"] = text }, new() { InputSize = 96 }, "x")!;
        Assert.Equal((96, scale, mean, order), (read.InputSize, read.Scale, read.Mean[0], read.Channels));
        Assert.Equal([1, 1, 1], read.Std);
    }

    [Theory]
    [InlineData("preprocess", "as usual", null), InlineData("preprocess", "RGB x/0-1", null)]
    [InlineData("preprocessing", "{\"inputSize\":0}", "InvalidSafetensors"), InlineData("preprocessing", "{\"std\":[1,0,1]}", "InvalidSafetensors"), InlineData("preprocessing", "[", "InvalidSafetensors")]
    public void Preprocessing_that_is_not_understood_is_not_guessed(string key, string text, string? fault)
    {
        Preprocessing? Read() => PreprocessingNote.Read(new Dictionary<string, string> { [key] = text }, new(), "x");
        if (fault is null) Assert.Null(Read());
        else Assert.Equal(fault, Assert.Throws<FineTuneException>(Read).Id);
    }

    [Fact]
    public void A_libtorch_that_is_not_ours_is_seen()
    {
        string[] bridge = ["/m/lib/libLibTorchSharp.so"], ours = ["/m/lib/libtorch_cpu.so"], debian = ["/usr/lib/x86_64-linux-gnu/libtorch_cpu.so.1.13"];
        Assert.Null(TorchRuntime.Foreign(["/lib/libc.so.6"], 1));
        Assert.Null(TorchRuntime.Foreign([.. bridge, .. ours], 1));
        Assert.Equal(debian[0], TorchRuntime.Foreign(debian, 1));
        Assert.Equal(ours[0], TorchRuntime.Foreign([.. bridge, .. ours], 2));
        Assert.NotNull(TorchRuntime.Foreign([.. bridge, .. ours, .. debian], 1));
        Assert.Equal(@"torch_cpu.dll", TorchRuntime.Foreign(["torch_cpu.dll"], 1));
    }

    [Fact]
    public void A_failed_load_names_the_file_and_the_symbol()
    {
        var message = """
            Unable to load shared library 'LibTorchSharp' or one of its dependencies.
            /m/LibTorchSharp.so: cannot open shared object file: No such file or directory
            /lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /m/libLibTorchSharp.so)
            """;
        Assert.Equal("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /m/libLibTorchSharp.so)", TorchRuntime.Reason(message));
        Assert.Equal("libtorch.so: cannot open shared object file", TorchRuntime.Reason("x\n/m/LibTorchSharp.so: cannot open shared object file\nlibtorch.so: cannot open shared object file"));
        Assert.Equal("a b", TorchRuntime.Reason("a\nb"));
    }

    [Fact]
    public void Weights_of_another_type_are_no_fit()
    {
        using var network = new ResNet20().Build(10, 1);
        var weights = Dictionary(network);
        weights["bn1.weight"] = weights["bn1.weight"] with { DType = StoredTensor.Long, Bytes = new byte[8 * 16] };
        Assert.Contains("wrong type: bn1.weight (I64 in the file, F32 in the model)", Assert.Throws<FineTuneException>(() => network.Load(weights, keepHead: true, "x")).Message);
    }

    [Fact]
    public void A_weights_file_that_cannot_be_read_is_said()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["weights.safetensors"]);
        Assert.Equal("WeightsNotFound", Assert.Throws<FineTuneException>(() => Safetensors.ReadFile(folder["weights.safetensors"])).Id);
        using var held = new FileStream(folder["held.safetensors"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("CannotRead", Assert.Throws<FineTuneException>(() => Safetensors.ReadFile(folder["held.safetensors"])).Id);
    }

    [Fact]
    public void Threads_are_set_and_put_back()
    {
        var before = TorchRuntime.Threads;
        using (TorchRuntime.UseThreads(1)) Assert.Equal(1, TorchRuntime.Threads);
        Assert.Equal(before, TorchRuntime.Threads);
    }

    static Dictionary<string, StoredTensor> Dictionary(Classifier classifier) => classifier.Store().ToDictionary(tensor => tensor.Name);
}
