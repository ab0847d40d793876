using System.Management.Automation;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>Removes a tensor library that Install-FineTuneRuntime has installed.</summary>
/// <remarks>Its folder goes whole or stays: on Windows one that a PowerShell process has loaded stays, and the error says so. What Install-FineTuneRuntime has not installed is refused. Other versions of the module may use the same library, so a warning names one that is installed. Runs, models and settings are untouched.</remarks>
/// <example>
/// <code>Uninstall-FineTuneRuntime -WhatIf</code>
/// What would be removed: the libraries that this version of the module asks for, for the CPU and for CUDA.
/// </example>
/// <example>
/// <code>Uninstall-FineTuneRuntime cpu -Version 0.107.0</code>
/// That of one version of TorchSharp, such as after an update of the module.
/// </example>
/// <example>
/// <code>Install-FineTuneRuntime -PassThru | Uninstall-FineTuneRuntime</code>
/// The one that was installed, wherever it is.
/// </example>
[Cmdlet(VerbsLifecycle.Uninstall, "FineTuneRuntime", DefaultParameterSetName = "Named", SupportsShouldProcess = true), OutputType(typeof(FineTuneRuntime))]
public sealed class UninstallFineTuneRuntimeCommand : FineTuneCmdlet
{
    /// <summary>What it computes on; all of them where it is left out.</summary>
    [Parameter(Position = 0, ParameterSetName = "Named"), ArgumentCompleter(typeof(AcceleratorNames))]
    public string? Accelerator { get; set; }

    /// <summary>The platform; the default is this machine's, and those of others in the same folder stay.</summary>
    [Parameter(ParameterSetName = "Named"), ArgumentCompleter(typeof(PlatformNames))]
    public string Runtime { get; set; } = RuntimeFolders.ThisMachine;

    /// <summary>Of TorchSharp; the default is the one that this version of the module asks for.</summary>
    [Parameter(ParameterSetName = "Named"), ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>Folder that it was installed under; without it the same as Install-FineTuneRuntime takes.</summary>
    [Parameter(ParameterSetName = "Named"), ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>That of this account, or of all of the machine, which takes an administrator.</summary>
    [Parameter(ParameterSetName = "Named"), ValidateSet("CurrentUser", "AllUsers")]
    public string Scope { get; set; } = "CurrentUser";

    /// <summary>Folder of an installed library, as Install-FineTuneRuntime -PassThru names it.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Write what was removed as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin() => OtherVersions.Warn(System.IO.Path.GetDirectoryName(GetType().Assembly.Location)!, WriteWarning);

    protected override void Process()
    {
        var runtimes = ParameterSetName == "Named" ? RuntimeRemoval.Find(RuntimeFolders.Root(FullPath(Destination), Scope == "AllUsers"), Runtime, Accelerator, Version)
            : Path.Select(path => Said(() => RuntimeRemoval.Of(System.IO.Path.TrimEndingDirectorySeparator(GetUnresolvedProviderPathFromPSPath(path))))).OfType<FineTuneRuntime>();
        foreach (var runtime in runtimes.ToList())
            if (ShouldProcess(runtime.Path, FormattableString.Invariant($"Remove the tensor library of TorchSharp {runtime.Version} for {runtime.Accelerator} on {runtime.Runtime}, {runtime.Bytes >> 20} MiB")) && Said(() => RuntimeRemoval.Remove(runtime, Cancelled)) is { } removed && PassThru) WriteObject(removed);
    }
}
