using System.Management.Automation;
using PSFineTune.Native;

namespace PSFineTune.Cmdlets;

/// <summary>Shows what works on this machine and what is missing: system and native libraries, a convolution forward and backward, GPU, image decoding, the workspace.</summary>
/// <remarks>Each check is one row with what was found and, where it failed, what to do. The files of a tensor library that Install-FineTuneRuntime has brought are compared with the hashes of when they were installed. That there is no GPU is said and is no failure. With -Quiet it is true or false.</remarks>
/// <example>
/// <code>Test-FineTuneEnvironment</code>
/// All checks.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTuneEnvironment -Quiet)) { exit 50 }</code>
/// The first line of a scheduled script.
/// </example>
/// <example>
/// <code>Test-FineTuneEnvironment | Where-Object Passed -eq $false | Select-Object Check, Detail, Action</code>
/// Only what is wrong.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTuneEnvironment"), OutputType(typeof(EnvironmentCheck), typeof(bool))]
public sealed class TestFineTuneEnvironmentCommand : FineTuneCmdlet
{
    /// <summary>Only whether everything works.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    protected override void Process()
    {
        var checks = EnvironmentCheck.Run(WorkspacePath(Workspace), Cancelled);
        if (Quiet) WriteObject(checks.All(check => check.Passed));
        else WriteObject(checks, enumerateCollection: true);
    }
}
