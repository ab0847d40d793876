using System.Globalization;
using System.Text;
using PSFineTune.Packaging;

namespace PSFineTune.Training;

/// <summary>Where one run keeps its record, log and checkpoints: {workspace}/runs/{id}. Each file is whole or not there.</summary>
sealed class RunFolder(string path)
{
    public const string RecordName = "record.json";

    readonly StringBuilder _log = new(KeptLog(path));

    public string Path => path;

    public string Id => System.IO.Path.GetFileName(path);

    /// <summary>A new folder; ids sort by time, to the millisecond.</summary>
    public static RunFolder Create(string workspace, DateTimeOffset now)
    {
        var id = $"{now.UtcDateTime.ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..4]}";
        var folder = System.IO.Path.Combine(workspace, "runs", id);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(folder, wrong);
        }
        return new(folder);
    }

    public static bool Exists(string workspace, string id) => File.Exists(System.IO.Path.Combine(workspace, "runs", id, RecordName));

    /// <exception cref="FineTuneException">NoSuchRun.</exception>
    public static RunFolder Find(string workspace, string id) =>
        Exists(workspace, id) ? new(System.IO.Path.Combine(workspace, "runs", id)) : throw Fault.NoSuchRun(id, workspace);

    /// <summary>Newest first.</summary>
    public static IEnumerable<RunFolder> All(string workspace) =>
        Directory.Exists(System.IO.Path.Combine(workspace, "runs"))
            ? Directory.EnumerateDirectories(System.IO.Path.Combine(workspace, "runs"))
                .Where(folder => File.Exists(System.IO.Path.Combine(folder, RecordName)))
                .OrderByDescending(folder => folder, StringComparer.Ordinal).Select(folder => new RunFolder(folder))
            : [];

    /// <summary>The newest run of the same plan, finished or not; null where there is none. Records that cannot be read are passed over.</summary>
    /// <param name="workspace">Where runs lie.</param>
    /// <param name="plan">Whatever state its data are in.</param>
    /// <param name="also">What else must hold of the run; null for nothing.</param>
    public static RunFolder? NewestOf(string workspace, TrainingPlan plan, Predicate<RunRecord>? also = null)
    {
        var hash = PlanHash.Of(plan);
        return All(workspace).FirstOrDefault(folder =>
        {
            try
            {
                var record = folder.Record;
                return PlanHash.Of(record.Plan) == hash && also?.Invoke(record) != false;
            }
            catch (FineTuneException)
            {
                return false;
            }
        });
    }

    public bool HasRecord => File.Exists(RecordPath);

    public RunRecord Record
    {
        get => ReadRecord(path);
        set => DurableFile.WriteText(RecordPath, PlanJson.Write(value));
    }

    /// <summary>The record in a run's folder or in one of its checkpoints.</summary>
    /// <exception cref="FineTuneException">NewerSchema, DamagedRecord, CannotRead.</exception>
    public static RunRecord ReadRecord(string folder)
    {
        var file = System.IO.Path.Combine(folder, RecordName);
        try
        {
            var json = File.ReadAllText(file);
            PartManifest.CheckSchema(json, RunRecord.NewestSchema, file);
            return PlanJson.Read<RunRecord>(json) with { Path = folder };
        }
        catch (FineTuneException wrong) when (wrong.Id is "InvalidJson" or "DamagedPackage")
        {
            throw Fault.DamagedRecord(file, wrong);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(file, wrong);
        }
    }

    /// <summary>Adds a line to log.jsonl.</summary>
    public void Log<T>(T line)
    {
        _log.Append(PlanJson.WriteLine(line)).Append('\n');
        DurableFile.WriteText(System.IO.Path.Combine(path, "log.jsonl"), _log.ToString());
    }

    /// <summary>Checkpoints that are complete by name, newest first; each is verified when it is opened.</summary>
    public IEnumerable<string> Checkpoints() => Directory.Exists(CheckpointsPath)
        ? Directory.EnumerateDirectories(CheckpointsPath, "epoch-*").Where(folder => !folder.EndsWith(".tmp", StringComparison.Ordinal)).OrderByDescending(folder => folder, StringComparer.Ordinal)
        : [];

    /// <summary>Names sort by age: epochs that are over, then steps into the next.</summary>
    public string CheckpointPath(int epochs, int stepInNext = 0) => System.IO.Path.Combine(CheckpointsPath,
        string.Create(CultureInfo.InvariantCulture, $"epoch-{epochs:0000}") + (stepInNext == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-step-{stepInNext:0000000}")));

    /// <summary>Of the disk that a folder is on; null where the system does not say.</summary>
    public static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(System.IO.Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception silent) when (silent is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What was learned from the training samples besides weights.</summary>
    public string PartsPath => System.IO.Path.Combine(path, "parts");

    /// <summary>Decoded images that the runs of a workspace share.</summary>
    public string CanvasesPath => System.IO.Path.GetFullPath(System.IO.Path.Combine(path, "..", "..", "cache", "canvases"));

    /// <summary>What frozen layers make of samples, which the runs of a workspace share.</summary>
    public string OutputsPath => OutputsIn(System.IO.Path.Combine(path, "..", ".."));

    /// <summary>As <see cref="OutputsPath"/>, of a workspace that need not be there.</summary>
    public static string OutputsIn(string workspace) => System.IO.Path.GetFullPath(System.IO.Path.Combine(workspace, "cache", "outputs"));

    // Of a run that goes on: its lines so far.
    static string KeptLog(string path)
    {
        var file = System.IO.Path.Combine(path, "log.jsonl");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    string CheckpointsPath => System.IO.Path.Combine(path, "checkpoints");

    string RecordPath => System.IO.Path.Combine(path, RecordName);
}
