using PSFineTune.Data;
using PSFineTune.Drift;
using PSFineTune.Embeddings;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A comparison from samples to its result: what is read, what cannot be, and what lies far.</summary>
[Collection("Training")]
public sealed class DriftMeasureTests
{
    static readonly DriftSettings s_few = new() { Permutations = 200, Resamples = 20, MinimumCount = 2, MaximumCount = 20 };

    [Fact]
    public void Only_what_is_drawn_is_read_and_it_is_the_same_as_of_all()
    {
        var data = new Asked(HeldTexts.Made(300));
        var samples = DriftSamples.Of(data, [Split.Train, Split.Validation]);
        Assert.Equal((300, 0), (samples.Items.Count, data.Read));
        var drawn = samples.Drawn(20, 7, "some");
        Assert.Equal((20, 20), (drawn.Items.Count, data.Read));
        DriftSamples all = new([.. samples.Items], [.. samples.Labels!]);
        Assert.Equal(all.Drawn(20, 7, "some").Items, drawn.Items);
        Assert.Equal(all.Drawn(20, 7, "some").Labels, drawn.Labels);
        Assert.Equal(all.Items, samples.Drawn(300, 7, "some").Items);
    }

    [Theory]
    [InlineData(0, 0, "There are no new samples.")]
    [InlineData(0, 3, "None of the 3 new samples can be read.")]
    [InlineData(1, 2, "Only 1 of 3 new samples can be read, and two are needed.")]
    [InlineData(1, 0, "There is only 1 new sample, and two are needed.")]
    public void Too_few_new_samples_are_told_as_they_are(int good, int broken, string message)
    {
        using var folder = new DatasetFolder().With("a", 6).With("b", 6).With("new", good);
        for (var at = 0; at < broken; at++) folder.WithText($"new/broken{at}.png", $"no picture {at}");
        string[] files = good + broken > 0 ? Directory.GetFiles(folder["new"]) : [];
        using var old = new DatasetFolder().With("a", 6).With("b", 6);
        var measure = new DriftMeasure(new(old.Import(), [Split.Train], null), s_few, folder.Workspace);
        var fault = Assert.Throws<FineTuneException>(() => measure.Run(new(files), default).Count());
        Assert.Equal(("NothingNew", true), (fault.Id, fault.Message.StartsWith(message, StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_most_of_the_reference_are_copies_the_others_tell_what_is_usual()
    {
        // Nine copies, and two that lie 1 and 3 from them: of new ones a copy is at 0 and what lies apart is far.
        var far = Far([[0], [30], [60]], [.. Enumerable.Repeat(new[] { 0f }, 9), [1], [3]]);
        Assert.Equal(["2", "1", "0"], far.Select(one => one.Text));
        Assert.Equal(0, far[2].Distance);
        Assert.InRange(far[1].Distance, 5, 30);
        Assert.True(far[0].Distance > far[1].Distance);
    }

    [Fact]
    public void Where_all_of_the_reference_are_copies_what_is_none_lies_infinitely_far()
    {
        var far = Far([[0], [30]], [.. Enumerable.Repeat(new[] { 0f }, 9)]);
        Assert.Equal([double.PositiveInfinity, 0], far.Select(one => one.Distance));
        Assert.Equal(far, PlanJson.Read<DataDrift>(PlanJson.Write(new DataDrift { Farthest = far })).Farthest);
    }

    [Fact]
    public void Features_that_are_no_numbers_are_the_fault_of_their_sample_alone()
    {
        using var embedder = new Broken();
        for (var again = 0; again < 2; again++)
        {
            var made = new EmbeddingPass(embedder, isText: true, "").Run(["good", "nan", "infinite", "scores", "good"], default).SelectMany(part => part).ToList();
            Assert.Equal([false, true, true, true, false], made.Select(one => one.Fault?.Id == "NoFeatures"));
            Assert.All(made.Where(one => one.Fault is not null), one => Assert.Null(one.Features));
        }
    }

    [Fact]
    public void Confidence_is_that_of_the_package_at_its_temperature()
    {
        using var folder = new TempFolder();
        var data = TermModelTests.Tickets();
        var run = FineTuning.Run(PlanStart.For(new LinearSvm(), data, null, new Recipes.Recommended()), data, folder.Path, null, default).OfType<RunDone>().Single().Record;
        TrainedModel.From(run, folder.Path).At(3).Export(folder["warm.psft"], null);
        var warm = TrainedModel.From(folder["warm.psft"], folder.Path);
        string[] texts = ["my printer jams again", "the vpn drops", "password lost"];
        var reference = DriftReference.For(warm, data, Split.Validation, folder.Path, null, default);
        var far = new DriftMeasure(reference, s_few, folder.Path).Run(new(texts), default).Last().Result!.Farthest;
        using var predictor = warm.NewPredictor();
        var scores = predictor.Score(texts, default).ToDictionary(scored => scored.Item, scored => scored.Scores!);
        Assert.Equal(3, far.Count);
        Assert.All(far, one => Assert.Equal(scores[one.Text!].Max(), one.Confidence!.Value, 1e-6));
        Assert.All(far, one => Assert.Equal(Array.IndexOf(scores[one.Text!], scores[one.Text!].Max()), warm.Described.Classes.ToList().IndexOf(one.Predicted!)));
    }

    static IReadOnlyList<FarSample> Far(float[][] fresh, float[][] old) => FarSamples.Of(
        PairDistances.Of([.. fresh, .. old], default), new([.. fresh.Select((_, at) => $"{at}")]), [.. fresh.Concat(old).Select(row => new Featured("", row, null, null))], new(TextDataset.Of([("a", "x", Split.Train), ("b", "y", Split.Train)]), [Split.Train], null), 9);

    sealed class Broken : Embedder
    {
        public override string Name => "broken";

        public override string? Key => "broken";

        public override IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel) =>
            [.. items.Select(item => new Featured(item, [1, item == "nan" ? float.NaN : item == "infinite" ? float.NegativeInfinity : 2], [item == "scores" ? float.NaN : 1], null))];
    }

    sealed class Asked(Dataset inner) : Dataset
    {
        public int Read { get; private set; }

        public override IReadOnlyList<string> Classes => inner.Classes;

        public override int Count => inner.Count;

        public override string Fingerprint => inner.Fingerprint;

        public override DatasetReference Reference => inner.Reference;

        internal override Sample SampleAt(int row) => inner.SampleAt(row);

        internal override string ItemAt(int row)
        {
            Read++;
            return inner.ItemAt(row);
        }

        internal override int LabelAt(int row) => inner.LabelAt(row);

        internal override Split SplitAt(int row) => inner.SplitAt(row);

        internal override ulong KeyAt(int row) => inner.KeyAt(row);

        internal override ReadOnlySpan<byte> HashAt(int row) => inner.HashAt(row);
    }
}
