using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>MixUp and CutMix: what they draw, what they do to pixels and labels, and that no batch matters.</summary>
[Collection("Training")]
public sealed class AugmentMixTests : IDisposable
{
    const int Side = 24, Many = 20_000;

    readonly TempFolder _folder = new();
    readonly ImageDataset _data;

    public AugmentMixTests()
    {
        Pictures.WriteClasses(_folder["data"], classes: 3, each: 6);
        _data = ImageDataset.Import(new ImageDatasetReference { Root = _folder["data"], ValidationFraction = 0.25 }, _folder["workspace"], CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(0.2), InlineData(1), InlineData(4)]
    public void MixUp_shares_are_of_the_beta_distribution(double alpha)
    {
        var shares = Draws(new MixUp { Alpha = alpha }, 50, 40).Select(mix => mix.Share).ToArray();
        // Of Beta(a, a): mean 1/2, variance 1 / (4 (2a + 1)).
        Assert.Equal(0.5, shares.Average(), 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), shares.Average(share => (share - 0.5) * (share - 0.5)), 0.003);
    }

    [Fact]
    public void CutMix_covers_what_the_label_gives_away_and_its_middle_is_anywhere()
    {
        var pasted = Draws(new CutMix(), 50, 40).Cast<PastePart>().ToArray();
        Assert.All(pasted, paste => Assert.Equal(1 - paste.Width * paste.Height / 2000.0, paste.Share, 1e-12));
        Assert.All(pasted, paste => Assert.True(paste is { Left: >= 0, Top: >= 0 } && paste.Left + paste.Width <= 50 && paste.Top + paste.Height <= 40));
        // Uncut rectangles have the image's shape and, as the share of Beta(1, 1) is uniform, an area uniform below the whole.
        var inside = pasted.Where(paste => paste is { Left: > 0, Top: > 0 } && paste.Left + paste.Width < 50 && paste.Top + paste.Height < 40 && paste.Height > 10).ToArray();
        Assert.All(inside, paste => Assert.InRange(paste.Width / (double)paste.Height, 50 / 40.0 * 0.75, 50 / 40.0 * 1.25));
        // Small ones show where middles lie: evenly, in each quarter of the columns.
        var middles = pasted.Where(paste => paste.Width is > 0 and <= 6).Select(paste => paste.Left + paste.Width / 2).ToArray();
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.Equal(0.25, middles.Count(x => x * 4 / 50 == quarter) / (double)middles.Length, 0.06));
    }

    [Theory, InlineData(nameof(MixUp)), InlineData(nameof(CutMix))]
    public void Partners_are_drawn_evenly(string op) =>
        Assert.All(Enumerable.Range(0, 5), fifth => Assert.Equal(0.2, Draws(Catalog<AugmentOp>.Create(op), 50, 40).Count(mix => (int)(mix.Partner * 5) == fifth) / (double)Many, 0.015));

    [Fact]
    public void Pixels_are_mixed_in_the_shares_of_the_label()
    {
        using var own = Flat(10, 8, 200);
        using var other = Flat(10, 8, 100);
        using var mixed = new MixPixels { Share = 0.3 }.Mixed(own.Copy(), other);
        Assert.All(mixed.Pixels.ToArray(), value => Assert.Equal(130, value));
        using var pasted = new PastePart { Left = 2, Top = 1, Width = 5, Height = 4, Share = 0.75 }.Mixed(own.Copy(), other);
        for (var y = 0; y < 8; y++)
            for (var x = 0; x < 10; x++)
                Assert.Equal(x is >= 2 and < 7 && y is >= 1 and < 5 ? 100 : 200, pasted.Row(y)[3 * x]);
    }

    [Fact]
    public void A_partner_of_another_size_is_resized()
    {
        using var other = Flat(31, 7, 100);
        using var mixed = new MixPixels { Share = 0.5 }.Mixed(Flat(10, 8, 200), other);
        Assert.Equal((10, 8), (mixed.Width, mixed.Height));
        Assert.All(mixed.Pixels.ToArray(), value => Assert.Equal(150, value));
    }

    [Fact]
    public void A_sample_is_the_same_alone_and_in_any_batch_and_its_label_sums_to_one()
    {
        var pipeline = new AugmentPipeline { Ops = [new RandomResizedCrop(), new OneOf { Ops = [new MixUp(), new CutMix()] }, new RandomHorizontalFlip()] };
        var reader = new ImageReader(SampleSource.Of(_data), new Preprocessing { InputSize = Side }, pipeline);
        var rows = _data.RowsOf(Split.Train);
        var mixed = 0;
        var all = Batches(reader, rows, 5).ToDictionary(sample => sample.Row);
        foreach (var alone in Batches(reader, [.. rows.Reverse()], 1))
        {
            var together = all[alone.Row];
            Assert.Equal(together.Values, alone.Values);
            Assert.Equal(together.Targets, alone.Targets);
            Assert.Equal(1, alone.Targets.Sum(), 1e-5f);
            mixed += alone.Targets.Count(part => part > 0.001) > 1 ? 1 : 0;
        }
        Assert.True(mixed > rows.Length / 4, $"Only {mixed} of {rows.Length} labels are mixtures.");
    }

    [Fact]
    public void A_drawn_mixture_is_made_again_from_its_json()
    {
        var pipeline = new AugmentPipeline { Ops = [new RandomResizedCrop { Size = 20 }, new MixUp(), new CutMix()] };
        var (image, other) = (SourceImage.Read(((ImageSample)_data.Train[0]).Path), SourceImage.Read(((ImageSample)_data.Train[5]).Path));
        var draw = AugmentDraw.Draw(pipeline, image, Side, 3, 1, _ => other);
        using var one = draw.Apply(image);
        using var two = PlanJson.Read<AugmentDraw>(PlanJson.Write(draw)).Apply();
        Assert.True(one.Pixels.SequenceEqual(two.Pixels));
        Assert.Contains($"with {Path.GetFileName(other.Path)}", draw.Description);
        using var unmixed = AugmentDraw.Draw(pipeline, image, Side, 3, 1).Apply(image);
        Assert.False(one.Pixels.SequenceEqual(unmixed.Pixels));
    }

    [Fact]
    public void Training_learns_from_mixtures()
    {
        var plan = PlanStart.For(new ResNet20(), _data, "Random", new PSFineTune.Recipes.Tutorial()) with { Augment = new() { Ops = [new RandomResizedCrop(), new MixUp { Alpha = 0.4 }] }, Epochs = 1 };
        plan = plan with { Preprocessing = plan.Preprocessing! with { InputSize = Side } };
        RunRecord Run() => FineTuning.Run(plan, _data, _folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record;
        Assert.Equal(Run().WeightsHash, Run().WeightsHash);
    }

    static IEnumerable<(int Row, float[] Values, float[] Targets)> Batches(ImageReader reader, int[] rows, int size)
    {
        foreach (var batch in new BatchLoader(reader, size, 2).Read(rows, row => new DrawKey(1, 1, RandomStream.SampleKey(reader.Source.HashOf(row))), default))
            for (var slot = 0; slot < batch.Count; slot++)
                yield return (batch.Rows[slot], batch.Inputs.Values.Single().Slot<float>(slot).ToArray(), batch.Targets.AsSpan(slot * batch.Classes, batch.Classes).ToArray());
    }

    static MixEdit[] Draws(AugmentOp op, int width, int height) =>
        [.. Enumerable.Range(0, Many).Select(sample => (MixEdit)op.Draw(RandomStream.For(1, 1, (ulong)sample, 0), new(width, height, Side)))];

    static Picture Flat(int width, int height, byte level)
    {
        var picture = new Picture(width, height);
        picture.Pixels.Fill(level);
        return picture;
    }
}
