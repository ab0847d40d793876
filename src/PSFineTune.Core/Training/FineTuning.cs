using System.Runtime.InteropServices;
using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Ledger;

namespace PSFineTune.Training;

/// <summary>One run of a plan in a workspace, whatever kind of model it is.</summary>
static class FineTuning
{
    const int Failed = 1, Stopped = 130;

    /// <summary>How long a process that is told to end waits for its last checkpoint.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Refuses what can be told to fail before anything is read or started.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="data">The plan's data where they are at hand.</param>
    /// <param name="options">How to carry it out.</param>
    /// <exception cref="FineTuneException">As <see cref="PlanCheck.Refuse"/>.</exception>
    public static void Check(TrainingPlan plan, Dataset? data, RunOptions options)
    {
        options.Validate();
        if (plan.Model is not { } model) throw NoModel();
        PlanCheck.Settings(plan);
        PlanCheck.Device(plan);
        if (data is not null) PlanCheck.Refuse(plan, data, model.Tensors(data.Classes.Count));
    }

    /// <param name="plan">What to run.</param>
    /// <param name="data">The plan's data where they are at hand; null to read them from where the plan says.</param>
    /// <param name="workspace">Folder of runs and caches.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Stops within one step.</param>
    /// <param name="options">How to carry it out; null for the defaults.</param>
    public static IEnumerable<TrainEvent> Run(
        TrainingPlan plan, Dataset? data, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel, RunOptions? options = null)
    {
        options ??= new();
        options.Validate();
        if (plan.Model is not { } model) throw NoModel();
        using var gate = RunGate.Enter();
        var past = options.Resume ? RunFolder.NewestOf(workspace, plan) : null;
        // What is finished is so for its own data: those that changed are another run's.
        if (past?.Record is { IsFinished: true } old && IsOfOtherData(old, data?.Fingerprint ?? plan.Dataset?.Fingerprint)) past = null;
        if (past?.Record is { IsFinished: true } finished)
        {
            yield return new Noted($"The run '{finished.Id}' of this plan is finished.");
            yield return new RunDone(finished);
            yield break;
        }
        data ??= plan.Dataset?.Open(workspace, progress, cancel) ?? throw Fault.BadPlanSetting("Dataset", null, "a dataset from Import-ImageDataset");
        if (past is not null) PlanCheck.SameData(past.Record, data);

        var folder = past ?? RunFolder.Create(workspace, DateTimeOffset.UtcNow);
        using var own = RunGate.Own(folder.Path);
        var trace = new RunTrace(folder, options.TensorBoard);
        using var ended = new ManualResetEventSlim();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // A service manager ends a process so: the run stops as by Ctrl+C, and the process then ends as it would have.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
        {
            stop.Cancel();
            ended.Wait(s_patience);
        });
        // Whoever pulls may stop pulling, for Ctrl+C or for reasons of its own: only what training itself throws is a failure.
        var exitCode = Stopped;
        try
        {
            // Where it is judged later, whether it has seen a sample before must be known, though its data be gone.
            if (!TrainingHashes.AreIn(folder.Path)) TrainingHashes.Of(data, stop.Token).Write(folder.Path);
            using var events = model.Train(plan, data, folder, options, stop.Token).GetEnumerator();
            while (Next(events))
            {
                if (trace.See(events.Current) is { } wrong) yield return wrong;
                if (events.Current is RunDone done) foreach (var word in Entered(done.Record)) yield return word;
                yield return events.Current;
            }
        }
        finally
        {
            if (Close(folder, exitCode) is { } unfinished) Annotate(folder, unfinished, Entered(unfinished));
            ended.Set();
        }

        List<Noted> Entered(RunRecord record)
        {
            var words = new List<Noted>();
            if (options.InLedger) RunEntry.Add(record, workspace, options.Script, word => words.Add(new(word, IsWarning: true)));
            return words;
        }

        bool Next(IEnumerator<TrainEvent> events)
        {
            try
            {
                return events.MoveNext();
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                exitCode = Failed;
                throw;
            }
        }
    }

    static bool IsOfOtherData(RunRecord run, string? fingerprint) => fingerprint is { Length: > 0 } now && run.Plan.Dataset?.Fingerprint is { Length: > 0 } then && then != now;

    static FineTuneException NoModel() => Fault.BadPlanSetting("Model", null, "an architecture, see Get-ModelArchitecture");

    // A run that ended early says so in its record; where even that cannot be written, the fault that ended it is what counts.
    static RunRecord? Close(RunFolder folder, int exitCode)
    {
        try
        {
            if (!folder.HasRecord) Directory.Delete(folder.Path, recursive: true);
            else if (folder.Record is { Finished: null } record) return folder.Record = record with { Finished = DateTimeOffset.UtcNow, ExitCode = exitCode };
        }
        catch (Exception wrong) when (wrong is FineTuneException or IOException or UnauthorizedAccessException)
        {
        }
        return null;
    }

    // Nobody pulls any more, so that a warning of the ledger has its place in the record.
    static void Annotate(RunFolder folder, RunRecord record, List<Noted> words)
    {
        try
        {
            if (words.Count > 0) folder.Record = record with { Notes = [.. record.Notes, .. words.Select(word => word.Message)] };
        }
        catch (FineTuneException)
        {
        }
    }
}
