using System.Text;
using Microsoft.ML.OnnxRuntime;
using PSFineTune.Data;
using PSFineTune.Exports;
using PSFineTune.Imaging;
using PSFineTune.Metrics;
using PSFineTune.Models;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Native;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Text.Svm;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Laws of exported models: whatever is in the catalog, ONNX Runtime answers what this module answers.</summary>
[Collection("Training")]
public sealed class OnnxExportTests : IDisposable
{
    static readonly string[] s_classes = ["cat", "dog \"big\"", "Ü, quoted"];

    readonly TempFolder _folder = new();

    public static TheoryData<string> EveryImageNetwork => ModelTests.EveryNetwork;

    public static TheoryData<string> EveryTextNetwork => TextNetworkTests.EveryNetwork;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(EveryImageNetwork))]
    public void Every_network_of_images_answers_as_here(string name)
    {
        var model = Images((NetworkSpec)Catalog<ModelSpec>.Create(name), ChannelOrder.Bgr);
        var export = Export(model, new());
        Assert.Equal((name, 4, false, 0), (export.Model, export.Checked, export.CheckedOnProbes, export.OtherClasses));
        Assert.InRange(export.LargestDifference, 0, OnnxCheck.Tolerance);
        Assert.Equal(s_classes, export.Classes);
        Assert.Matches("^pixels FLOAT batch x 3 x (\\d+) x \\1$", Assert.Single(export.Inputs).ToString());
        Assert.Equal(["logits FLOAT batch x 3", "probabilities FLOAT batch x 3"], export.Outputs.Select(output => output.ToString()));

        var prepared = Export(model, new() { IncludePreprocessing = true, SkipCheck = true });
        Assert.Matches("^images UINT8 batch x (\\d+) x \\1 x 3$", Assert.Single(prepared.Inputs).ToString());
        AssertSame(model, prepared, new() { IncludePreprocessing = true });
    }

    [Theory, MemberData(nameof(EveryTextNetwork))]
    public void Every_network_of_texts_answers_as_here(string name)
    {
        var model = Texts(name);
        var export = Export(model, new());
        Assert.Equal(["input_ids INT64 batch x length", "attention_mask INT64 batch x length"], export.Inputs.Select(input => input.ToString()));
        Assert.InRange(export.LargestDifference, 0, OnnxCheck.Tolerance);
        AssertSame(model, export, new());
        var facts = Facts(export);
        Assert.Contains("\"zebra\"", facts["vocabulary"], StringComparison.Ordinal);
        Assert.Contains("\"maxLength\":10", facts["tokens"], StringComparison.Ordinal);
        Assert.Equal("NoOnnxForm", Assert.Throws<FineTuneException>(() => Export(model, new() { IncludePreprocessing = true })).Id);
    }

    public static TheoryData<ModelSpec> TermModels =>
    [
        new LinearSvm(), new Svm(), new Svm { Kernel = new RbfKernel { Gamma = 0.1 }, C = 10 }, new Svm { Kernel = new PolynomialKernel { Gamma = 0.5, Coef0 = 1, Degree = 3 } },
    ];

    [Theory, MemberData(nameof(TermModels))]
    public void Every_model_of_terms_answers_as_here(ModelSpec spec)
    {
        var (data, model) = Terms(spec);
        foreach (var one in new[] { model, model.At(2).Probed(ProbeMaker.Of(model, data, 6, default)) })
        {
            var export = Export(one, new());
            Assert.Equal(one.HasProbes, export.CheckedOnProbes);
            Assert.InRange(export.LargestDifference, 0, OnnxCheck.Tolerance);
            Assert.StartsWith("terms FLOAT batch x ", Assert.Single(export.Inputs).ToString(), StringComparison.Ordinal);
            AssertSame(one, export, new());
            Assert.Contains("toner", Facts(export)["vocabulary"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Chances_of_an_svm_are_exported_for_two_classes_and_refused_for_more()
    {
        var (_, two) = Terms(new Svm { Probability = true }, Tickets(classes: 2));
        AssertSame(two, Export(two, new()), new());
        var (_, three) = Terms(new Svm { Probability = true });
        var fault = Assert.Throws<FineTuneException>(() => Export(three, new()));
        Assert.Equal(("NoOnnxForm", FaultKind.NotSupported), (fault.Id, fault.Kind));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "three*"));
    }

    [Fact]
    public void Probes_of_photos_are_answered_as_predictions_are()
    {
        Pictures.WriteClasses(_folder["photos"], classes: 2, each: 8);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["photos"], ValidationFraction = .5 }, _folder["workspace"]);
        var plan = PlanStart.For(new ResNet20(), data, null, new Tutorial()) with { Epochs = 1, Threads = 1, BatchSize = 4 };
        var trained = TrainedModel.From(FineTuning.Run(plan, data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record, _folder["workspace"]);
        var model = trained.At(1.7).Probed(ProbeMaker.Of(trained, data, 6, default));
        var export = Export(model, new() { IncludePreprocessing = true });
        Assert.Equal((6, true, 0), (export.Checked, export.CheckedOnProbes, export.OtherClasses));

        // As Invoke-Prediction says it, temperature included.
        using var session = OnnxEngine.NewSession(export.Path, 2);
        using var source = OnnxSource.Of(model, true);
        Assert.Equal(6, source.Prepare(model.Probes, default));
        var probabilities = OnnxCheck.Run(session, source.Batch(0, 6), OnnxExporter.Probabilities);
        using var predictor = model.NewPredictor();
        predictor.Held = name => model.Probes!.Images.GetValueOrDefault(name)?.Bytes();
        var scores = predictor.Score([.. model.Probes!.Probes.Select(probe => probe.Image!)], default).SelectMany(scored => scored.Scores!).ToArray();
        AssertNear(scores, probabilities, 1e-4);

        var rounded = Export(model, new() { IncludePreprocessing = true, Quantization = OnnxQuantization.Dynamic });
        Assert.InRange(rounded.LargestDifference, 1e-6, OnnxCheck.QuantizedTolerance);
        Assert.InRange(rounded.Bytes, export.Bytes / 5, export.Bytes / 2);
    }

    [Theory, InlineData("ResNet18"), InlineData("MobileNetV2"), InlineData("EfficientNetB0"), InlineData("ViTTi16"), InlineData("Bert"), InlineData("TextCnn"), InlineData("LinearSvm")]
    public void Eight_bits_answer_nearly_the_same(string name)
    {
        var model = name == "LinearSvm" ? Terms(new LinearSvm()).Model : name is "Bert" or "TextCnn" ? Texts(name) : Images((NetworkSpec)Catalog<ModelSpec>.Create(name));
        var export = Export(model, new() { Quantization = OnnxQuantization.Dynamic });
        Assert.Equal((0.25, 4), (export.Tolerance, export.Checked));
        // What a network with weights of any kind stays far below: the limit is for what is broken.
        Assert.InRange(export.LargestDifference, 1e-7, 0.1);
        var operators = OnnxFile.Read(export.Path).Graph.Node.Select(node => node.OpType).ToHashSet();
        Assert.Contains("DynamicQuantizeLinear", operators);
        Assert.Contains(name is "ResNet18" or "MobileNetV2" or "EfficientNetB0" ? "ConvInteger" : "MatMulInteger", operators);
        if (name == "ResNet18") Assert.DoesNotContain("BatchNormalization", operators);
        // Squeeze and excitation and the output layer stay as they are.
        if (name == "EfficientNetB0") Assert.Equal((2 * 16, 1), (Weighted(export, "Conv", side: 1), Weighted(export, "Gemm", side: null)));
    }

    // Operators whose weights are floats, of a kernel of that side.
    static int Weighted(OnnxExport export, string op, int? side)
    {
        var graph = OnnxFile.Read(export.Path).Graph;
        var weights = graph.Initializer.ToDictionary(tensor => tensor.Name);
        return graph.Node.Count(node => node.OpType == op && (side is null || weights[node.Input[1]].Dims[3] == side));
    }

    [Fact]
    public void A_network_that_does_not_bear_eight_bits_is_not_called_broken()
    {
        (int, float[], float[])[] asked = [(0, [1, 0.5f], [1, 0.9f])];
        FineTuneException Refused(OnnxQuantization quantization, double tolerance) => Assert.Throws<FineTuneException>(() => OnnxCheck.Judged([.. asked], new() { Path = "m.onnx", Model = "RegNetY400MF", Quantization = quantization, Checked = 1, Tolerance = tolerance }));
        var (rounded, whole) = (Refused(OnnxQuantization.Dynamic, OnnxCheck.QuantizedTolerance), Refused(OnnxQuantization.None, OnnxCheck.Tolerance));
        Assert.Equal((whole.Id, whole.Kind), (rounded.Id, rounded.Kind));
        Assert.Contains("This RegNetY400MF does not bear eight bits, though nothing is wrong with it", rounded.Message, StringComparison.Ordinal);
        Assert.Contains("without -Quantize", rounded.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("-Quantize", whole.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beyond_the_limit_lie_in_a_file_of_their_own()
    {
        var model = Images(new ResNet20());
        var whole = Export(model, new());
        Assert.Null(whole.DataPath);
        var parted = Export(model, new() { ExternalAbove = 100_000 });
        var data = parted.DataPath!;
        Assert.Equal(parted.Bytes, new FileInfo(parted.Path).Length + new FileInfo(data).Length);
        Assert.InRange(new FileInfo(parted.Path).Length, 1, 100_000);
        AssertSame(model, parted, new());
        var outside = OnnxFile.Read(parted.Path).Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External).ToList();
        Assert.NotEmpty(outside);
        Assert.All(outside, tensor =>
        {
            Assert.Equal(Path.GetFileName(data), tensor.ExternalData.Single(entry => entry.Key == "location").Value);
            Assert.Equal(0, long.Parse(tensor.ExternalData.Single(entry => entry.Key == "offset").Value) % 4096);
        });

        // The same again makes the same files; other weights make another file, and the old one goes.
        var before = (File.ReadAllBytes(parted.Path), File.ReadAllBytes(data));
        var again = Export(model, new() { ExternalAbove = 100_000 });
        Assert.Equal(data, again.DataPath);
        Assert.Equal(before.Item1, File.ReadAllBytes(parted.Path));
        Assert.Equal(before.Item2, File.ReadAllBytes(data));
        var stranger = Path.Combine(_folder.Path, "m.onnx.mine.data");
        File.WriteAllText(stranger, "kept");
        var other = Export(Images(new ResNet20(), seed: 2), new() { ExternalAbove = 100_000 });
        Assert.NotEqual(data, other.DataPath);
        Assert.False(File.Exists(data));
        Assert.True(File.Exists(stranger));
        Assert.Equal(["m.onnx", Path.GetFileName(other.DataPath!), "m.onnx.mine.data"], Directory.GetFileSystemEntries(_folder.Path, "m.onnx*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_file_is_one_of_the_schema_and_says_what_a_service_must_know()
    {
        var export = Export(Images(new ResNet20(), ChannelOrder.Bgr), new() { IncludePreprocessing = true });
        var proto = OnnxFile.Read(export.Path);
        Assert.True(proto.OpsetImport.Single().Version >= 17);
        Assert.Equal((17, "PSFineTune"), (export.Opset, proto.ProducerName));
        Assert.NotEmpty(proto.ProducerVersion);
        // Every value is made before it is read, and once.
        var known = proto.Graph.Initializer.Select(tensor => tensor.Name).Concat(proto.Graph.Input.Select(input => input.Name)).ToHashSet();
        foreach (var node in proto.Graph.Node)
        {
            Assert.All(node.Input, input => Assert.Contains(input, known));
            Assert.All(node.Output, output => Assert.True(known.Add(output), output));
        }
        var facts = Facts(export);
        Assert.Equal(s_classes, PlanJson.Read<string[]>(facts["classes"]));
        Assert.Equal(ChannelOrder.Bgr, PlanJson.Read<Preprocessing>(facts["preprocessing"]).Channels);
        Assert.Equal(("true", "ResNet20", "2", "run-7"), (facts["preprocessing_in_graph"], facts["model"], facts["temperature"], facts["run_id"]));
        Assert.Equal(64, facts["weights_sha256"].Length);
        Assert.Contains("resized to 36 pixels", facts["before_the_graph"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_answers_otherwise_is_not_moved_into_place()
    {
        var model = Images(new ResNet20());
        var path = _folder["m.onnx"];
        File.WriteAllText(path, "old");
        using var source = new Skewed(OnnxSource.Of(model, false));
        var export = new OnnxExport { Path = path, Classes = s_classes };
        var proto = OnnxExporter.Model(model.Described, source, new());
        var fault = Assert.Throws<FineTuneException>(() => OnnxFile.Write(proto, export, long.MaxValue, written => OnnxCheck.Of(source, null, written, export, default)));
        Assert.Equal(("OnnxDiffers", FaultKind.Mismatch), (fault.Id, fault.Kind));
        Assert.Contains("of 4 samples", fault.Message, StringComparison.Ordinal);
        proto.Graph.Node[0].OpType = "Nonsense";
        Assert.Equal("OnnxRefused", Assert.Throws<FineTuneException>(() => OnnxFile.Write(proto, export, long.MaxValue, written => OnnxCheck.Of(source, null, written, export, default))).Id);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
        var unseen = Export(model, new() { SkipCheck = true });
        Assert.Equal((0, double.NaN), (unseen.Checked, unseen.LargestDifference));
    }

    [Theory, InlineData(0.001f, 0.00095f, ""), InlineData(0.001f, 0.0008f, "answers otherwise"), InlineData(0.002f, 0.001f, "answers otherwise"), InlineData(0.001f, 0.003f, "disagrees with itself")]
    public void A_network_that_varies_by_itself_is_met_between_its_own_answers(float off, float noise, string problem)
    {
        var export = new OnnxExport { Path = _folder["m.onnx"], Classes = s_classes };
        using var source = new Skewed(OnnxSource.Of(Images(new ResNet20()), false)) { Off = off, Noise = noise };
        var proto = OnnxExporter.Model(Images(new ResNet20()).Described, source, new());
        OnnxExport Write() => OnnxFile.Write(proto, export, long.MaxValue, written => OnnxCheck.Of(source, null, written, export, default));
        if (problem == "")
        {
            var written = Write();
            Assert.InRange(written.LargestDifference, 1e-6, OnnxCheck.Tolerance);
            Assert.InRange(written.OwnDifference, 0.8 * noise, 1.2 * noise);
            Assert.Equal(OnnxCheck.Tolerance, written.Tolerance);
        }
        else
        {
            var fault = Assert.Throws<FineTuneException>(Write);
            Assert.Equal("OnnxDiffers", fault.Id);
            Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_sample_with_large_logits_loosens_no_other()
    {
        Judged((0, [1000, 0], [1000, 0.05f]), (1, [1, 0.5f], [1, 0.50005f]));
        Differs((0, [1000, 0], [1000, 0]), (1, [1, 0.5f], [1, 0.55f]));
        // Held to what is usual, not to its own rounding; nothing but zeros is no division by zero.
        Judged((0, [1, 0], [1, 0]), (1, [1, 0], [1, 0]), (2, [1e-6f, 0], [1.1e-6f, 0]));
        Judged((0, [0, 0], [0, 0]));
        Differs((0, [1, 0], [float.NaN, 0]));
        Differs((0, [float.NaN, 0], [float.NaN, 0]));
    }

    [Fact]
    public void Another_class_is_one_that_this_module_would_not_take_itself()
    {
        Assert.Equal(0, Judged((0, [1, 0.99995f], [0.99996f, 1])).OtherClasses);
        Differs((0, [1, 0.9998f], [0.9999f, 0.99995f]));
        // It takes now one and now the other.
        Assert.Equal(0, Judged((0, [1, 0.9998f], [0.9999f, 0.99995f]), (0, [0.9999f, 1], [0.9999f, 0.99995f])).OtherClasses);
    }

    [Theory, InlineData(8, 1, true), InlineData(8, 2, false), InlineData(60, 3, true), InlineData(60, 4, false)]
    public void Eight_bits_may_give_one_probe_in_twenty_another_class_and_one_in_any_case(int probes, int others, bool passes)
    {
        (int, float[], float[])[] asked = [.. Enumerable.Range(0, probes).Select(probe => (probe, new float[] { 1, 0.9f }, probe < others ? new float[] { 0.9f, 1 } : [1, 0.9f]))];
        var export = new OnnxExport { Quantization = OnnxQuantization.Dynamic, Checked = probes, CheckedOnProbes = true, Tolerance = OnnxCheck.QuantizedTolerance };
        if (passes) Assert.Equal(others, OnnxCheck.Judged([.. asked], export).OtherClasses);
        else Assert.Equal("OnnxDiffers", Assert.Throws<FineTuneException>(() => OnnxCheck.Judged([.. asked], export)).Id);
        // Without probes the class says nothing; how far the logits are off does.
        Assert.Equal(others, OnnxCheck.Judged([.. asked], export with { CheckedOnProbes = false }).OtherClasses);
        asked[0].Item3[1] = -1;
        Assert.Equal("OnnxDiffers", Assert.Throws<FineTuneException>(() => OnnxCheck.Judged([.. asked], export with { CheckedOnProbes = false })).Id);
    }

    [Fact]
    public void With_its_preprocessing_a_graph_sees_what_predictions_see()
    {
        Pictures.WriteClasses(_folder["photos"], classes: 2, each: 6);
        var data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["photos"], ValidationFraction = .5 }, _folder["workspace"]);
        var model = Images(new ResNet20(), ChannelOrder.Bgr, seen => seen with { Mean = [0.1, 0.4, 0.6], Std = [0.2, 0.3, 0.4], Interpolation = Interpolation.Bicubic });
        model = model.Probed(ProbeMaker.Of(model, data, 4, default));
        // What predictions see of a probe, read by what reads for them; what the graph is given is compared with that and not with itself.
        using var predictor = (NetworkPredictor)model.NewPredictor();
        predictor.Held = name => model.Probes!.Images.GetValueOrDefault(name)?.Bytes();
        var scores = predictor.Score([.. model.Probes!.Probes.Select(probe => probe.Image!)], default).SelectMany(scored => scored.Scores!).ToArray();
        using var session = OnnxEngine.NewSession(Export(model, new() { IncludePreprocessing = true }).Path, 2);
        using var source = OnnxSource.Of(model, true);
        Assert.Equal(4, source.Prepare(model.Probes, default));
        AssertNear(scores, OnnxCheck.Run(session, source.Batch(0, 4), OnnxExporter.Probabilities), 5e-3);
        // Another order of the channels than the reader's is seen.
        using var wrong = new OnnxImages((NetworkPredictor)model.NewPredictor(), model.Described with { Preprocessing = model.Described.Preprocessing! with { Channels = ChannelOrder.Rgb } }, true);
        Assert.Equal("OnnxDiffers", Assert.Throws<FineTuneException>(() => wrong.Prepare(model.Probes, default)).Id);
    }

    static OnnxExport Judged(params (int Sample, float[] Expected, float[] Actual)[] asked) => OnnxCheck.Judged([.. asked], new() { Checked = asked.Length, Tolerance = OnnxCheck.Tolerance });

    static void Differs(params (int Sample, float[] Expected, float[] Actual)[] asked) => Assert.Equal("OnnxDiffers", Assert.Throws<FineTuneException>(() => Judged(asked)).Id);

    // At batch 1 and 3, both outputs.
    static void AssertSame(TrainedModel model, OnnxExport export, OnnxSettings settings)
    {
        using var session = OnnxEngine.NewSession(export.Path, 2);
        using var source = OnnxSource.Of(model, settings.IncludePreprocessing);
        var count = source.Prepare(model.Probes, default);
        foreach (var size in new[] { 1, 3 })
        {
            var batch = source.Batch(count - size, size);
            var largest = batch.Logits.Max(Math.Abs);
            AssertNear(batch.Logits, OnnxCheck.Run(session, batch), 1e-4 * largest);
            var expected = batch.Logits.Chunk(export.Classes.Count).SelectMany(logits => TemperatureScaling.Scale(Softmax(logits), model.Described.Temperature)).ToArray();
            AssertNear(expected, OnnxCheck.Run(session, batch, OnnxExporter.Probabilities), 1e-4);
        }
    }

    static float[] Softmax(float[] logits)
    {
        var powers = Array.ConvertAll(logits, logit => Math.Exp(logit - logits.Max()));
        return Array.ConvertAll(powers, power => (float)(power / powers.Sum()));
    }

    static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max(), 0, tolerance);
    }

    static Dictionary<string, string> Facts(OnnxExport export)
    {
        using var session = OnnxEngine.NewSession(export.Path, 1);
        return session.ModelMetadata.CustomMetadataMap;
    }

    OnnxExport Export(TrainedModel model, OnnxSettings settings) => OnnxExporter.Write(model, _folder["m.onnx"], settings, TestContext.Current.CancellationToken);

    // 64 pixels, or fewer where a network knows no more.
    static TrainedModel Images(NetworkSpec spec, ChannelOrder channels = ChannelOrder.Rgb, Func<Preprocessing, Preprocessing>? change = null, int seed = 1)
    {
        var seen = spec.DefaultPreprocessing! with { Channels = channels };
        if (spec.GetType().GetProperty("ImageSize") is null) seen = seen with { InputSize = Math.Min(seen.InputSize, 64) };
        if (change is not null) seen = change(seen);
        return Of(spec, seed, new() { Model = spec }, package => package with { Preprocessing = seen, Temperature = 2 }, []);
    }

    static TrainedModel Texts(string name)
    {
        var spec = TextNetworkTests.Small(name);
        var pipeline = spec.DefaultTextPipeline with { MaxLength = 10 };
        string[] words = [.. Enumerable.Range(0, 30).Select(word => $"word{word}"), "zebra"];
        var lines = spec is TransformerNetwork ? ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. words] : words;
        var text = PartSource.Of(string.Concat(lines.Select(line => line + "\n")));
        return Of(spec, 1, new() { Model = spec, TextPipeline = pipeline }, package => package,
            [("text/pipeline.json", "text", PartSource.Of(PlanJson.Write(pipeline))), (spec is TransformerNetwork ? WordPieceTokens.PartName : "text/terms.txt", "tokens", text)]);
    }

    static TrainedModel Of(NetworkSpec spec, int seed, TrainingPlan plan, Func<ModelPackage, ModelPackage> change, IReadOnlyList<(string, string, PartSource)> parts)
    {
        using var network = seed == 1 ? FilledWeights.Build(spec, 3) : spec.Build(3, seed);
        var bytes = new MemoryStream();
        Safetensors.Write(bytes, network.Store());
        var package = change(new() { Classes = s_classes, Plan = plan, RunId = "run-7", WeightsHash = network.WeightsHash() });
        return TrainedModel.Of(new PackageContent(package, PartSource.Of(bytes.ToArray())) { Others = parts });
    }

    (Dataset Data, TrainedModel Model) Terms(ModelSpec spec, Dataset? data = null)
    {
        data ??= TermModelTests.Tickets();
        var run = FineTuning.Run(PlanStart.For(spec, data, null, new Recommended()), data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;
        return (data, TrainedModel.From(run, _folder["workspace"]));
    }

    static TextDataset Tickets(int classes)
    {
        var all = TermModelTests.Tickets();
        return TextDataset.Of([.. Enumerable.Range(0, all.Count).Where(row => all.LabelAt(row) < classes).Select(row => (all.ItemAt(row), all.Classes[all.LabelAt(row)], row % 5 == 4 ? Split.Validation : Split.Train))]);
    }

    // Another answer than the model's own.
    sealed class Skewed(OnnxSource source) : OnnxSource(null!)
    {
        public override void Dispose() => source.Dispose();

        public override string Build(PSFineTune.Models.Onnx.OnnxGraph graph) => source.Build(graph);

        public override IEnumerable<(string Key, string Json)> Facts => source.Facts;

        public override int Prepare(ProbeSet? probes, CancellationToken cancel) => source.Prepare(probes, cancel);

        public float Off { get; init; } = 0.001f;

        // Of batches of one, besides.
        public float Noise { get; init; }

        public override OnnxBatch Batch(int from, int count)
        {
            var batch = source.Batch(from, count);
            return batch with { Logits = [.. batch.Logits.Select(logit => logit * (1 + Off - (count == 1 ? Noise : 0)))] };
        }
    }
}
