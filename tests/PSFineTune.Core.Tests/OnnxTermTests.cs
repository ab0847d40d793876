using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using PSFineTune.Exports;
using PSFineTune.Models;
using PSFineTune.Native;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Whoever has an exported model of texts and its metadata alone gets the probabilities of Invoke-Prediction.</summary>
[Collection("Training")]
public sealed class OnnxTermTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<TextPipeline> Pipelines =>
    [
        new TextPipeline { Weighting = new Binary() }, new TextPipeline { Weighting = new Counts() }, new TextPipeline { Weighting = new TfIdf(), MaxNGram = 2 },
        new TextPipeline { Weighting = new TfIdf { Sublinear = true } }, new TextPipeline { Weighting = new TfIdf { SmoothIdf = false, Norm = Norm.L1 } }, new TextPipeline { Weighting = new TfIdf { Sublinear = true, Norm = Norm.None } },
        new TextPipeline { HashBits = 12 }, new TextPipeline { HashBits = 8, MaxNGram = 3, Weighting = new TfIdf { Sublinear = true } }, new TextPipeline { HashBits = 10, Weighting = new Counts() },
    ];

    [Theory, MemberData(nameof(Pipelines))]
    public void Terms_are_computed_from_the_metadata_alone(TextPipeline pipeline)
    {
        var data = TermModelTests.Tickets();
        var plan = PlanStart.For(new LinearSvm(), data, null, new Recommended()) with { TextPipeline = pipeline with { Tokens = new PatternTokens() } };
        var model = TrainedModel.From(FineTuning.Run(plan, data, _folder["workspace"], null, default).OfType<RunDone>().Single().Record, _folder["workspace"]);
        // Words that stand several times, in capitals, and some that no training text has.
        string[] texts = [.. Enumerable.Range(0, data.Count).Select(data.ItemAt), "toner toner TONER printer 打印 printer", "  Größe\tund Maß zweimal und zweimal  ", "nothing known 😀😀 here", ""];
        using var predictor = model.NewPredictor();
        var expected = predictor.Score(texts, default).Select(scored => scored.Scores!).ToList();
        using var session = OnnxEngine.NewSession(OnnxExporter.Write(model, _folder["m.onnx"], new(), TestContext.Current.CancellationToken).Path, 1);
        for (var text = 0; text < texts.Length; text++)
        {
            var terms = Terms(texts[text], session.ModelMetadata.CustomMetadataMap);
            var actual = OnnxCheck.Run(session, new(new Dictionary<string, (Array, long[])> { ["terms"] = (terms, [1, terms.Length]) }, [], 1), OnnxExporter.Probabilities);
            for (var label = 0; label < actual.Length; label++) Assert.Equal(expected[text][label], actual[label], 1e-4);
        }
    }

    [Fact]
    public void The_hash_is_the_one_that_the_page_names() =>
        Assert.Equal(new[] { 1826, 2295, 2892 }, new[] { "refund", "printer", "café" }.Select(term => new PSFineTune.Text.Terms.TermHash(12).ColumnOf(term)));

    // As somebody would write it who has onnx.md and no line of the module.
    static float[] Terms(string text, Dictionary<string, string> facts)
    {
        using var pipeline = JsonDocument.Parse(facts["text_pipeline"]);
        using var terms = JsonDocument.Parse(facts["terms"]);
        var factors = JsonSerializer.Deserialize<double[]>(facts["factors"])!;
        var vocabulary = facts.TryGetValue("vocabulary", out var list) ? JsonSerializer.Deserialize<string[]>(list) : null;
        var tokens = Regex.Matches(text.ToLowerInvariant(), pipeline.RootElement.GetProperty("tokens").GetProperty("pattern").GetString()!).Select(match => match.Value).ToArray();
        var (said, counts) = (terms.RootElement, new double[factors.Length]);
        for (var length = said.GetProperty("minNGram").GetInt32(); length <= said.GetProperty("maxNGram").GetInt32(); length++)
            for (var first = 0; first + length <= tokens.Length; first++)
            {
                var term = string.Join(said.GetProperty("joint").GetString(), tokens[first..(first + length)]);
                var column = vocabulary is null ? Column(term, said.GetProperty("hash")) : Array.IndexOf(vocabulary, term);
                if (column >= 0) counts[column]++;
            }
        double[] weights = [.. counts.Select((count, column) => count == 0 ? 0 : said.GetProperty("weight").GetString() switch
        {
            "1" => 1,
            "count * factor" => count * factors[column],
            "(1 + ln(count)) * factor" => (1 + Math.Log(count)) * factors[column],
            var unknown => throw new InvalidDataException(unknown),
        })];
        var divisor = said.GetProperty("dividedBy").GetString() switch
        {
            "none" => 1,
            "sum(abs(weights))" => weights.Sum(Math.Abs),
            "sqrt(sum(weights ** 2))" => Math.Sqrt(weights.Sum(weight => weight * weight)),
            var unknown => throw new InvalidDataException(unknown),
        };
        return [.. weights.Select(weight => (float)(divisor == 0 ? 0 : weight / divisor))];
    }

    static int Column(string term, JsonElement hash)
    {
        Assert.Equal("FNV-1a, 64 bits", hash.GetProperty("name").GetString());
        ulong Number(string name) => ulong.Parse(hash.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        var value = Number("seed");
        foreach (var unit in term) value = unchecked((value ^ unit) * Number("prime"));
        return (int)((value ^ (value >> 32)) % (1UL << hash.GetProperty("bits").GetInt32()));
    }
}
