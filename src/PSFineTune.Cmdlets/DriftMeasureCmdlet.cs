using System.Management.Automation;
using PSFineTune.Drift;

namespace PSFineTune.Cmdlets;

/// <summary>How a comparison is judged, and how it is told.</summary>
public abstract class DriftMeasureCmdlet : DriftCmdlet
{
    /// <summary>Share of false alarms, over both tests together, above 0 and below 1: at 0.01 one check in a hundred of samples that did not change says Drifted by chance.</summary>
    [Parameter]
    public double Level { get; set; } = 0.01;

    /// <summary>The least effect that counts as drift, 0 or above: however sure a difference, it is Stable where all of its interval is smaller. Without it 0.005, about what photos turned by ten degrees differ by, and of texts by their terms or characters 0.002.</summary>
    [Parameter]
    public double? MinimumEffect { get; set; }

    /// <summary>The least Cramér's V that counts as a shift of the classes, 0 or above.</summary>
    [Parameter]
    public double MinimumLabelEffect { get; set; } = 0.1;

    /// <summary>Divisions of the pooled samples that p-values are counted from.</summary>
    [Parameter]
    public int Permutations { get; set; } = 1000;

    /// <summary>With fewer samples on either side the verdict is Inconclusive.</summary>
    [Parameter]
    public int MinimumCount { get; set; } = 50;

    /// <summary>Of more samples so many are drawn a side, up to 5000; time and memory grow by the square of it.</summary>
    [Parameter]
    public int MaximumCount { get; set; } = 1000;

    /// <summary>How many of the samples that lie farthest from the reference Farthest lists.</summary>
    [Parameter, ValidateRange(0, 1000)]
    public int Top { get; set; } = 9;

    /// <summary>Draws other permutations, and other samples where there are more than MaximumCount.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    private protected DriftSettings Settings() => new()
    {
        Level = Level, MinimumEffect = MinimumEffect, MinimumLabelEffect = MinimumLabelEffect, Permutations = Permutations,
        MinimumCount = MinimumCount, MaximumCount = MaximumCount, Top = Top, Seed = Seed,
    };

    private protected void Tell(IEnumerable<DriftStep> steps)
    {
        foreach (var step in steps)
            if (step.Result is { } drift) WriteObject(drift);
            else if (step.Fault is { } fault) WriteFault(fault);
            else WriteProgress(new(8142, "Comparing", $"{step.What}: {step.Done} of {step.Count}") { PercentComplete = (int)(100L * step.Done / Math.Max(1, step.Count)) });
    }
}
