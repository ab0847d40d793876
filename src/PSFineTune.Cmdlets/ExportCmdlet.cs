using System.Management.Automation;
using PSFineTune.Packaging;
using PSFineTune.Training;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that writes a file, whole or not at all, and replaces none that it is not told to.</summary>
public abstract class ExportCmdlet : FineTuneCmdlet
{
    readonly WrittenFiles _written = new("-Path");

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = null!;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the file, or what is known of it, as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done to the file, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>The file that a given path means.</summary>
    /// <param name="path">Full path.</param>
    private protected virtual string FileOf(string path) => path;

    /// <param name="path">Full path.</param>
    private protected abstract void Write(string path);

    /// <summary>What -PassThru shows of a file that was written.</summary>
    /// <param name="path">Full path.</param>
    private protected virtual object Written(string path) => new FileInfo(path);

    protected sealed override void Process()
    {
        var given = GetUnresolvedProviderPathFromPSPath(Path);
        // Its name may get an ending; a folder's has none to get.
        if (FilePlace.EndsAsFolder(Path)) throw Fault.FileNameWanted(given, "-Path");
        var path = FileOf(given);
        if (Directory.Exists(path)) throw Fault.FileNameWanted(path, "-Path");
        if (!ShouldProcess(path, Action)) return;
        _written.Require(path, Force);
        Write(path);
        _written.Add(path);
        if (PassThru) WriteObject(Written(path));
    }

    /// <exception cref="FineTuneException">SourceIsTarget: the path is one of the files.</exception>
    private protected void RefuseOver(string path, IEnumerable<string> sources) => _written.RefuseOver(path, sources);
}

/// <summary>One that may have to run a trained model.</summary>
public abstract class RunningExportCmdlet : ExportCmdlet
{
    /// <summary>Let the TorchScript program run that a model of TorchScriptBackbone holds: code with the rights of this account. Without it such a model is refused.</summary>
    [Parameter]
    public SwitchParameter AllowCode { get; set; }

    private protected override bool AllowsCode => AllowCode;
}

/// <summary>One that writes a trained model.</summary>
public abstract class ModelExportCmdlet : RunningExportCmdlet
{
    /// <summary>A run, a run's id, a package or its path, or store:name.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>Which weights of a run: Best or Last; without it those that its recipe keeps.</summary>
    [Parameter]
    public ModelChoice? Checkpoint { get; set; }

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    /// <summary>Of an adapter package: the file of weights that it is added to, of any name, or the folder that has it. Without it one of the same bytes is looked for beside the package and in the folder of saved weights, $env:PSFINETUNE_WEIGHTS.</summary>
    [Parameter]
    public string? BaseWeights { get; set; }

    /// <summary>Whether what is written has all that the model's own package has, and so may take its place.</summary>
    private protected virtual bool IsPackage => false;

    private protected sealed override void Write(string path)
    {
        var trained = TrainedModel.From(Given(Model), WorkspacePath(Workspace), Checkpoint, FullPath(BaseWeights));
        RefuseOver(path, trained.PackagePath is { } package && !IsPackage ? trained.Sources.Append(package) : trained.Sources);
        Write(trained, path);
    }

    /// <param name="trained">The model.</param>
    /// <param name="path">Full path; none of its files.</param>
    private protected abstract void Write(TrainedModel trained, string path);
}
