namespace PSFineTune.Training;

/// <summary>One parameter of a plan's model, and how the plan trains it in its first epoch.</summary>
public sealed record ModelLayer
{
    /// <summary>Layer group, such as stage1.</summary>
    public string Group { get; init; } = "";

    /// <summary>As in weight files, such as layer1.0.conv1.weight.</summary>
    public string Name { get; init; } = "";

    /// <summary>Output side first, such as 64x3x7x7.</summary>
    public string Shape { get; init; } = "";

    /// <summary>Count of numbers.</summary>
    public long Parameters { get; init; }

    public bool Trainable { get; init; }

    /// <summary>In the first epoch, before the schedule; 0 where frozen.</summary>
    public double LearningRate { get; init; }
}
