namespace PSFineTune.Training;

/// <summary>Where one run keeps its record, log and checkpoints.</summary>
sealed class RunFolder
{
}
