using PSFineTune.Data;
using PSFineTune.Packaging;

namespace PSFineTune.Training;

/// <summary>Compares what is on the disk of a run with what the run says of it. Changes nothing in the run.</summary>
/// <param name="folder">Of the run.</param>
sealed class RunInspection(RunFolder folder)
{
    readonly List<RunFinding> _findings = [];

    /// <param name="folder">Of the run.</param>
    /// <param name="workspace">Of the content-hash cache.</param>
    /// <param name="progress">Of reading the data; called on the calling thread.</param>
    /// <param name="cancel">Checked for every file.</param>
    public static RunCheck Of(RunFolder folder, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var inspection = new RunInspection(folder);
        if (inspection.Try("Record", FindingSeverity.Error, () => folder.Record) is { } record)
        {
            inspection.Checkpoints(record);
            inspection.Data(record, workspace, progress, cancel);
            inspection.SourceWeights(record.Plan);
        }
        return new()
        {
            Run = folder.Id, Path = folder.Path, Findings = inspection._findings,
            Intact = inspection._findings.All(finding => finding.Severity == FindingSeverity.Information),
        };
    }

    void Checkpoints(RunRecord record)
    {
        if (record.ExitCode != 0)
            Add("Unfinished", FindingSeverity.Information, $"The run is not complete ({RunState.Of(folder, DateTimeOffset.UtcNow).End ?? "it goes on"}).", "Go on with Invoke-FineTune -Resume.");
        foreach (var checkpoint in folder.Checkpoints())
            if (Checkpoint.Flaw(checkpoint) is { } flaw) Add("Checkpoint", FindingSeverity.Error, flaw);
            else Weights(checkpoint);
        // Where one is damaged, an older one would be compared.
        if (record.WeightsHash.Length == 0 || _findings.Any(finding => finding.Rule == "Checkpoint") || Try("Weights", FindingSeverity.Error, () => Kept(record)) is not { } kept) return;

        var written = Checkpoint.RecordOf(kept);
        if (written.WeightsHash != record.WeightsHash)
            Add("Weights", FindingSeverity.Error, $"The record says that the weights are {record.WeightsHash}, and those of '{kept}' are {written.WeightsHash}.", "Restore the run from a backup, or train again.");
        if (PlanHash.Of(written.Plan) != PlanHash.Of(record.Plan) || written.Threads != record.Threads)
            Add("Plan", FindingSeverity.Error, $"The record has another plan or thread count than '{kept}' was written with.", "Take the record that lies in the checkpoint, or restore the run from a backup.");
    }

    // The manifest vouches for the file; the hash that everybody quotes is that of the tensors in it.
    void Weights(string checkpoint)
    {
        var (said, found) = (Checkpoint.RecordOf(checkpoint).WeightsHash, Try("Weights", FindingSeverity.Error, () => Checkpoint.WeightsHashOf(checkpoint)));
        if (found is not null && found != said)
            Add("Weights", FindingSeverity.Error, $"The weights in '{checkpoint}' are {found}, and its record says {said}.", "Restore the run from a backup, or train again.");
    }

    string Kept(RunRecord record) => record.ExitCode == 0 ? Checkpoint.Of(folder, record, record.Plan.Keep) : Checkpoint.Newest(folder);

    void Data(RunRecord record, string workspace, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (record.Plan.Dataset is not { } then || Try("Data", FindingSeverity.Warning, () => then.Open(workspace, progress, cancel)) is not { } now) return;
        if (now.Fingerprint != then.Fingerprint)
            Add("Data", FindingSeverity.Warning, $"The data at '{then.Root}' are not those that the run learned from: files were added, removed, changed or moved.", "Put the data back as they were to repeat the run.");
    }

    void SourceWeights(TrainingPlan plan)
    {
        if (plan.Weights is not { } weights || weights == TrainingPlan.EmbeddedWeights || Try("SourceWeights", FindingSeverity.Warning, () => WeightsFile.Sha256(weights)) is not { } now) return;
        if (plan.WeightsSha256 is { } then && then != now) Add("SourceWeights", FindingSeverity.Warning, Fault.WeightsChanged(weights));
    }

    T? Try<T>(string rule, FindingSeverity severity, Func<T> look) where T : class
    {
        try
        {
            return look();
        }
        catch (FineTuneException fault)
        {
            Add(rule, severity, fault);
            return null;
        }
    }

    void Add(string rule, FindingSeverity severity, FineTuneException fault) => Add(rule, severity, fault.Message, fault.RecommendedAction ?? "");

    void Add(string rule, FindingSeverity severity, string message, string action) =>
        _findings.Add(new() { Rule = rule, Severity = severity, Message = message, Action = action });
}
