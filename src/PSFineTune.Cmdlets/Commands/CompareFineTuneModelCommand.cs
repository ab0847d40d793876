using System.Management.Automation;
using PSFineTune.Comparison;

namespace PSFineTune.Cmdlets;

/// <summary>Decides whether a newly trained model is to replace the one in use: Promote, Hold or Reject, and why in one sentence.</summary>
/// <remarks>Both models answer the same hold-out; samples that either has learned from are left out. The difference is tested (of accuracy by the exact test of McNemar), has a paired bootstrap interval, and recall is compared class by class. Held is what a hold-out of this size cannot show, with the smallest gain that it could. Each decision counts as a use of its hold-out, which -WhatIf does not. The pages comparison.md of the module and about_PSFineTune_Promotion say what the rule is and how to read it.</remarks>
/// <example>
/// <code>$run | Compare-FineTuneModel -Champion ./clothing.psft -Dataset $data</code>
/// A new run against the package that is in use, on the test samples.
/// </example>
/// <example>
/// <code>if (Compare-FineTuneModel $run -Champion ./clothing.psft -Quiet) { $run | Export-FineTuneModel ./next.psft -Force }</code>
/// A scheduled script that hands on only a better model.
/// </example>
/// <example>
/// <code>$found = $run | Compare-FineTuneModel -Champion ./clothing.psft -Mode NonInferiority -Margin 0.1 -WhatIf; $found.Classes | Sort-Object Difference</code>
/// Whether it is at least not worse by a tenth, as a look that does not count, and the class that lost most first.
/// </example>
/// <example>
/// <code>Compare-FineTuneModel $run -Dataset $data -MinimumMetric 0.2 -MinimumSamples 2</code>
/// The first model of its kind, which has no champion before it and must reach a floor.
/// </example>
/// <example>
/// <code>$hash = (Compare-FineTuneModel $run -Champion ./clothing.psft -WhatIf).HoldOutHash; $run | Compare-FineTuneModel -Champion ./clothing.psft -HoldOutHash $hash -Force -Reason 'A class was renamed'</code>
/// A pinned hold-out, and a promotion that a person answers for.
/// </example>
[Cmdlet(VerbsData.Compare, "FineTuneModel", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low), OutputType(typeof(ModelComparison), typeof(bool))]
public sealed class CompareFineTuneModelCommand : ComparingCmdlet
{
    /// <summary>The new model: a run, a run's id, or a package or its path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object Challenger { get; set; } = null!;

    /// <summary>The model that is in use: a run, a run's id, or a package or its path; without it the challenger is the first.</summary>
    [Parameter(Position = 1)]
    public object? Champion { get; set; }

    /// <summary>A folder with one folder of images for each class, or a file of texts, all of which are the hold-out; of a folder with train, validation and test folders, test.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Only whether the challenger is promoted.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Process()
    {
        var found = Compare(Champion, Challenger, FullPath(Path));
        foreach (var warning in found.Warnings) WriteWarning(warning);
        WriteVerbose($"{found.Verdict}: {found.Reason}");
        WriteObject(Quiet ? found.Verdict == PromotionVerdict.Promote : found);
    }
}
