namespace PSFineTune.Metrics;

/// <summary>What was taken for what.</summary>
public sealed record Confusion
{
    /// <summary>Of rows and of columns.</summary>
    public IReadOnlyList<string> Labels { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Row r, column c: samples of class r that were predicted as class c.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Rows { get; init => field = value.ToIndexable(); } = [];
}
