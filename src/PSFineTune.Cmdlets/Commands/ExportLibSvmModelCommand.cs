using System.Management.Automation;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained Svm as a model file of LIBSVM, which svm-predict runs.</summary>
/// <remarks>Labels are the places of the classes, from 0, and columns those of the terms, from 1: ConvertTo-LibSvmData -Model makes texts into such numbers. Coefficients are rounded to 32 bits, as packages keep them.</remarks>
/// <example>
/// <code>$kernel | Export-LibSvmModel ./words.model</code>
/// For svm-predict words.test words.model predicted.
/// </example>
[Cmdlet(VerbsData.Export, "LibSvmModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportLibSvmModelCommand : TrainedCmdlet
{
    /// <summary>A run, a run's id, or a package or its path, of Svm.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Model { get; set; } = null!;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = null!;

    /// <summary>Replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the file as output.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Export LIBSVM model")) return;
        if (!Force && File.Exists(path)) throw Fault.FileExists(path);
        Text.LibSvm.LibSvmModel.Write(Open(Model).Machine(), path);
        if (PassThru) WriteObject(new FileInfo(path));
    }
}
