namespace PSFineTune.Attributions;

/// <summary>Where in one image, or at which words of one text, a model finds what it says.</summary>
public sealed record Attribution
{
    /// <summary>The image's file, full path; null for a text from no file.</summary>
    public string? Path { get; init; }

    /// <summary>The text; null for an image.</summary>
    public string? Text { get; init; }

    /// <summary>The class that is explained.</summary>
    public string Label { get; init; } = "";

    /// <summary>The class that the model says: <see cref="Label"/> unless another one was asked for.</summary>
    public string Predicted { get; init; } = "";

    /// <summary>What the sample is, where that is known; null otherwise.</summary>
    public string? TrueLabel { get; init; }

    /// <summary>Probability of <see cref="Label"/>, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>How it was computed: a name of the catalog of attribution methods.</summary>
    public string Method { get; init; } = "";

    /// <summary>The layer group whose output was looked at; null for a method that looks at none.</summary>
    public string? Layer { get; init; }

    /// <summary>Of an image; null for a text.</summary>
    public HeatMap? Heat { get; init; }

    /// <summary>Of a text, in its order; empty for an image.</summary>
    public IReadOnlyList<WordWeight> Words { get; init => field = value.ToIndexable(); } = [];
}

/// <summary>How much each part of an image speaks for a class.</summary>
public sealed record HeatMap
{
    /// <summary>Columns.</summary>
    public int Width { get; init; }

    /// <summary>Rows.</summary>
    public int Height { get; init; }

    /// <summary>Row after row from the top, 0 (nothing) to 1 (the most of this image); all 0 where nothing speaks for the class.</summary>
    public IReadOnlyList<float> Values { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The part of the upright image that the model was shown and the map covers, in shares of its width and height: 0 to 1.</summary>
    public double Left { get; init; }

    /// <inheritdoc cref="Left"/>
    public double Top { get; init; }

    /// <inheritdoc cref="Left"/>
    public double Right { get; init; } = 1;

    /// <inheritdoc cref="Left"/>
    public double Bottom { get; init; } = 1;

    public override string ToString() => $"{Width} x {Height}";
}

/// <summary>A word of a text, and what it adds to the class.</summary>
public sealed record WordWeight
{
    /// <summary>As it stands in the text.</summary>
    public string Word { get; init; } = "";

    /// <summary>Index of its first character in the text.</summary>
    public int From { get; init; }

    /// <summary>What it adds to the decision for the class, below 0 where it speaks against it.</summary>
    public double Weight { get; init; }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Word} {Weight:+0.000;-0.000;0}");
}
