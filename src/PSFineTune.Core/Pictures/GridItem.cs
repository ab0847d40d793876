using System.Globalization;
using PSFineTune.Attributions;
using PSFineTune.Audit;
using PSFineTune.Augment;

namespace PSFineTune.Pictures;

/// <summary>An image file or a text to show, and what is known of it.</summary>
/// <param name="Path">Full path; "" for a text.</param>
sealed record GridItem(string Path)
{
    /// <summary>What it is; null where that is not known.</summary>
    public string? Label { get; init; }

    /// <summary>What a model says it is; null where none was asked.</summary>
    public string? Predicted { get; init; }

    /// <summary>Probability of what the model says, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>A text of the user's own, in place of what is known.</summary>
    public string? Text { get; init; }

    /// <summary>Whether anything stands above the picture.</summary>
    public bool Captioned { get; init; } = true;

    /// <summary>Drawn edits to show it with; null shows it as it is.</summary>
    public AugmentDraw? Draw { get; init; }

    /// <summary>What a model found where in the image; of a text the text itself, with or without what its words add. Null for an image as it is.</summary>
    public Attribution? Attribution { get; init; }

    /// <summary>It is a text, not an image.</summary>
    public bool IsText => Attribution?.Text is not null;

    /// <summary>What it is known by: its path or its text.</summary>
    public string Key => Attribution?.Text ?? Path;

    /// <summary>What an audit has found of it, or of it and what stands beside it; null for nothing.</summary>
    public AuditFinding? Finding { get; init; }

    /// <summary>Where the text begins in the file that a finding names, from 1; null for an image, or where no one text is meant.</summary>
    public int? Line { get; init; }

    /// <summary>Whether something may be wrong with the file itself: what cannot be shown leaves its cell empty and is no error then.</summary>
    public bool IsFinding => Finding is not null;

    /// <summary>A place where nothing is shown.</summary>
    public static GridItem Blank { get; } = new("") { Captioned = false };

    public bool IsBlank => Path.Length == 0;

    /// <summary>What stands in the next cell, in one row with it; null for nothing.</summary>
    public GridItem? Beside { get; init; }

    /// <summary>Whether the model is right; null where that cannot be said.</summary>
    public bool? Right => Label is not null && Predicted is not null ? Label == Predicted : null;

    /// <summary>Null for none.</summary>
    public string? Title => !Captioned ? null : Text ?? Asked ?? (Right is false ? $"{Label}, taken for {Predicted}" : Said ?? Label);

    // Another class than the model's was asked for.
    string? Asked => Attribution is { Label.Length: > 0 } asked && asked.Label != Predicted ? string.Create(CultureInfo.InvariantCulture, $"for {asked.Label} {asked.Confidence:p0}") : null;

    string? Said => Predicted is null ? null : Confidence is { } sure ? string.Create(CultureInfo.InvariantCulture, $"{Predicted} {sure:p0}") : Predicted;

    /// <summary>One item of each file or text that came in more than once, where one says what it is and another what a model takes it for.</summary>
    public static IReadOnlyList<GridItem> Joined(IReadOnlyList<GridItem> items, IReadOnlyDictionary<string, string> labels)
    {
        var known = items.Where(item => item is { Label: not null, Predicted: null }).DistinctBy(item => item.Key).ToDictionary(item => item.Key, item => item.Label!);
        var judged = items.Where(item => item.Predicted is not null).Select(item => item.Key).ToHashSet();
        return [.. from item in items
                   where item.Predicted is not null || !(known.ContainsKey(item.Key) && judged.Contains(item.Key))
                   select item.Predicted is null ? item : item with { Label = item.Label ?? known.GetValueOrDefault(item.Key) ?? labels.GetValueOrDefault(item.Key) }];
    }
}
