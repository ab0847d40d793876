using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>A predictor that remembers which class it held most probable for each item, so that judging it once is enough.</summary>
sealed class ScoreMemory(Predictor inner, Dictionary<UInt128, (int Predicted, double Confidence)> heard) : Predictor
{
    public override int BatchSize => inner.BatchSize;

    /// <summary>Stands for an item: a million texts would not fit in memory.</summary>
    public static UInt128 KeyOf(string item) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes<char>(item)));

    public override IReadOnlyList<Scored> Score(IReadOnlyList<string> items, CancellationToken cancel)
    {
        var scored = inner.Score(items, cancel);
        foreach (var one in scored)
            if (one.Scores is { } scores && Array.IndexOf(scores, scores.Max()) is var best and >= 0) heard[KeyOf(one.Item)] = (best, scores[best]);
        return scored;
    }

    public override IReadOnlyList<TermWeight> Explain(string item, int label, int top) => inner.Explain(item, label, top);

    public override void Dispose() => inner.Dispose();
}
