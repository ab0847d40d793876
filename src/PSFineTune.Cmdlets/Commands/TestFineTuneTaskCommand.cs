using System.Management.Automation;
using PSFineTune.Tasks;

namespace PSFineTune.Cmdlets;

/// <summary>Reads a task's settings file and says what each stage will do, and all that is wrong with it.</summary>
/// <remarks>Nothing is written, trained or opened but the settings. The form of the file is in task.schema.json of the module: an editor that is given it completes and checks while one types.</remarks>
/// <example>
/// <code>Test-FineTuneTask ./clothing.task.json</code>
/// One line a stage.
/// </example>
/// <example>
/// <code>Test-FineTuneTask ./clothing.task.json | Where-Object Passed -EQ $false | Format-List Setting, Message, Action</code>
/// What is wrong, and what to do.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTuneTask ./clothing.task.json -Quiet)) { Write-Warning 'Correct the settings before the night.' }</code>
/// A check in a script.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTuneTask"), OutputType(typeof(TaskCheck), typeof(bool))]
public sealed class TestFineTuneTaskCommand : TaskFileCmdlet
{
    /// <summary>Only whether the task can run.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process()
    {
        var checks = TaskCheck.Of(SettingsPath);
        if (Quiet) WriteObject(checks.All(check => check.Passed));
        else WriteObject(checks, enumerateCollection: true);
    }
}
