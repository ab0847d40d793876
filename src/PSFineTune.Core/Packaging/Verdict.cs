namespace PSFineTune.Packaging;

/// <summary>What a model says of a sample.</summary>
/// <param name="Row">Of the dataset.</param>
/// <param name="Label">The model's index of its class.</param>
/// <param name="Predicted">Index of the most probable class.</param>
/// <param name="Confidence">Its probability.</param>
readonly record struct Verdict(int Row, int Label, int Predicted, double Confidence)
{
    public bool Right => Label == Predicted;
}
