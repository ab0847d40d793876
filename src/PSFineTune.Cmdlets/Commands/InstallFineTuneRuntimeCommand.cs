using System.Management.Automation;
using PSFineTune.Runtimes;

namespace PSFineTune.Cmdlets;

/// <summary>Brings the tensor library (libtorch) that the module computes with, or downloads it for a machine without a network.</summary>
/// <remarks>Packages come from the NuGet sources that are configured for the machine and the user, or from -Source: the index.json of a feed, or a folder of packages. They and their SHA-256 belong to the version of the module; nothing is unpacked that does not have its hash. Libraries are unpacked beside and the folder is renamed when all is there; a download that broke off is gone on with. Those for CUDA are not vouched for and need -Hash or -AllowUnpinned. Versions of the module that need the same library share it.</remarks>
/// <example>
/// <code>Install-FineTuneRuntime</code>
/// For this machine and account, from the NuGet sources that are configured.
/// </example>
/// <example>
/// <code>Install-FineTuneRuntime -DownloadOnly -Destination ./bundle -Runtime win-x64</code>
/// On a machine with a network: the packages and a SHA256SUMS file, to be carried to one without.
/// </example>
/// <example>
/// <code>Install-FineTuneRuntime -Source ./bundle -PassThru</code>
/// On the machine without: installs what was carried there.
/// </example>
/// <example>
/// <code>Install-FineTuneRuntime -Accelerator cuda -AllowUnpinned -WhatIf</code>
/// What would be fetched for an NVIDIA GPU.
/// </example>
[Cmdlet(VerbsLifecycle.Install, "FineTuneRuntime", DefaultParameterSetName = "Install", SupportsShouldProcess = true), OutputType(typeof(FineTuneRuntime))]
public sealed class InstallFineTuneRuntimeCommand : NuGetCmdlet
{
    /// <summary>What computes; the default is that of a driver which this machine has where all its packages are vouched for, else cpu, with a warning that names the command for the other.</summary>
    [Parameter(Position = 0), ArgumentCompleter(typeof(AcceleratorNames))]
    public string? Accelerator { get; set; }

    /// <summary>The platform; the default is this machine's.</summary>
    [Parameter, ArgumentCompleter(typeof(PlatformNames))]
    public string Runtime { get; set; } = RuntimeFolders.ThisMachine;

    /// <summary>Folder to download the packages to, or to install under; the default is then $env:PSFINETUNE_RUNTIME, or where that is not set the account's own. In any other folder a library is found only where that variable names it.</summary>
    [Parameter(ParameterSetName = "Download", Mandatory = true), Parameter(ParameterSetName = "Install")]
    public string? Destination { get; set; }

    /// <summary>For this account, or for all of the machine, which takes an administrator.</summary>
    [Parameter(ParameterSetName = "Install"), ValidateSet("CurrentUser", "AllUsers")]
    public string Scope { get; set; } = "CurrentUser";

    /// <summary>Only download the packages, with their hashes.</summary>
    [Parameter(ParameterSetName = "Download", Mandatory = true)]
    public SwitchParameter DownloadOnly { get; set; }

    /// <summary>Install again what is there, such as when it was damaged.</summary>
    [Parameter(ParameterSetName = "Install")]
    public SwitchParameter Force { get; set; }

    protected override void Process()
    {
        var request = Request(EntryOf(Runtime, Accelerator), RuntimeFolders.Root(FullPath(Destination), Scope == "AllUsers"), Force) with { IsShared = Scope == "AllUsers" };
        if (!ShouldProcess(DownloadOnly ? request.Root : request.Target, request.Summary(DownloadOnly))) return;
        var runtime = DownloadOnly ? new RuntimeInstaller(request).Download(Cancelled) : new RuntimeInstaller(request).Install(Cancelled);
        if (!DownloadOnly && RuntimeFolders.Note(request.Root) is { } note) WriteWarning(note);
        if (PassThru) WriteObject(runtime);
    }
}
