using PSFineTune.Models;
using PSFineTune.Packaging;

namespace PSFineTune.Training;

/// <summary>
/// A run's state on disk: a folder of parts and a manifest written last. The folder is made beside and renamed, so one
/// that has its final name and whose manifest verifies is whole.
/// </summary>
static class Checkpoint
{
    public const string WeightsName = "model.safetensors";

    const int Kept = 2;

    /// <summary>Writes the state after an epoch, then removes older checkpoints but the newest two and the best.</summary>
    public static void Write(RunFolder folder, int epoch, Classifier network, RunRecord record)
    {
        var final = folder.CheckpointPath(epoch);
        var beside = final + ".tmp";
        try
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            Directory.CreateDirectory(beside);
            Safetensors.WriteFile(Path.Combine(beside, WeightsName), network.Store(), new Dictionary<string, string>([PreprocessingNote.Write(record.Plan.Preprocessing!)]));
            DurableFile.WriteText(Path.Combine(beside, RunFolder.RecordName), PlanJson.Write(record));
            PartManifest.Write(beside, [(WeightsName, "weights"), (RunFolder.RecordName, "record")]);
            if (Directory.Exists(final)) Directory.Delete(final, recursive: true);
            Directory.Move(beside, final);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(final, wrong);
        }
        finally
        {
            Remove(beside);
        }
        Retain(folder, record);
    }

    /// <summary>The newest checkpoint of a run that verifies.</summary>
    /// <exception cref="FineTuneException">RunHasNoWeights.</exception>
    public static string Newest(RunFolder folder) =>
        folder.Checkpoints().FirstOrDefault(Verifies) ?? throw Fault.NoWeights(folder.Id, folder.Path);

    /// <summary>The run as it was when the checkpoint was made: the description that fits its weights.</summary>
    public static RunRecord RecordOf(string checkpoint) => RunFolder.ReadRecord(checkpoint);

    public static void Load(string checkpoint, Classifier network) =>
        network.Load(Safetensors.ReadFile(Path.Combine(checkpoint, WeightsName)).Tensors, keepHead: true, checkpoint);

    // One that was cut off or damaged is passed over for the one before it.
    static bool Verifies(string checkpoint)
    {
        try
        {
            PartManifest.Read(checkpoint);
            return true;
        }
        catch (FineTuneException)
        {
            return false;
        }
    }

    static void Retain(RunFolder folder, RunRecord record)
    {
        var best = folder.CheckpointPath(record.Epochs.MaxBy(epoch => epoch.Accuracy)!.Epoch);
        foreach (var old in folder.Checkpoints().Skip(Kept).Where(path => path != best)) Remove(old);
    }

    // What cannot be removed now, because a scanner holds it, is no reason to end a run.
    static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
        }
    }
}
