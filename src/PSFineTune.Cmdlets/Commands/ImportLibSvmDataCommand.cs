using System.Management.Automation;
using PSFineTune.Text;
using PSFineTune.Text.LibSvm;

namespace PSFineTune.Cmdlets;

/// <summary>Reads labelled samples from a file in LIBSVM's sparse format.</summary>
/// <remarks>A line is a sample: its label, then index:value, indices ascending from 1; what follows a # is a comment. A malformed line is an error with its number that says what was expected. Of the samples only values that are not 0 are kept, so a file of a million texts fits in memory.</remarks>
/// <example>
/// <code>$sparse = Import-LibSvmData ./tickets.svm; $sparse.LabelCounts</code>
/// The samples of each label.
/// </example>
/// <example>
/// <code>(Import-LibSvmData ./tickets.svm).Samples() | Where-Object Label -eq 2 | Select-Object -First 3</code>
/// Single samples, with their indices and values.
/// </example>
/// <example>
/// <code>Get-Item ./tickets.svm | Import-LibSvmData | Export-LibSvmData ./copy.svm</code>
/// Files from the pipeline.
/// </example>
[Cmdlet(VerbsData.Import, "LibSvmData", DefaultParameterSetName = "Path"), OutputType(typeof(SparseDataset))]
public sealed class ImportLibSvmDataCommand : ImportCmdlet
{
    private protected override object Read(string path) => LibSvmFile.Read(path, Cancelled);
}
