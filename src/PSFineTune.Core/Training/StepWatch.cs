namespace PSFineTune.Training;

/// <summary>What is looked at after every step: the count of live tensors, and what the process holds.</summary>
sealed class StepWatch
{
    readonly TensorWatch _tensors = new();
    readonly MemoryWatch _memory = new();

    /// <inheritdoc cref="TensorWatch.Restart"/>
    public void Restart() => _tensors.Restart();

    /// <exception cref="FineTuneException">TensorsGrow, MemoryGrows.</exception>
    public void Check(int step)
    {
        _tensors.Check(step);
        _memory.Check(step, Environment.WorkingSet);
    }
}
