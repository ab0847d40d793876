using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Image files as normalised pixels, rows x columns x channels, straight into the batch.</summary>
/// <param name="source">The samples.</param>
/// <param name="preprocessing">Of the weights.</param>
/// <param name="augment">How samples that are drawn for are varied.</param>
/// <param name="cache">Of decoded images, null for none. With it all of an image is decoded, whatever is cut out of it.</param>
/// <param name="imageSize">Side of the input where it is another than the weights' own, pixels.</param>
sealed class ImageReader(SampleSource source, Preprocessing preprocessing, AugmentPipeline augment, CanvasCache? cache = null, int? imageSize = null) : SampleReader
{
    const string Input = "pixels";

    readonly int _side = imageSize ?? preprocessing.InputSize;
    readonly AugmentPipeline _plain = AugmentPreset.Evaluation(preprocessing with { InputSize = imageSize ?? preprocessing.InputSize });
    readonly Normalization _levels = Levels(preprocessing);

    public SampleSource Source => source;

    public override Batch NewBatch(int capacity)
    {
        return new(capacity, source.Classes, new Dictionary<string, Block> { [Input] = new(new float[capacity * _side * _side * 3], [_side, _side, 3]) });
    }

    public override void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel)
    {
        using var image = Open(row);
        var edits = Fill(image, draw, batch.Inputs[Input].Slot<float>(slot), cancel);
        batch.Rows[slot] = row;
        if (source.LabelOf(row) is not { } label) return;
        batch.SetLabel(slot, label);
        foreach (var mix in MixEdit.In(edits)) batch.MixLabel(slot, source.LabelOf(Mate(mix))!.Value, mix.Share);
    }

    public override string Describe(int row, DrawKey draw)
    {
        var path = source.ItemOf(row);
        try
        {
            var drawn = AugmentDraw.Draw(augment, SourceImage.Read(path), _side, draw.Seed, draw.Epoch, place => SourceImage.Read(source.ItemOf(MixEdit.At(place, source.Mates))));
            return $"The sample is '{path}' in epoch {draw.Epoch}, drawn as {(drawn.Description.Length > 0 ? drawn.Description : "it is")}. Show-ImageGrid -Replay shows it again from: {PlanJson.WriteLine(drawn)}";
        }
        catch (FineTuneException)
        {
            return $"The sample is '{path}' in epoch {draw.Epoch}.";
        }
    }

    /// <summary>The network's input of a decoded image, which is left as it is.</summary>
    /// <param name="canvas">The image.</param>
    /// <param name="draw">Whose randomness varies it; null for the plain one.</param>
    /// <param name="values">Rows x columns x 3 of the input's size.</param>
    /// <param name="cancel">Checked many times an image.</param>
    internal void Fill(Picture canvas, DrawKey? draw, Span<float> values, CancellationToken cancel) => Fill(AugmentSource.Of(canvas), draw, values, cancel);

    // N x 3 x H x W in channels-last strides, as they were written; a copy, because results may depend on where numbers lie, by
    // their last bits, and the library's own memory lies the same in every process.
    public override Tensor Tensor(Batch batch)
    {
        var block = batch.Inputs[Input];
        var (height, width) = (block.Shape[0], block.Shape[1]);
        return frombuffer(block.Values, float32, batch.Count * height * width * 3).clone().view(batch.Count, height, width, 3).permute(0, 3, 1, 2);
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

    /// <summary>The part of a row's upright image that the plain one shows, in shares of its width and height.</summary>
    public (double Left, double Top, double Right, double Bottom) Shown(int row)
    {
        using var image = Open(row);
        var (left, top, right, bottom) = (0.0, 0.0, 1.0, 1.0);
        var (width, height) = (image.Width, image.Height);
        foreach (var edit in _plain.Draw(width, height, _side, default))
        {
            var part = edit switch
            {
                ResizedCrop resized => new Window(resized.Left, resized.Top, resized.Width, resized.Height),
                Crop crop => new(crop.Left, crop.Top, crop.Width, crop.Height),
                _ => new(0, 0, width, height),
            };
            var (across, down) = ((right - left) / width, (bottom - top) / height);
            (left, top, right, bottom) = (left + part.Left * across, top + part.Top * down, left + part.Right * across, top + part.Bottom * down);
            (width, height) = edit.SizeAfter(width, height);
        }
        return (left, top, right, bottom);
    }

    IReadOnlyList<Edit> Fill(AugmentSource image, DrawKey? draw, Span<float> values, CancellationToken cancel)
    {
        var plan = new AugmentPlan([], image.Width, image.Height);
        var edits = draw is { } key ? augment.Draw(image.Width, image.Height, _side, key) : [];
        if (source.Mates.Count == 0) edits = [.. edits.Select(edit => MixEdit.With(edit, _ => Augment.Edits.Keep.Image))];
        for (var position = 0; position < edits.Count; position++)
        {
            var until = position;
            plan.Add(edits[position], mix => Partner(Mate(mix), draw!.Value, until, cancel));
        }
        Fit(plan, draw is not null);
        plan.Run(image, _levels, values, cancel);
        return edits;
    }

    int Mate(MixEdit mix) => MixEdit.At(mix.Partner, source.Mates);

    Picture Partner(int row, DrawKey draw, int until, CancellationToken cancel)
    {
        using var image = Open(row);
        var edits = augment.DrawUntil(until, image.Width, image.Height, _side, draw with { Sample = RandomStream.SampleKey(source.HashOf(row)) });
        return new AugmentPlan(edits, image.Width, image.Height).Run(image, cancel);
    }

    // Canvases are kept by the weights' own size, so that images of all sizes come from the same ones.
    AugmentSource Open(int row)
    {
        var path = source.ItemOf(row);
        return cache is null ? AugmentSource.Of(EncodedImage.Open(source.Held(path) ?? ImageFile.Read(path), path)) : new CachedImage(cache, source.HashOf(row), path, preprocessing.InputSize);
    }

    // What is judged, and what the ops leave in another size, gets the input's size as in evaluation.
    void Fit(AugmentPlan plan, bool drawn)
    {
        if (drawn && plan.Size == (_side, _side)) return;
        foreach (var edit in _plain.Draw(plan.Size.Width, plan.Size.Height, _side, default)) plan.Add(edit);
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
