using PSFineTune.Augment;
using PSFineTune.Models.Nodes;
using static TorchSharp.torch;

namespace PSFineTune.Training.Frozen;

/// <summary>Samples as frozen layers left them; the layers behind go on from there.</summary>
/// <param name="outputs">Of the layers.</param>
/// <param name="classes">Count of classes.</param>
/// <param name="images">Says which sample it was.</param>
sealed class OutputReader(ILayerOutputs outputs, int classes, SampleReader images) : SampleReader
{
    const string Input = "activations";

    public override Batch NewBatch(int capacity)
    {
        var size = outputs.Shape.Aggregate(1L, (product, side) => product * side);
        return new(capacity, classes, new Dictionary<string, Block> { [Input] = new(new float[capacity * size], outputs.Shape) });
    }

    public override void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        batch.Rows[slot] = row;
        outputs.Read(row, draw, batch.Inputs[Input].Slot<float>(slot), batch.Targets.AsSpan(slot * classes, classes));
    }

    public override int? LengthOf(int row) => images.LengthOf(row);

    public override string? Describe(int row, DrawKey draw) => images.Describe(row, draw with { Epoch = outputs.View });

    // N x C, N x L x C as long as the longest text, or N x C x H x W in channels-last strides; a copy, as that of images.
    public override Tensor Tensor(Batch batch)
    {
        var block = batch.Inputs[Input];
        var values = frombuffer(block.Values, float32, batch.Count * block.Shape.Aggregate(1L, (product, side) => product * side)).clone().view([batch.Count, .. block.Shape]);
        return values.Dimensions == 4 ? values.permute(0, 3, 1, 2)
            : values.Dimensions == 3 && Padding.Tokens(values) is { } tokens ? values.narrow(1, 0, Math.Max(1, tokens.sum(1).max().item<long>())) : values;
    }
}
