using System.Collections.Specialized;

namespace PSFineTune.Packaging;

/// <summary>A class and how probable the model holds it.</summary>
public sealed record LabelScore
{
    public string Label { get; init; } = "";

    /// <summary>Probability, 0 to 1.</summary>
    public double Score { get; init; }
}

/// <summary>What a model says about one image or text.</summary>
public sealed record Prediction
{
    /// <summary>The image's file, full path; null for a text.</summary>
    public string? Path { get; init; }

    /// <summary>The text; null for an image.</summary>
    public string? Text { get; init; }

    /// <summary>The most probable class.</summary>
    public string Label { get; init; } = "";

    /// <summary>Probability of <see cref="Label"/>, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>The most probable classes, most probable first.</summary>
    public IReadOnlyList<LabelScore> Scores { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The terms of the text that decided most, for the class or against it; empty for an image.</summary>
    public IReadOnlyList<TermWeight> Terms { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The label's row of the label data in the package, by column; null where the package has none.</summary>
    public OrderedDictionary? LabelData { get; init; }

    /// <summary>The version of the model in its store; null where it is from none. A long pipeline follows the store, so it may change.</summary>
    public int? ModelVersion { get; init; }

    /// <param name="classes">Class i has probability i.</param>
    /// <param name="probabilities">One a class, summing to 1.</param>
    /// <param name="top">How many scores to keep, above 0; of equal ones the earlier class comes first.</param>
    /// <param name="data">Has a row for every class.</param>
    internal static Prediction From(IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities, int top, LabelData? data = null)
    {
        var values = probabilities.ToArray();
        var best = Enumerable.Range(0, values.Length).OrderByDescending(index => values[index]).ThenBy(index => index).Take(top)
            .Select(index => new LabelScore { Label = classes[index], Score = values[index] }).ToList();
        return new() { Label = best[0].Label, Confidence = best[0].Score, Scores = best, LabelData = data?.Of(best[0].Label) };
    }
}
