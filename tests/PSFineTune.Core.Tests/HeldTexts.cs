using System.Security.Cryptography;
using System.Text;
using PSFineTune.Data;

namespace PSFineTune.Tests;

/// <summary>Labelled texts in memory.</summary>
sealed class HeldTexts : Dataset
{
    readonly (string Text, int Label, Split Split)[] _rows;
    readonly byte[][] _hashes;

    public HeldTexts(IReadOnlyList<string> classes, IEnumerable<(string Text, int Label, Split Split)> rows)
    {
        (Classes, _rows) = (classes, [.. rows]);
        // The same text twice is two samples here.
        _hashes = [.. _rows.Select((row, i) => SHA256.HashData(Encoding.UTF8.GetBytes($"{i} {row}")))];
    }

    public override IReadOnlyList<string> Classes { get; }

    public override int Count => _rows.Length;

    public override string Fingerprint => Convert.ToHexString(SHA256.HashData(_hashes.SelectMany(hash => hash).ToArray()));

    public override DatasetReference Reference => new ImageDatasetReference { Root = "held", Fingerprint = Fingerprint, Classes = Classes };

    /// <summary>Files of a label, a space and a text in each line, Latin-1.</summary>
    public static HeldTexts Read(params (string Path, Split Split)[] files)
    {
        var lines = files.SelectMany(file => File.ReadLines(file.Path, Encoding.Latin1).Select(line => (Label: line[..line.IndexOf(' ')], Text: line[(line.IndexOf(' ') + 1)..], file.Split))).ToList();
        var classes = lines.Select(line => line.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        return new(classes, lines.Select(line => (line.Text, classes.IndexOf(line.Label), line.Split)));
    }

    /// <summary>Sentences that a word tells the class of, somewhere among others; lengths differ.</summary>
    public static HeldTexts Made(int count, int seed = 1)
    {
        string[] classes = ["animal", "colour", "number"];
        string[][] telling = [["dog", "cat", "horse"], ["red", "green", "blue"], ["one", "two", "three"]];
        string[] others = ["the", "a", "is", "was", "and", "house", "runs", "very", "in", "on", "it", "they"];
        var stream = RandomStream.For(seed, 0, "texts");
        return new(classes, Enumerable.Range(0, count).Select(i =>
        {
            var words = Enumerable.Range(0, 1 + stream.Below(14)).Select(_ => others[stream.Below(others.Length)]).ToList();
            words.Insert(stream.Below(words.Count + 1), telling[i % 3][stream.Below(3)]);
            return (string.Join(' ', words), i % 3, i % 5 == 4 ? Split.Validation : Split.Train);
        }));
    }

    internal override Sample SampleAt(int row) => new HeldText { Words = _rows[row].Text, Label = Classes[_rows[row].Label], Split = _rows[row].Split };

    internal override int LabelAt(int row) => _rows[row].Label;

    internal override Split SplitAt(int row) => _rows[row].Split;

    internal override ulong KeyAt(int row) => RandomStream.SampleKey(_hashes[row]);

    internal override ReadOnlySpan<byte> HashAt(int row) => _hashes[row];
}

sealed record HeldText : Sample
{
    public string Words { get; init; } = "";

    internal override string Item => Words;
}
