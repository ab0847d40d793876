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

    const string StateName = "state.safetensors", PositionName = "position.json", LossesName = "losses";

    const int Kept = 2;

    /// <summary>Bytes that stay free on the disk for others.</summary>
    const long Reserve = 64 << 20;

    /// <summary>Writes the state between two steps, then removes older checkpoints but the newest two and the best.</summary>
    /// <exception cref="FineTuneException">CannotWrite, DiskFull; the checkpoints before are as they were.</exception>
    public static void Write(RunFolder folder, CheckpointContent state, Learner learner) => Write(folder, state, learner.Model.Store(), learner.Store(), BytesOf(learner));

    /// <summary>The same of any model.</summary>
    /// <param name="folder">Of the run.</param>
    /// <param name="state">What the run has shown.</param>
    /// <param name="weights">Of the model.</param>
    /// <param name="more">What going on needs besides.</param>
    /// <param name="bytes">Of both, for the room on the disk.</param>
    public static void Write(RunFolder folder, CheckpointContent state, IEnumerable<StoredTensor> weights, IEnumerable<StoredTensor> more, long bytes)
    {
        var final = folder.CheckpointPath(state.Position.EpochsOf(state.Record), state.Position.StepInEpoch);
        var beside = final + ".tmp";
        CheckSpace(folder, bytes);
        try
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            Directory.CreateDirectory(beside);
            Safetensors.WriteFile(Path.Combine(beside, WeightsName), weights, PreprocessingNote.Of(state.Record.Plan.Preprocessing));
            Safetensors.WriteFile(Path.Combine(beside, StateName), more.Append(new(LossesName, StoredTensor.Single, [state.Losses.Length], System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(state.Losses).ToArray())));
            DurableFile.WriteText(Path.Combine(beside, RunFolder.RecordName), PlanJson.Write(state.Record));
            DurableFile.WriteText(Path.Combine(beside, PositionName), PlanJson.Write(state.Position));
            PartManifest.Write(beside, [(WeightsName, "weights"), (StateName, "state"), (RunFolder.RecordName, "record"), (PositionName, "position")]);
            if (Directory.Exists(final)) Directory.Delete(final, recursive: true);
            Directory.Move(beside, final);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(final, wrong);
        }
        finally
        {
            Leftovers.TryRemove(beside);
        }
        // Not the epoch that a time budget broke off: where the run goes on, that was none.
        Retain(folder, state.Position.Reopen(state.Record));
    }

    /// <summary>Refuses a disk without room for the checkpoints that are kept and the one that is written.</summary>
    /// <exception cref="FineTuneException">DiskFull.</exception>
    /// <param name="folder">Of the run.</param>
    /// <param name="bytes">Of one checkpoint.</param>
    public static void CheckSpace(RunFolder folder, long bytes)
    {
        var needed = SpaceFor(bytes, folder.Checkpoints().Count());
        if (RunFolder.FreeBytes(folder.Path) is { } free && free < needed) throw Fault.DiskFull(folder.Path, needed, free);
    }

    /// <summary>Bytes that must be free for the checkpoints that are kept and the one that is written.</summary>
    /// <param name="size">Of one checkpoint.</param>
    /// <param name="there">Checkpoints that the run has.</param>
    public static long SpaceFor(long size, int there = 0) => (Math.Max(0, Kept + 1 - there) + 1) * size + Reserve;

    /// <summary>Bytes of one checkpoint, a little more where no step is done: the optimizer makes its state in the first.</summary>
    public static long BytesOf(Learner learner) =>
        learner.Model.Specs.Sum(spec => spec.Elements) * sizeof(float) + learner.StateBytes;

    /// <summary>The newest checkpoint of a run that verifies.</summary>
    /// <exception cref="FineTuneException">RunHasNoWeights.</exception>
    public static string Newest(RunFolder folder) =>
        folder.Checkpoints().FirstOrDefault(path => Flaw(path) is null) ?? throw Fault.NoWeights(folder.Id, folder.Path);

    /// <summary>The checkpoint whose weights are the run's model; the newest where that of the best epoch is gone or damaged.</summary>
    /// <exception cref="FineTuneException">RunHasNoWeights.</exception>
    public static string Of(RunFolder folder, RunRecord run, ModelChoice choice)
    {
        var best = choice == ModelChoice.Best && run.BestEpoch is { } epoch ? folder.CheckpointPath(epoch.Epoch) : null;
        return best is not null && Directory.Exists(best) && Flaw(best) is null ? best : Newest(folder);
    }

    /// <summary>Where a run that goes on goes on from: the newest checkpoint that verifies; null where none was written yet.</summary>
    /// <param name="folder">Of the run.</param>
    /// <param name="plan">What it must be of.</param>
    /// <param name="flawed">Told of each newer one that cannot be used.</param>
    /// <exception cref="FineTuneException">The fault of the newest where none can be used; NewerSchema; OtherPlan.</exception>
    public static string? ToResume(RunFolder folder, TrainingPlan plan, Action<FineTuneException> flawed)
    {
        FineTuneException? first = null;
        foreach (var path in folder.Checkpoints())
        {
            if (Flaw(path) is not { } flaw)
                return PlanHash.Of(RecordOf(path).Plan) == PlanHash.Of(plan) ? path : throw Fault.OtherPlan(path);
            if (flaw.Id == "NewerSchema") throw flaw;
            first ??= flaw;
            flawed(flaw);
        }
        return first is null ? null : throw first;
    }

    /// <summary>The run as it was when the checkpoint was made: the description that fits its weights.</summary>
    public static RunRecord RecordOf(string checkpoint) => RunFolder.ReadRecord(checkpoint);

    public static void Load(string checkpoint, Classifier network) => network.Load(Weights(checkpoint), keepHead: true, checkpoint);

    /// <summary>Puts a learner back to where it was.</summary>
    /// <exception cref="FineTuneException">The state does not fit; the learner is as it was.</exception>
    public static CheckpointContent Load(string checkpoint, Learner learner)
    {
        var state = Safetensors.ReadFile(Path.Combine(checkpoint, StateName)).Tensors;
        var position = PositionOf(checkpoint);
        learner.Load(Weights(checkpoint), state, position.Parts, checkpoint);
        return new(RecordOf(checkpoint), position, LossesOf(state));
    }

    /// <summary>What was trained, in the form that it was trained in, where that is another than the model's: low-rank adaptation's weights and narrow matrices.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Apart(string checkpoint) => Learner.Apart(Safetensors.ReadFile(Path.Combine(checkpoint, StateName)).Tensors);

    /// <summary>The loss of every step so far.</summary>
    public static float[] Losses(string checkpoint) => LossesOf(Safetensors.ReadFile(Path.Combine(checkpoint, StateName)).Tensors);

    /// <summary>Where the run was.</summary>
    public static RunPosition PositionOf(string checkpoint) => PlanJson.Read<RunPosition>(File.ReadAllText(Path.Combine(checkpoint, PositionName)));

    /// <summary>As <see cref="Classifier.WeightsHash"/>, of the weights that are on the disk now.</summary>
    public static string WeightsHashOf(string checkpoint) => Classifier.HashOf(Weights(checkpoint).Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal));

    static float[] LossesOf(IReadOnlyDictionary<string, StoredTensor> state) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(state[LossesName].Bytes).ToArray();

    static IReadOnlyDictionary<string, StoredTensor> Weights(string checkpoint) => Safetensors.ReadFile(Path.Combine(checkpoint, WeightsName)).Tensors;

    /// <summary>What is wrong with its parts; null where they are as they were written. One that was cut off or damaged is passed over for the one before it.</summary>
    public static FineTuneException? Flaw(string checkpoint)
    {
        try
        {
            PartManifest.Read(checkpoint);
            return null;
        }
        catch (FineTuneException flaw)
        {
            return flaw;
        }
    }

    // The last that verifies is never removed: it is the newest, or the newest is damaged, and then all are kept.
    static void Retain(RunFolder folder, RunRecord record)
    {
        var best = record.BestEpoch is { } epoch ? folder.CheckpointPath(epoch.Epoch) : null;
        var old = folder.Checkpoints().Skip(Kept).Where(path => path != best).ToList();
        if (old.Count == 0 || Flaw(folder.Checkpoints().First()) is not null) return;
        foreach (var path in old) Leftovers.TryRemove(path);
    }
}
