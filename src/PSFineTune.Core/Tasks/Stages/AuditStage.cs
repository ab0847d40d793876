using System.Globalization;
using PSFineTune.Audit;
using PSFineTune.Data;

namespace PSFineTune.Tasks.Stages;

/// <summary>Reads the training data and asks what is wrong with them.</summary>
sealed class AuditStage : TaskStage
{
    // The data are read in any case.
    public override bool IsSkipped(FineTuneTask task) => false;

    public override string Explain(FineTuneTask task) =>
        $"Reads the {(task.Data.IsText ? "texts" : "images")} at '{task.Data.Path}'" + (task.Audit.Skip ? "; they are not audited." : task.Audit.OnFinding switch
        {
            GateAction.Stop => $" and ends with 20 where an audit finds anything of severity {task.Audit.MinimumSeverity} or graver.",
            GateAction.Exclude => string.Create(CultureInfo.InvariantCulture, $" and leaves out what an audit finds of severity {task.Audit.MinimumSeverity} or graver; ends with 20 where that is more than {task.Audit.MaximumExcluded:0.##%} of the samples."),
            _ => " and warns of what an audit finds.",
        });

    public override IEnumerable<TaskProblem> Look(FineTuneTask task) =>
        Path.Exists(task.Data.Path) ? [] : [TaskProblem.Of("data.path", Fault.NoFolder(task.Data.Path, "sample", isFile: false))];

    public override IEnumerable<TaskEvent> Run(TaskState state, CancellationToken cancel)
    {
        var (settings, steps) = (state.Task.Audit, new ProgressQueue());
        var reference = state.Task.Data.Reference();
        foreach (var step in steps.While(() => state.Data = reference.Open(state.Workspace, steps, cancel))) yield return step;
        var data = state.Data!;
        state.Outcome = state.Outcome with { DataFingerprint = data.Fingerprint };
        var found = $"{data.Count} samples of {data.Classes.Count} classes";
        yield return new StageSaid(found);
        if (settings.Skip) yield break;

        var rules = DataAudit.Rules(settings.Rule.Count == 0 ? null : name => settings.Rule.Any(pattern => Wildcard.Matches(pattern, name)));
        var audit = new DataAudit(rules, state.Workspace, steps, cancel);
        foreach (var step in steps.While(() => state.Findings = [.. audit.Run(data).Where(finding => finding.Severity >= settings.MinimumSeverity)])) yield return step;
        var count = state.Findings.Count;
        state.Outcome = state.Outcome with { Findings = count };
        yield return new StageSaid($"{found}, {(count == 0 ? "nothing found" : Counted(count))}");
        if (count == 0) yield break;
        var first = $"{state.Findings[0].Rule}: {state.Findings[0].Message}";
        if (settings.OnFinding == GateAction.Warn) yield return new TaskWarned($"The audit has {Counted(count)}, the first {first}");
        else if (settings.OnFinding == GateAction.Stop) Reject(state, $"The audit of the data has {Counted(count)} of severity {settings.MinimumSeverity} or graver, the first {first}");
        else
            foreach (var step in Excluded(state, reference, data, steps, cancel)) yield return step;
    }

    // What is found is left out where it is little; a finding that is about no single sample cannot be left out.
    static IEnumerable<TaskEvent> Excluded(TaskState state, DatasetReference reference, Dataset all, ProgressQueue steps, CancellationToken cancel)
    {
        var without = reference.Without(state.Findings.Select(finding => new Exclusion(finding.Path, finding.Line, reference.Root, IsFinding: true)));
        foreach (var step in steps.While(() => state.Data = without.Open(state.Workspace, steps, cancel))) yield return step;
        state.Excluded = all.Count - state.Data!.Count;
        state.Outcome = state.Outcome with { Excluded = state.Excluded, DataFingerprint = state.Data.Fingerprint };
        var share = (double)state.Excluded / Math.Max(1, all.Count);
        if (share > state.Task.Audit.MaximumExcluded)
            Reject(state, string.Create(CultureInfo.InvariantCulture, $"The audit would leave out {state.Excluded} of {all.Count} samples, {share:0.##%}; at most {state.Task.Audit.MaximumExcluded:0.##%} are allowed."));
        var many = state.Findings.Where(finding => reference.Without([new(finding.Path, finding.Line, reference.Root, IsFinding: true)]).Exclude.Count == reference.Exclude.Count).ToList();
        if (many.Count > 0) Reject(state, $"{many.Count} of the findings are about no single sample that could be left out, the first {many[0].Rule}: {many[0].Message}");
        yield return new StageSaid($"{Counted(state.Findings.Count)}, {state.Excluded} of {all.Count} samples left out");
    }

    static string Counted(int findings) => findings == 1 ? "1 finding" : $"{findings} findings";

    static void Reject(TaskState state, string reason) =>
        state.End(TaskResult.DataRejected, reason, $"See all with: Test-FineTuneDataset '{state.Task.Data.Path.Replace("'", "''")}'. Mend the data, or raise audit.minimumSeverity.");
}
