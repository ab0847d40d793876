namespace PSFineTune.Training.Samplers;

/// <summary>Which samples an epoch trains on, and in what order: a pure function of seed and epoch.</summary>
public abstract record SamplerSpec
{
    /// <summary>Rows of one epoch, as many as there are training samples.</summary>
    /// <param name="rows">Of the training samples.</param>
    /// <param name="labelOf">A row's class.</param>
    /// <param name="random">Of this epoch.</param>
    internal abstract int[] Order(int[] rows, Func<int, int> labelOf, RandomStream random);
}
