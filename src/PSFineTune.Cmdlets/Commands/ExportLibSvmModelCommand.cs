using System.Management.Automation;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>Writes a trained Svm as a model file of LIBSVM, which svm-predict runs.</summary>
/// <remarks>Labels are the places of the classes, from 0, and columns those of the terms, from 1: ConvertTo-LibSvmData -Model makes texts into such numbers. Coefficients are rounded to 32 bits, as packages keep them.</remarks>
/// <example>
/// <code>$kernel | Export-LibSvmModel ./words.model</code>
/// For svm-predict words.test words.model predicted.
/// </example>
/// <example>
/// <code>Export-LibSvmModel ./words.model -Model $kernel -Force -PassThru</code>
/// Over an older file, which comes back as an object.
/// </example>
/// <example>
/// <code>Export-LibSvmModel ./words.model -Model $kernel.Id -WhatIf</code>
/// A run by its id; what would be written.
/// </example>
[Cmdlet(VerbsData.Export, "LibSvmModel", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportLibSvmModelCommand : ModelExportCmdlet
{
    private protected override string Action => "Export LIBSVM model";

    private protected override void Write(TrainedModel trained, string path) => Text.LibSvm.LibSvmModel.Write(trained.Machine(), path);
}
