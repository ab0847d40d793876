using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Opens a .psft package: every hash is checked, and what is inside is shown.</summary>
/// <remarks>Nothing in a package is executed. A damaged, truncated or newer file is one clear error.</remarks>
/// <example>
/// <code>Import-FineTuneModel ./clothing.psft</code>
/// What the package holds.
/// </example>
/// <example>
/// <code>$model = Import-FineTuneModel ./clothing.psft; Get-ChildItem ./incoming | Invoke-Prediction -Model $model</code>
/// Opened once, used for many photos.
/// </example>
/// <example>
/// <code>(Import-FineTuneModel ./clothing.psft).Plan | Get-ModelLayer head</code>
/// How it was trained.
/// </example>
[Cmdlet(VerbsData.Import, "FineTuneModel", DefaultParameterSetName = "Path"), OutputType(typeof(ModelPackage))]
public sealed class ImportFineTuneModelCommand : FineTuneCmdlet
{
    /// <summary>Package files; wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Package files, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected override void Process()
    {
        foreach (var path in ParameterSetName == "Path" ? Path.SelectMany(path => FilesOf(path)) : LiteralPath.Select(path => GetUnresolvedProviderPathFromPSPath(path))) Open(path);
    }

    // A file that is no whole package is an error of its own; the others come out.
    void Open(string path)
    {
        try
        {
            WriteObject(PackageFile.Open(path).Package);
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }
}
