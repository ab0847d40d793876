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
[Cmdlet(VerbsData.Import, "LibSvmData", DefaultParameterSetName = "Path"), OutputType(typeof(SparseDataset))]
public sealed class ImportLibSvmDataCommand : FineTuneCmdlet
{
    /// <summary>Files of samples; wildcards give one dataset for each file they match.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files of samples, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected override void Process()
    {
        foreach (var path in Path.SelectMany(FilesOf).Concat(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))) Read(path);
    }

    // A file that is none is an error of its own; the others come out.
    void Read(string path)
    {
        try
        {
            WriteObject(LibSvmFile.Read(path, Cancelled));
        }
        catch (FineTuneException fault)
        {
            WriteFault(fault);
        }
    }
}
