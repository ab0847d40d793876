using System.Security.Cryptography;
using System.Text;
using PSFineTune.Data;

namespace PSFineTune.Tests;

/// <summary>A few labelled texts in memory.</summary>
public sealed class TextList(IReadOnlyList<(string Text, string Label, Split Split)> samples) : Dataset
{
    public override IReadOnlyList<string> Classes { get; } = [.. samples.Select(sample => sample.Label).Distinct().Order(StringComparer.Ordinal)];

    public override int Count => samples.Count;

    public override string Fingerprint => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', samples)))).ToLowerInvariant();

    public override DatasetReference Reference => new ImageDatasetReference { Root = "memory", Fingerprint = Fingerprint, Classes = Classes };

    internal override Sample SampleAt(int row) => new Listed { Text = samples[row].Text, Label = samples[row].Label, Split = samples[row].Split };

    internal override int LabelAt(int row) => Classes.ToList().IndexOf(samples[row].Label);

    internal override Split SplitAt(int row) => samples[row].Split;

    internal override ulong KeyAt(int row) => RandomStream.SampleKey(HashAt(row));

    internal override ReadOnlySpan<byte> HashAt(int row) => SHA256.HashData(Encoding.UTF8.GetBytes(samples[row].Text));

    sealed record Listed : Sample
    {
        public string Text { get; init; } = "";

        internal override string Item => Text;
    }
}
