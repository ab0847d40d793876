using System.Collections.Concurrent;
using PSFineTune.Augment;
using PSFineTune.Text;
using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>Texts as the numbers of their words.</summary>
sealed class TokenReader(SampleSource source, TextEncoder encoder) : SampleReader
{
    const string Input = "words";

    readonly ConcurrentDictionary<int, int> _lengths = [];

    public override Batch NewBatch(int capacity) =>
        new(capacity, source.Classes, new Dictionary<string, Block> { [Input] = new(new long[capacity * encoder.Longest], [encoder.Longest]) });

    public override void Read(int row, DrawKey? draw, Batch batch, int slot, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _lengths[row] = encoder.Encode(source.ItemOf(row).Trim(), batch.Inputs[Input].Slot<long>(slot));
        batch.Rows[slot] = row;
        if (source.LabelOf(row) is { } label) batch.SetLabel(slot, label);
    }

    public override string Describe(int row, DrawKey draw)
    {
        var text = source.ItemOf(row);
        return $"The sample is '{(text.Length > 60 ? text[..60] + "…" : text)}' in epoch {draw.Epoch}.";
    }

    public override int? LengthOf(int row) => _lengths.GetOrAdd(row, row => encoder.LengthOf(source.ItemOf(row).Trim()));

    // N x L, as long as the longest of the batch and no longer.
    public override Tensor Tensor(Batch batch)
    {
        var ids = (long[])batch.Inputs[Input].Values;
        var longest = 1;
        for (var slot = 0; slot < batch.Count; slot++)
            longest = Math.Max(longest, 1 + ids.AsSpan(slot * encoder.Longest, encoder.Longest).LastIndexOfAnyExcept(WordIds.Padding));
        return frombuffer(ids, int64, (long)batch.Count * encoder.Longest).view(batch.Count, encoder.Longest).narrow(1, 0, longest).clone();
    }
}
