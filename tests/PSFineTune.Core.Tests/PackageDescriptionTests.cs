using System.Text;
using System.Text.Json.Nodes;
using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Packaging.Signing;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Text.Chinese;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What a package says of itself, by somebody who means harm.</summary>
[Collection("Training")]
public sealed class PackageDescriptionTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The manifest of the new package says what is so now.
    string Changed(string path, string name, Func<string, string> change)
    {
        var parts = PackageParts.Read(path);
        var sources = parts.Sources.ToDictionary(part => part.Key, part => PartSource.Of(part.Key == name ? Encoding.UTF8.GetBytes(change(parts.Text(name))) : part.Value.Bytes()), StringComparer.Ordinal);
        var manifest = new PartManifest { Parts = [.. parts.Manifest.Parts.Select(part => PartManifest.Describe(part.Name, part.Kind, sources[part.Name]))] };
        new PackageParts(_folder["changed.psft"], manifest, Encoding.UTF8.GetBytes(PlanJson.Write(manifest)), sources, null).Write(_folder["changed.psft"], null);
        return _folder["changed.psft"];
    }

    string Described(string path, Action<JsonNode> change) => Changed(path, "package.json", json =>
    {
        var node = JsonNode.Parse(json)!;
        change(node);
        return node.ToJsonString();
    });

    string Plain()
    {
        PackageFile.Write(_folder["plain.psft"], PackageTests.Content());
        return _folder["plain.psft"];
    }

    static string Refused(string path) => Assert.Throws<FineTuneException>(() => PackageFile.Open(path)).Id;

    string Tickets()
    {
        var data = TermModelTests.Tickets();
        var run = FineTuning.Run(PlanStart.For(new LinearSvm(), data, null, new Recommended()), data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record;
        var model = TrainedModel.From(run, _folder["workspace"]);
        model.Probed(ProbeMaker.Of(model, data, 2, default)).Export(_folder["tickets.psft"], null);
        return _folder["tickets.psft"];
    }

    [Theory]
    [InlineData("inputSize", "0"), InlineData("inputSize", "-1"), InlineData("inputSize", "400000"), InlineData("mean", "[]"), InlineData("std", "[]"), InlineData("std", "[1, 0, 1]"), InlineData("mean", "[\"NaN\", 0, 0]"), InlineData("scale", "0"), InlineData("interpolation", "77")]
    public void A_preprocessing_that_is_none_is_damage(string property, string json)
    {
        var path = Described(Plain(), node => node["preprocessing"]![property] = JsonNode.Parse(json));
        Assert.Equal("DamagedPackage", Refused(path));
        Assert.Equal("DamagedPackage", PackageCheck.Of(path).ErrorId);
    }

    public static TheoryData<string> Sizes =>
    [
        """{ "is": "BiLstm", "hiddenSize": 2000000 }""", """{ "is": "BiLstm", "hiddenSize": -1 }""", """{ "is": "BiLstm", "layers": 2000000000 }""", """{ "is": "TextCnn", "filters": 0 }""", """{ "is": "TextCnn", "vectorSize": -5 }""",
        """{ "is": "Bert", "hiddenSize": 300000 }""", """{ "is": "Bert", "heads": 0 }""", """{ "is": "Bert", "layers": 2000000000 }""", """{ "is": "Bert", "dropout": "NaN" }""", """{ "is": "LinearSvm", "c": -1 }""",
    ];

    [Theory, MemberData(nameof(Sizes))]
    public void A_network_of_impossible_sizes_is_damage(string model)
    {
        var path = Described(Plain(), node => node["plan"]!["model"] = JsonNode.Parse(model));
        Assert.Equal("DamagedPackage", Refused(path));
        Assert.Equal("DamagedPackage", PackageCheck.Of(path).ErrorId);
    }

    [Fact]
    public void A_network_is_not_built_before_its_weights_are_known_to_fit() => Assert.InRange(MeasuredMemory.Of(nameof(PackageDescriptionTests)), 0, 1L << 30);

    internal static long MeasuredRefusal()
    {
        // 12 GB of weights, were it built; the file has none.
        var huge = new Bert { HiddenSize = 16_384, Heads = 1, Layers = 16, IntermediateSize = 16_384 };
        using var stream = new MemoryStream();
        stream.Write([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8]);
        var content = PackageTests.Content() with { Weights = PartSource.Of(stream.ToArray()), Package = PackageTests.Content().Package with { Plan = new() { Model = huge, TextPipeline = new() } } };
        TorchRuntime.Ensure();
        using var peak = new MemoryPeak();
        var before = Environment.WorkingSet;
        Assert.Equal("WeightsMismatch", Assert.Throws<FineTuneException>(() => TrainedModel.Of(content).NewPredictor()).Id);
        return peak.Bytes - before;
    }

    [Theory]
    [InlineData("runId"), InlineData("epochs"), InlineData("weightsHash"), InlineData("labelDataColumns")]
    public void What_is_null_is_empty(string property)
    {
        var package = PackageFile.Open(Described(Plain(), node => node[property] = null)).Package;
        Assert.Equal(("", 0, 0), (property == "runId" ? package.RunId : property == "weightsHash" ? package.WeightsHash : "", package.Epochs.Count, property == "labelDataColumns" ? package.LabelDataColumns.Count : 0));
    }

    [Theory]
    [InlineData("../../elsewhere"), InlineData("/tmp"), InlineData(".."), InlineData(@"C:\x")]
    public void A_runs_id_is_no_path(string id) => Assert.Equal("DamagedPackage", Refused(Described(Plain(), node => node["runId"] = id)));

    [Theory]
    [InlineData("""{"schemaVersion":1,"schemaVersion":1,"schemaVersion":1,""", "DamagedPackage")]
    [InlineData("""{"SchemaVersion":1,"schemaVersion":1,""", "InvalidJson")]
    [InlineData("""{"schemaVersion":1,"temperature":5,"temperature":1,""", "DamagedPackage")]
    [InlineData("""{"schemaVersion":1,"\u0072unId":"a","runId":"b",""", "DamagedPackage")]
    public void A_name_that_stands_twice_is_damage(string begin, string id)
    {
        var path = Changed(Plain(), "package.json", json => begin + string.Concat(json.Split('\n').Skip(1).Where(line => !line.Contains("\"schemaVersion\"") || line.StartsWith("    ", StringComparison.Ordinal))));
        Assert.Equal(id, Refused(path));
        Assert.Null(JsonNames.Twice("""{"a":{"b":1},"c":[{"b":1},{"b":2}],"B":1,"b":2}""", StringComparer.Ordinal));
        Assert.Equal("b", JsonNames.Twice("""{"a":{"b":1},"B":1,"b":2}""", StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_manifest_with_a_name_twice_is_damage()
    {
        foreach (var begin in new[] { """{"parts":[],"schemaVersion":1,""", """{"Parts":[],"schemaVersion":1,""" })
            Assert.Contains(Assert.Throws<FineTuneException>(() => PartManifest.Parse(begin + "\"parts\":[]}", "x")).Id, (string[])["DamagedPackage", "InvalidJson"]);
    }

    [Fact]
    public void A_foreign_package_names_no_folder_of_this_machine()
    {
        var path = Tickets();
        Directory.CreateDirectory(_folder["private"]);
        foreach (var label in new[] { "a", "b" })
        {
            Directory.CreateDirectory(_folder[$"private/{label}"]);
            for (var i = 0; i < 8; i++) File.WriteAllText(_folder[$"private/{label}/{i}.txt"], $"secret {label} {i}");
        }
        var hostile = Described(path, node =>
        {
            node["plan"]!["dataset"]!["root"] = _folder["private"];
            node["runId"] = "";
        });
        var model = TrainedModel.From(hostile, _folder["workspace"]);
        Assert.Equal("private", model.Described.Plan.Dataset!.Root);
        Assert.Equal("NoOwnData", Assert.Throws<FineTuneException>(() => model.OwnData(_folder["workspace"], null, default)).Id);
        Assert.ThrowsAny<FineTuneException>(() => model.ValidationData(_folder["workspace"], null, default));
        Assert.Equal("DamagedPackage", Refused(Described(path, node => node["plan"]!["dataset"]!["files"] = JsonNode.Parse("[null]"))));
    }

    [Fact]
    public void Dictionaries_come_from_the_package_or_not_at_all()
    {
        File.WriteAllLines(_folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "word"]);
        File.WriteAllText(_folder["dict.txt"], "中国 100 n\n");
        var none = ModelParts.OfModel([]);
        Assert.NotNull(new WordPieceTokens { Vocabulary = _folder["vocab.txt"] }.Open(ModelParts.None));
        Assert.Equal("PartMissing", Assert.Throws<FineTuneException>(() => new WordPieceTokens { Vocabulary = _folder["vocab.txt"] }.Open(none)).Id);
        Assert.NotNull(JiebaFiles.Of(new() { Dictionary = _folder["dict.txt"] }, ModelParts.None));
        Assert.Equal("PartMissing", Assert.Throws<FineTuneException>(() => JiebaFiles.Of(new() { Dictionary = _folder["dict.txt"] }, none)).Id);
        var path = Described(Tickets(), node => node["plan"]!["textPipeline"]!["tokens"] = JsonNode.Parse($$"""{ "is": "WordPieceTokens", "vocabulary": "{{_folder["vocab.txt"].Replace("\\", "/")}}" }"""));
        Assert.Equal((false, "PartMissing"), (PackageCheck.Of(path).Accepted, PackageCheck.Of(path).ErrorId));
    }

    [Fact]
    public void A_model_that_falls_over_its_probes_is_a_result()
    {
        var check = PackageCheck.Of(Described(Tickets(), node => node["plan"]!["textPipeline"]!["tokens"] = JsonNode.Parse("""{ "is": "PatternTokens", "pattern": "^(([a-z .])+.)+[A-Z]([a-z .])+$" }""")));
        Assert.Equal((false, true), (check.Accepted, check.ErrorId is "DamagedPackage" or "ServingParity"));
        File.WriteAllBytes(_folder["labels.psft"], [1]);
        Assert.False(PackageCheck.Of(_folder["labels.psft"]).Accepted);
    }

    [Fact]
    public void What_is_remembered_of_features_and_dictionaries_goes_by_the_bytes()
    {
        var path = Tickets();
        var (one, other) = (TrainedModel.From(path, _folder.Path), TrainedModel.From(Changed(path, "model.safetensors", weights => weights + " "), _folder.Path));
        Assert.Equal(one.Described.WeightsHash, other.Described.WeightsHash);
        Assert.NotEqual(one.Key, other.Key);
        Assert.Equal(one.Key, TrainedModel.From(Described(path, node => node["weightsHash"] = "ab"), _folder.Path).Key);
        Assert.Equal(one.Key, one.Probed(null).Key);

        // The same place, size and time, and other bytes.
        File.WriteAllText(_folder["words"], "one");
        var time = File.GetLastWriteTimeUtc(_folder["words"]);
        string Made(string text)
        {
            File.WriteAllText(_folder["words"], text);
            File.SetLastWriteTimeUtc(_folder["words"], time);
            var part = new TextPart("words", PartSource.OfStretch(_folder["words"], 0, 3).Pinned("x", "words", PartSource.Of(text).Sha256()));
            return ReadOnce.Of([part], () => part.Text());
        }
        Assert.Equal(("one", "two"), (Made("one"), Made("two")));
    }

    [Fact]
    public void Probes_are_of_the_validation_samples_alone()
    {
        var run = TrainedModel.From(Tickets(), _folder["workspace"]);
        var data = TermModelTests.Tickets();
        var held = data.RowsOf(Split.Validation).ToArray().Select(row => data.ItemAt(row)).ToHashSet();
        Assert.All(ProbeMaker.Of(run, data, 64, default)!.Probes, probe => Assert.Contains(probe.Text!, held));
        Directory.CreateDirectory(_folder["all"]);
        File.WriteAllText(_folder["all/texts.csv"], "text,label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"text number {i},{(i % 2 == 0 ? "a" : "b")}\n")));
        var none = TextDataset.Import(new TextDatasetReference { Root = _folder["all/texts.csv"], TestFraction = 1 }, _folder["workspace"]);
        Assert.Empty(none.RowsOf(Split.Validation).ToArray());
        Assert.Null(ProbeMaker.Of(run, none, 8, default));
    }
}
