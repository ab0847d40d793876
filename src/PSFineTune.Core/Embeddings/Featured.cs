namespace PSFineTune.Embeddings;

/// <summary>What is made of one item, or why it cannot be read.</summary>
/// <param name="Item">Path or text.</param>
/// <param name="Features">Numbers that are alike for like items; null where <paramref name="Fault"/> is not.</param>
/// <param name="Scores">Class probabilities in class order; null without a trained model.</param>
/// <param name="Fault">Of this item alone.</param>
sealed record Featured(string Item, float[]? Features, float[]? Scores, FineTuneException? Fault);
