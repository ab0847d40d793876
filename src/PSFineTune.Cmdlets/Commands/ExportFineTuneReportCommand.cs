using System.Management.Automation;
using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Reports;

namespace PSFineTune.Cmdlets;

/// <summary>Writes all there is to know about a run as one page: verdict, data, plan, curves, confusion, classes, mistakes, calibration, hashes.</summary>
/// <remarks>The page needs no network and no other file, loads nothing and names no folder of this machine, so it can be mailed; it holds small pictures or parts of texts of the data. The model is judged anew. What cannot be had, such as data that are gone, is said, and the rest is written.</remarks>
/// <example>
/// <code>$run | Export-FineTuneReport ./report.html</code>
/// A run on the test samples of its own data, or on its validation samples where there are none.
/// </example>
/// <example>
/// <code>Export-FineTuneReport ./both.html -Run $run -Compare $source -Force</code>
/// Two runs side by side, and the samples that one gets right and the other wrong.
/// </example>
/// <example>
/// <code>Export-FineTuneReport ./new -Run ./clothing.psft -Dataset (Import-ImageDataset ./new -TestFraction 1) -Title 'Clothing, new photos' -Force -PassThru</code>
/// A package on other pictures.
/// </example>
[Cmdlet(VerbsData.Export, "FineTuneReport", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportFineTuneReportCommand : RunningExportCmdlet
{
    /// <summary>A run: its record, id or folder; or a package or its path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), Alias("Model", "Id")]
    public object Run { get; set; } = null!;

    /// <summary>Another run or package, judged on the same samples and set beside the first.</summary>
    [Parameter]
    public object? Compare { get; set; }

    /// <summary>The samples, from Import-ImageDataset or Import-TextDataset; without it those of the run.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>Which samples are judged: Train, Validation or Test. Without it Test, or Validation where there are no test samples.</summary>
    [Parameter]
    public Split? Split { get; set; }

    /// <summary>What Test-FineTuneDataset has found in the data; without it they are audited now, and with an empty list not at all.</summary>
    [Parameter, ToFindings, AllowEmptyCollection]
    public AuditFinding[]? Finding { get; set; }

    /// <summary>Above the page; model and id of the run without it.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Folder of runs; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    private protected override string Action => "Write report";

    private protected override string FileOf(string path) => ReportFile.Named(path);

    private protected override void Write(string path) => ReportFile.Write(path, new ReportNarrator(this).Follow(
        new() { Run = GivenRun(Run), Compare = Compare is null ? null : GivenRun(Compare), Workspace = WorkspacePath(Workspace), Dataset = Dataset, Split = Split, Findings = Finding, Title = Title }, Cancelled));
}
