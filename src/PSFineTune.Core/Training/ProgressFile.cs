namespace PSFineTune.Training;

/// <summary>progress.json in a run's folder: a sign of life. Renamed into place but not flushed, for it is worth nothing after a power cut.</summary>
static class ProgressFile
{
    public const string Name = "progress.json";

    /// <summary>Whether it could be written; a run does not fail for want of it.</summary>
    public static bool Write(string folder, RunProgress progress)
    {
        var path = Path.Combine(folder, Name);
        var beside = $"{path}.{Environment.ProcessId:x}.tmp";
        try
        {
            File.WriteAllText(beside, PlanJson.Write(progress));
            File.Move(beside, path, overwrite: true);
            return true;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Null where there is none, or none that can be read.</summary>
    public static RunProgress? Read(string folder)
    {
        try
        {
            return PlanJson.Read<RunProgress>(File.ReadAllText(Path.Combine(folder, Name)));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FineTuneException)
        {
            return null;
        }
    }
}
