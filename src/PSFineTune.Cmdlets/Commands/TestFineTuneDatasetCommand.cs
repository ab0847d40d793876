using System.Management.Automation;
using PSFineTune.Audit;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>Looks for what is wrong with training data: files that do not decode, copies, leaks between splits, labels in conflict, classes that are missing.</summary>
/// <remarks>Each finding is one object with a severity, the file, what was found and what to do; see docs/audit.md for the rules. Every image is decoded to its end. No file is changed. A folder is audited also where an import refuses it. Pipe findings to Show-ImageGrid to look at them, and give them to -Exclude of an import or a plan to leave their files out.</remarks>
/// <example>
/// <code>$data | Test-FineTuneDataset</code>
/// All that is found in data that were imported, the gravest first.
/// </example>
/// <example>
/// <code>$bad = Test-FineTuneDataset ./photos -MinimumSeverity Error; $clean = Import-ImageDataset ./photos -Exclude $bad</code>
/// Leaves out files that cannot be read, leaks, and pictures under two labels.
/// </example>
/// <example>
/// <code>if (-not (Test-FineTuneDataset ./photos -Quiet)) { Write-Warning 'Look at the data before training.' }</code>
/// The first lines of a scheduled script.
/// </example>
/// <example>
/// <code>Test-FineTuneDataset $data -Rule *Duplicate*, Leaked* | Export-Csv findings.csv</code>
/// Only some rules, as a list for -Exclude.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "FineTuneDataset", DefaultParameterSetName = "Path"), OutputType(typeof(AuditFinding), typeof(bool))]
public sealed class TestFineTuneDatasetCommand : AuditCmdlet
{
    /// <summary>Data from Import-ImageDataset or Import-TextDataset.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Dataset")]
    public Dataset Dataset { get; set; } = null!;

    /// <summary>A folder of images, or a file or folder of texts; wildcards allowed. Splits are those that an import with its defaults makes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Path"), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken as it is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath"), Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    protected override void Process()
    {
        if (ParameterSetName == "Dataset") Tell(Audit.Run(Dataset));
        else foreach (var path in Path.SelectMany(FilesOf).Concat(LiteralPath.Select(GetUnresolvedProviderPathFromPSPath))) Tell(Audit.Run(path));
    }
}
