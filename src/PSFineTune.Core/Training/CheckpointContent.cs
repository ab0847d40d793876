namespace PSFineTune.Training;

/// <summary>What a run has shown by some step.</summary>
/// <param name="Record">With every epoch that is over.</param>
/// <param name="Position">Where it is.</param>
/// <param name="Losses">Of every step, for whoever compares two runs.</param>
sealed record CheckpointContent(RunRecord Record, RunPosition Position, float[] Losses);
