using System.Management.Automation;
using PSFineTune.Locking;
using PSFineTune.Tasks;

namespace PSFineTune.Cmdlets;

/// <summary>Carries out a retraining from its settings file: lock, audit, drift, plan, train, measure, compare, publish, ledger, report, notify.</summary>
/// <remarks>Writes one TaskOutcome with an ExitCode, whatever happens, so that a scheduler sees what came of the night: 0 published, 10 trained and held, 20 data rejected, 21 drifted, 30 locked, 40 out of memory or disk, 50 settings, files or libraries, 60 something is not what its hash or signature says, 130 stopped, 1 unexpected. The published model changes only where the outcome is Published. What goes wrong is in the outcome and a warning, not an error. -WhatIf says what each stage would do. See about_PSFineTune_ExitCodes and docs/operating.md of the module.</remarks>
/// <example>
/// <code>(Invoke-FineTuneTask ./clothing.task.json).ExitCode</code>
/// What a scheduled script ends with: exit (Invoke-FineTuneTask ./clothing.task.json -SetExitCode).ExitCode
/// </example>
/// <example>
/// <code>Invoke-FineTuneTask ./clothing.task.json -JsonLine | Add-Content nights.jsonl</code>
/// The outcome as one line of JSON, for whatever collects logs.
/// </example>
/// <example>
/// <code>$outcome = Invoke-FineTuneTask ./clothing.task.json -Force -Reason 'The labels of the hold-out were corrected.'</code>
/// Publishes whatever is trained; who, when and why are in the ledger and in the store.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "FineTuneTask", SupportsShouldProcess = true), OutputType(typeof(TaskOutcome), typeof(TaskCheck), typeof(string))]
public sealed class InvokeFineTuneTaskCommand : TaskFileCmdlet
{
    /// <summary>The process ends with the outcome's exit code when the script is over, also where the task is stopped. It closes the session: for scheduled scripts.</summary>
    [Parameter]
    public SwitchParameter SetExitCode { get; set; }

    /// <summary>Write the outcome as one line of JSON and not as an object.</summary>
    [Parameter]
    public SwitchParameter JsonLine { get; set; }

    /// <summary>Promote whatever is trained, once; needs -Reason.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Why it is forced.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>What to do where the task runs already: Fail, Wait or Skip; without it what the settings say.</summary>
    [Parameter]
    public LockPolicy? IfLocked { get; set; }

    protected override void Process()
    {
        if (Force && string.IsNullOrWhiteSpace(Reason)) throw Fault.ForceWithoutReason();
        if (!ShouldProcess(SettingsPath, "Carry out the retraining")) WriteObject(TaskCheck.Of(SettingsPath), enumerateCollection: true);
        else Tell(new TaskNarrator(this).Follow(TaskRun.At(SettingsPath, new(SettingsPath, CallingScript, TimeProvider.System, Force ? Reason : null, IfLocked), Cancelled)));
    }

    void Tell(TaskOutcome outcome)
    {
        if (SetExitCode) Host.SetShouldExit(outcome.ExitCode);
        Cancelled.ThrowIfCancellationRequested();
        WriteObject(JsonLine ? PlanJson.WriteLine(outcome) : outcome);
        if (outcome.Result != TaskResult.Published) WriteWarning($"{outcome.Reason} {outcome.Action}".TrimEnd());
    }
}
