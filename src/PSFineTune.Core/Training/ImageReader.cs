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
    readonly float[] _levels = Levels(preprocessing);

    public override Batch NewBatch(int capacity)
    {
        var side = preprocessing.InputSize;
        return new(capacity, source.Classes, new Dictionary<string, Block> { [Input] = new(new float[capacity * side * side * 3], [side, side, 3]) });
    }

    public override void Read(int row, DrawKey? draw, Batch batch, int slot)
    {
        var picture = ImageFile.Decode(source.ItemOf(row));
        try
        {
            if (draw is { } key) picture = augment.Run(picture, preprocessing.InputSize, key);
            picture = Fitted(picture, draw is not null);
            Normalize(picture.Pixels, batch.Inputs[Input].Slot<float>(slot));
        }
        finally
        {
            picture.Dispose();
        }
        batch.Rows[slot] = row;
        if (source.LabelOf(row) is { } label) batch.SetLabel(slot, label);
    }

    /// <summary>A picture as the network gets it: the numbers of the batch, turned back into pixels.</summary>
    /// <param name="picture">Decoded, with its drawn edits where there are any; used up.</param>
    /// <param name="drawn">Whether it is one to learn from.</param>
    public Picture Seen(Picture picture, bool drawn)
    {
        picture = Fitted(picture, drawn);
        var values = new float[picture.Pixels.Length];
        Normalize(picture.Pixels, values);
        Denormalize(values, picture.Pixels);
        return picture;
    }

    // What is judged, and what the ops leave in another size, gets the input's size as in evaluation.
    Picture Fitted(Picture picture, bool drawn) =>
        drawn && picture.Width == preprocessing.InputSize && picture.Height == preprocessing.InputSize ? picture : _plain.Run(picture, preprocessing.InputSize, default);

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

    // N x 3 x H x W in channels-last strides, as they were written; no copy, so the batch must outlive the tensor.
    public override Tensor Tensor(Batch batch)
    {
        var block = batch.Inputs[Input];
        var (height, width) = (block.Shape[0], block.Shape[1]);
        return frombuffer(block.Values, float32, batch.Count * height * width * 3).view(batch.Count, height, width, 3).permute(0, 3, 1, 2);
    }

    void Normalize(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        var (first, last) = preprocessing.Channels == ChannelOrder.Rgb ? (0, 2) : (2, 0);
        ReadOnlySpan<float> levels = _levels;
        for (var i = 0; i + 2 < pixels.Length; i += 3)
        {
            values[i] = levels[pixels[i + first]];
            values[i + 1] = levels[256 + pixels[i + 1]];
            values[i + 2] = levels[512 + pixels[i + last]];
        }
    }

    // What each of the 256 levels of each channel becomes.
    static float[] Levels(Preprocessing p) =>
        [.. from channel in Enumerable.Range(0, 3) from level in Enumerable.Range(0, 256) select (float)((level * p.Scale - p.Mean[channel]) / p.Std[channel])];
}
