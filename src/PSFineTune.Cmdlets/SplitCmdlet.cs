using System.Management.Automation;
using PSFineTune.Data;

namespace PSFineTune.Cmdlets;

/// <summary>How samples are found and split, by one name for every cmdlet that imports them.</summary>
public abstract class SplitCmdlet : ExcludingCmdlet
{
    /// <summary>Share of the samples that validate, above 0 and below 1. Decided by each sample's content, so adding files moves no old one; every class has at least one. Does not count where a validation folder or a split column tells.</summary>
    [Parameter]
    public double ValidationFraction { get; set; } = 0.2;

    /// <summary>Share of the samples kept for the final test; 1 makes a hold-out set that trains nothing. Does not count where folders or a split column tell validation or test.</summary>
    [Parameter]
    public double TestFraction { get; set; }

    /// <summary>Regular expression on the path below the root, parts joined by '/'. Samples with one first capture group, or one match, share a split: all photos of a patient, a product, a day.</summary>
    [Parameter]
    public string? GroupPattern { get; set; }

    /// <summary>Draws other splits of the same samples.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>Folder of the cache of content hashes; the default is $env:PSFINETUNE_WORKSPACE, else a PSFineTune folder in the user's data directory.</summary>
    [Parameter]
    public string? Workspace { get; set; }

    /// <summary>The settings with everything about the split, and what is left out.</summary>
    private protected T WithSplit<T>(T settings) where T : DatasetReference =>
        WithExclusions(settings with { ValidationFraction = ValidationFraction, TestFraction = TestFraction, GroupPattern = GroupPattern, Seed = Seed });
}
