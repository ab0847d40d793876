namespace PSFineTune.Text;

/// <summary>How many samples have a label.</summary>
public sealed record LabelCount
{
    /// <summary>As the file has it.</summary>
    public double Label { get; init; }

    public int Count { get; init; }
}
