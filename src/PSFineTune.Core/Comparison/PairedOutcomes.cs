using System.Runtime.InteropServices;
using PSFineTune.Metrics;

namespace PSFineTune.Comparison;

/// <summary>What two models said of the same labelled samples; all that a comparison needs to know of them.</summary>
/// <param name="classes">Of either model or of a sample; labels and predictions are indexes into it.</param>
sealed class PairedOutcomes(IReadOnlyList<string> classes)
{
    readonly Dictionary<(int Label, int Champion, int Challenger), int> _cells = [];

    public IReadOnlyList<string> Classes => classes;

    /// <summary>Samples.</summary>
    public int Count { get; private set; }

    /// <summary>Both have the same weights.</summary>
    public bool SameWeights { get; init; }

    /// <summary>Classes that the champion knows and the challenger does not.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    public void Add(int label, int champion, int challenger, int count = 1)
    {
        if (count == 0) return;
        CollectionsMarshal.GetValueRefOrAddDefault(_cells, (label, champion, challenger), out _) += count;
        Count += count;
    }

    /// <summary>Those with samples, label after label, whatever the order the samples came in.</summary>
    public PairedCell[] Cells =>
        [.. _cells.Select(cell => new PairedCell(cell.Key.Label, cell.Key.Champion, cell.Key.Challenger, cell.Value)).OrderBy(cell => cell.Label).ThenBy(cell => cell.Champion).ThenBy(cell => cell.Challenger)];

    /// <summary>Who is right where, of one class or of all.</summary>
    public PairedCounts CountsOf(int? label = null)
    {
        int both = 0, champion = 0, challenger = 0, neither = 0;
        foreach (var cell in _cells.Where(cell => label is null || cell.Key.Label == label))
            switch (cell.Key.Champion == cell.Key.Label, cell.Key.Challenger == cell.Key.Label)
            {
                case (true, true): both += cell.Value; break;
                case (true, false): champion += cell.Value; break;
                case (false, true): challenger += cell.Value; break;
                default: neither += cell.Value; break;
            }
        return new() { BothRight = both, OnlyChampion = champion, OnlyChallenger = challenger, BothWrong = neither, PValue = PairedTest.Chance(champion, challenger) };
    }

    /// <summary>Of the champion and of the challenger.</summary>
    public (Margins Champion, Margins Challenger) Margins()
    {
        (Margins Champion, Margins Challenger) margins = (new(classes.Count), new(classes.Count));
        foreach (var ((label, champion, challenger), count) in _cells)
        {
            margins.Champion.Add(label, champion, count);
            margins.Challenger.Add(label, challenger, count);
        }
        return margins;
    }
}

/// <summary>Samples of one class of which both models said the same two things.</summary>
readonly record struct PairedCell(int Label, int Champion, int Challenger, int Count);
