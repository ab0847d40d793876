using System.Security.Cryptography;
using System.Text;
using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Comparison;

/// <summary>The samples that models are compared on.</summary>
/// <param name="data">That holds them.</param>
/// <param name="split">Which of them; it must not be empty.</param>
sealed class HoldOut(Dataset data, Split split)
{
    readonly int[] _rows = data.RowsOf(split) is { Length: > 0 } rows ? rows : throw Fault.NoSamples(split.ToString(), data.Reference.Root);

    public Dataset Data => data;

    /// <summary>Names of the classes that have samples.</summary>
    public IReadOnlyList<string> Labels => [.. _rows.Select(data.LabelAt).Distinct().Select(label => data.Classes[label])];

    /// <summary>Where the samples come from.</summary>
    public string Name => $"{data.Reference.Root} ({split})";

    /// <summary>SHA-256 over content hash and label of every sample, sorted, whatever files are called and however classes are ordered; lower-case hexadecimal.</summary>
    public string Hash()
    {
        var labels = data.Classes.Select(name => SHA256.HashData(Encoding.UTF8.GetBytes(name))).ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[][] samples = [.. _rows.Select(row => (byte[])[.. data.HashAt(row), .. labels[data.LabelAt(row)]])];
        Array.Sort(samples, (one, other) => one.AsSpan().SequenceCompareTo(other));
        foreach (var sample in samples) hash.AppendData(sample);
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>
    /// The rows that neither model has learned from, nor been chosen by, each content once. Of copies with different labels at
    /// least one is wrong, and nobody knows which: none of them counts, so that the order of rows changes nothing.
    /// </summary>
    /// <param name="champion">What the champion learned from; null where that is not known.</param>
    /// <param name="challenger">What the challenger learned from; null where that is not known.</param>
    public (int[] Rows, LeftOutSamples LeftOut) Kept(TrainingHashes? champion, TrainingHashes? challenger)
    {
        int ours = 0, oursText = 0, theirs = 0, theirsText = 0, chose = 0, choseOther = 0, contradicting = 0, repeated = 0;
        var (labels, several, kept) = (new Dictionary<string, int>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new List<(int Row, string Content)>());
        foreach (var row in _rows)
            if (champion?.HasContent(data.HashAt(row)) == true) ours++;
            else if (challenger?.HasContent(data.HashAt(row)) == true) theirs++;
            else if (data is TextDataset && champion?.HasText(data.ItemAt(row)) == true) oursText++;
            else if (data is TextDataset && challenger?.HasText(data.ItemAt(row)) == true) theirsText++;
            else if (IsChosenBy(champion, row)) chose++;
            else if (IsChosenBy(challenger, row)) choseOther++;
            else
            {
                var content = Convert.ToHexString(data.HashAt(row));
                if (!labels.TryAdd(content, data.LabelAt(row)) && labels[content] != data.LabelAt(row)) several.Add(content);
                kept.Add((row, content));
            }
        var (rows, seen) = (new List<int>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (row, content) in kept)
            if (several.Contains(content)) contradicting++;
            else if (!seen.Add(content)) repeated++;
            else rows.Add(row);
        return ([.. rows], new()
        {
            ChampionTraining = ours, ChampionTrainingText = oursText, ChallengerTraining = theirs, ChallengerTrainingText = theirsText,
            ChampionValidation = chose, ChallengerValidation = choseOther, Contradicting = contradicting, Repeated = repeated,
        });
    }

    // Whoever judges on validation samples is warned, and else would have none.
    bool IsChosenBy(TrainingHashes? model, int row) => split != Split.Validation && model is not null
        && (model.HasValidationContent(data.HashAt(row)) || (data is TextDataset && model.HasValidationText(data.ItemAt(row))));

    /// <summary>What a model learned from, and what there is to say of that knowledge.</summary>
    /// <param name="model">Of a run or a package.</param>
    /// <param name="role">Champion or challenger.</param>
    /// <param name="workspace">Of runs and caches.</param>
    /// <param name="cancel">Checked for every file.</param>
    public static (TrainingHashes? Hashes, string? Warning) LearnedBy(TrainedModel model, string role, string workspace, CancellationToken cancel)
    {
        if (model.TrainingHashes is { } kept) return (kept, null);
        try
        {
            // A run of a version that kept nothing: its data may still be there.
            var own = model.OwnData(workspace, null, cancel);
            return (TrainingHashes.Of(own, cancel), model.IsOtherThanLearned(own)
                ? $"The {role}'s data at '{own.Reference.Root}' have changed since it learned from them, and it does not say which they were: samples that it has seen may be among those it was judged on." : null);
        }
        catch (FineTuneException unknown)
        {
            return (null, $"It is not known what the {role} learned from, so samples that it has seen may be among those it was judged on: {unknown.Message}");
        }
    }
}
