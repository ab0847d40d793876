namespace PSFineTune.Data;

/// <summary>How many samples of one class each split has.</summary>
public sealed record ClassCount
{
    /// <summary>Class name.</summary>
    public string Label { get; init; } = "";

    public int Train { get; init; }

    public int Validation { get; init; }

    public int Test { get; init; }
}
