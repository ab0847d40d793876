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
public sealed class ImportFineTuneModelCommand : ImportCmdlet
{
    private protected override object Read(string path) => PackageFile.Open(path).Package;
}
