namespace PSFineTune.Data;

/// <summary>One labelled item of a dataset; made when asked for, a dataset holds columns.</summary>
public abstract record Sample
{
    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public string Id { get; init; } = "";

    /// <summary>Class name.</summary>
    public string Label { get; init; } = "";

    public Split Split { get; init; }

    /// <summary>What must not straddle splits, such as a patient or a product; null where none was asked for.</summary>
    public string? Group { get; init; }

    /// <summary>What a model is given: a file's full path, or a text.</summary>
    internal abstract string Item { get; }

    /// <summary>What else is known of it: the manifest's further columns, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

/// <summary>A labelled image file.</summary>
public sealed record ImageSample : Sample
{
    /// <summary>Full path.</summary>
    public string Path { get; init; } = "";

    internal override string Item => Path;
}

/// <summary>A labelled text.</summary>
public sealed record TextSample : Sample
{
    /// <summary>Trimmed; lines end in \n.</summary>
    public string Text { get; init; } = "";

    /// <summary>Full path of the file it was read from.</summary>
    public string Path { get; init; } = "";

    /// <summary>Where it begins in that file, from 1.</summary>
    public int Line { get; init; }

    internal override string Item => Text;
}
