using System.Management.Automation;
using PSFineTune.Comparison;
using PSFineTune.Data;
using PSFineTune.Ledger;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>How a challenger is compared with a champion, and how that is told.</summary>
public abstract class ComparingCmdlet : TrainedCmdlet
{
    /// <summary>The hold-out, from Import-ImageDataset or Import-TextDataset; the challenger's own data without it and without a path of others.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>Which samples: Train, Validation or Test. Without it Test where there are any, else Validation.</summary>
    [Parameter]
    public Split? Split { get; set; }

    /// <summary>Accuracy, of which every sample counts the same, or MacroF1, of which every class does.</summary>
    [Parameter]
    public ComparedMetric Metric { get; set; }

    /// <summary>What the challenger has to show: Superiority, that it is better, or NonInferiority, that it is not worse by the margin.</summary>
    [Parameter]
    public ComparisonMode Mode { get; set; }

    /// <summary>Above 0 and below 0.5, two-sided: at 0.05 intervals are of 95 %, and at most about one in forty is promoted of models as good as each other, or with -Mode NonInferiority of models that are worse by the margin.</summary>
    [Parameter]
    public double Level { get; set; } = 0.05;

    /// <summary>How often samples are drawn again for the intervals.</summary>
    [Parameter]
    public int Resamples { get; set; } = 10_000;

    /// <summary>Of these draws: the same seed, the same intervals.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>By how much the recall of a class may fall, and with -Mode NonInferiority the metric; above 0 and below 1.</summary>
    [Parameter]
    public double Margin { get; set; } = 0.05;

    /// <summary>Fewer samples, once those that leak are left out, promote nothing.</summary>
    [Parameter]
    public int MinimumSamples { get; set; } = 30;

    /// <summary>Where there is no champion yet: what the lower end of the challenger's interval must reach, 0 to 1.</summary>
    [Parameter]
    public double? MinimumMetric { get; set; }

    /// <summary>Promote only where it is shown of every class that its recall did not fall by the margin.</summary>
    [Parameter]
    public SwitchParameter RequireEveryClass { get; set; }

    /// <summary>How probable it is to be that the smallest detectable gain is shown where it is there, 0.5 to below 1.</summary>
    [Parameter]
    public double Power { get; set; } = 0.8;

    /// <summary>From so many pairs of models decided on one hold-out on it is warned of.</summary>
    [Parameter]
    public int ManyUses { get; set; } = 10;

    /// <summary>What the HoldOutHash of the comparison must be: another is an error, for then the hold-out is not the frozen one.</summary>
    [Parameter]
    public string? HoldOutHash { get; set; }

    /// <summary>Promote the challenger whatever is found, which FoundVerdict still says; needs -Reason.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Why it is forced; it stays with the verdict.</summary>
    [Parameter]
    public string? Reason { get; set; }

    private protected ComparisonSettings Settings() => Reason is not null && !Force ? throw Fault.ReasonWithoutForce() : new()
    {
        Metric = Metric, Mode = Mode, Level = Level, Resamples = Resamples, Seed = Seed, Margin = Margin, MinimumSamples = MinimumSamples, MinimumMetric = MinimumMetric,
        RequireEveryClass = RequireEveryClass, Power = Power, ManyUses = ManyUses, HoldOutHash = HoldOutHash, ForceReason = Force ? Reason ?? "" : null,
    };

    /// <param name="champion">As the user gave it; null for none.</param>
    /// <param name="challenger">As the user gave it.</param>
    /// <param name="folder">Full path of other samples; null for the dataset, or the challenger's own.</param>
    private protected ModelComparison Compare(object? champion, object challenger, string? folder)
    {
        if (Dataset is not null && folder is not null) throw Fault.DatasetAndPath(folder);
        var (settings, one, other, workspace) = (Settings(), champion is null ? null : Open(champion), Open(challenger), WorkspacePath(Workspace));
        settings.Validate();
        var judged = JudgedData.For(other, new(Dataset, folder, Split), workspace, new ShownProgress(this), Cancelled);
        foreach (var warning in judged.Warnings) WriteWarning(warning);
        settings = settings with { CountUse = ShouldProcess(judged.Data.Reference.Root, "Count as a use of this hold-out") };
        foreach (var step in ModelComparing.Of(one, other, judged.Data, Split ?? ModelComparing.SplitOf(judged.Data), settings, workspace, Cancelled))
            if (step.Result is { } found)
            {
                if (settings.CountUse) DecisionEntry.Add(DecisionEntry.Of(found, CallingScript), workspace, WriteWarning);
                return found;
            }
            else WriteProgress(new(8142, "Comparing", $"{step.What}: {step.Done} of {step.Count}") { PercentComplete = (int)(100L * step.Done / Math.Max(1, step.Count)) });
        throw new InvalidOperationException("A comparison ends with what it found.");
    }
}
