using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Image files as normalised pixels, rows x columns x channels, straight into the batch.</summary>
sealed class ImageReader(SampleSource source, Preprocessing preprocessing, AugmentPipeline augment) : SampleReader
{
    const string Input = "pixels";

    readonly AugmentPipeline _plain = AugmentPreset.Evaluation(preprocessing);
    readonly Normalization _levels = Levels(preprocessing);

    public override Batch NewBatch(int capacity)
    {
        var side = preprocessing.InputSize;
        return new(capacity, source.Classes, new Dictionary<string, Block> { [Input] = new(new float[capacity * side * side * 3], [side, side, 3]) });
    }

    public override void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel)
    {
        var path = source.ItemOf(row);
        using var image = EncodedImage.Open(ImageFile.Read(path), path);
        Fill(AugmentSource.Of(image), image.Width, image.Height, draw, batch.Inputs[Input].Slot<float>(slot), cancel);
        batch.Rows[slot] = row;
        if (source.LabelOf(row) is { } label) batch.SetLabel(slot, label);
    }

    /// <summary>The network's input of a decoded image, which is left as it is.</summary>
    /// <param name="canvas">The image.</param>
    /// <param name="draw">Whose randomness varies it; null for the plain one.</param>
    /// <param name="values">Rows x columns x 3 of the input's size.</param>
    /// <param name="cancel">Checked many times an image.</param>
    internal void Fill(Picture canvas, DrawKey? draw, Span<float> values, CancellationToken cancel) =>
        Fill(AugmentSource.Of(canvas), canvas.Width, canvas.Height, draw, values, cancel);

    // N x 3 x H x W in channels-last strides, as they were written; no copy, so the batch must outlive the tensor.
    public override Tensor Tensor(Batch batch)
    {
        var block = batch.Inputs[Input];
        var (height, width) = (block.Shape[0], block.Shape[1]);
        return frombuffer(block.Values, float32, batch.Count * height * width * 3).view(batch.Count, height, width, 3).permute(0, 3, 1, 2);
    }

    /// <summary>A picture as the network gets it: the numbers of the batch, turned back into pixels.</summary>
    /// <param name="picture">Decoded, with its drawn edits where there are any; used up.</param>
    /// <param name="drawn">Whether it is one to learn from.</param>
    public Picture Seen(Picture picture, bool drawn)
    {
        using (picture)
        {
            var plan = new AugmentPlan([], picture.Width, picture.Height);
            Fit(plan, drawn);
            var seen = new Picture(plan.Size.Width, plan.Size.Height);
            var values = new float[seen.Pixels.Length];
            plan.Run(AugmentSource.Of(picture), _levels, values, CancellationToken.None);
            Denormalize(values, seen.Pixels);
            return seen;
        }
    }

    void Fill(AugmentSource image, int width, int height, DrawKey? draw, Span<float> values, CancellationToken cancel)
    {
        var plan = new AugmentPlan(draw is { } key ? augment.Draw(width, height, preprocessing.InputSize, key) : [], width, height);
        Fit(plan, draw is not null);
        plan.Run(image, _levels, values, cancel);
    }

    // What is judged, and what the ops leave in another size, gets the input's size as in evaluation.
    void Fit(AugmentPlan plan, bool drawn)
    {
        var side = preprocessing.InputSize;
        if (drawn && plan.Size == (side, side)) return;
        foreach (var edit in _plain.Draw(plan.Size.Width, plan.Size.Height, side, default)) plan.Add(edit);
    }

    internal void Denormalize(ReadOnlySpan<float> values, Span<byte> pixels)
    {
        var p = preprocessing;
        for (var i = 0; i < values.Length; i++)
        {
            var channel = i % 3;
            var level = (values[i] * p.Std[channel] + p.Mean[channel]) / p.Scale;
            pixels[p.Channels == ChannelOrder.Rgb ? i : i - channel + 2 - channel] = (byte)Math.Clamp(Math.Round(level), 0, 255);
        }
    }

    // Channels are counted in the network's order.
    static Normalization Levels(Preprocessing p) => new(
        [.. p.Std.Select(std => (float)(p.Scale / std))], [.. p.Mean.Zip(p.Std, (mean, std) => (float)(-mean / std))], p.Channels == ChannelOrder.Bgr);
}
