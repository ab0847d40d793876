using System.Management.Automation;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;

namespace PSFineTune.Cmdlets;

/// <summary>Writes labelled samples as a file in LIBSVM's sparse format.</summary>
/// <remarks>A line is a sample: its label, then index:value of every value that is not 0, indices ascending from 1. svm-train, LIBLINEAR and scikit-learn's load_svmlight_file read it, and Import-LibSvmData reads back the same numbers. The file is written beside and renamed, so a reader never sees half of it.</remarks>
/// <example>
/// <code>Import-LibSvmData ./tickets.svm | Export-LibSvmData ./plain.svm</code>
/// The same samples without comments, each number in its shortest form.
/// </example>
/// <example>
/// <code>$sparse | Export-LibSvmData ./train.svm -Force -PassThru | Get-FileHash</code>
/// Over an older file, with its hash.
/// </example>
/// <example>
/// <code>$texts | ConvertTo-LibSvmData | Export-LibSvmData ./words.svm</code>
/// The terms of texts as numbers.
/// </example>
[Cmdlet(VerbsData.Export, "LibSvmData", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportLibSvmDataCommand : ExportCmdlet
{
    /// <summary>The samples, from Import-LibSvmData or ConvertTo-LibSvmData.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public SparseDataset InputObject { get; set; } = null!;

    private protected override string Action => "Export samples";

    private protected override void Write(string path) => LibSvmFile.Write(InputObject, path, Cancelled);
}
