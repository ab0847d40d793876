using System.Management.Automation;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>A cmdlet that judges a trained model on labelled samples.</summary>
public abstract class JudgingCmdlet : TrainedCmdlet
{
    /// <summary>The samples, from Import-ImageDataset or Import-TextDataset; the model's own without it and without a path of others.</summary>
    [Parameter]
    public Dataset? Dataset { get; set; }

    /// <summary>Which samples: Train, Validation or Test. The default is Validation of a dataset and Test of a path.</summary>
    [Parameter]
    public Split? Split { get; set; }

    /// <summary>Accuracy with so many guesses; numbers above the count of classes are left out.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int[] TopK { get; set; } = [1, 3, 5];

    /// <summary>Metadata columns: the samples of each of their values are judged by themselves, too. Texts of a file come with the columns that are named here; other samples have those of Import-TextDataset -MetadataColumn, or of the manifest of images.</summary>
    [Parameter]
    public string[] SliceBy { get; set; } = [];

    /// <summary>Fit a temperature on the model's own validation samples first, so that a probability says how often the model is right; no class is chosen otherwise for it. Nothing is stored: Export-FineTuneModel -Calibrate does that.</summary>
    [Parameter]
    public SwitchParameter Calibrate { get; set; }

    /// <summary>How often samples are drawn again for the intervals; 0 for none.</summary>
    [Parameter, ValidateRange(0, 100000)]
    public int Resamples { get; set; } = 2000;

    /// <summary>Of these draws: the same seed, the same intervals.</summary>
    [Parameter]
    public int Seed { get; set; } = 42;

    /// <summary>Average over several views of an image: 2 for it and its mirror image, a pipeline for it and four draws of that, more than 2 for it and draws of the pipeline the model was trained with, or @{ Views = 8; Augment = pipeline }.</summary>
    [Parameter, ToTestTimeAugmentation]
    public TestTimeAugmentation? TestTimeAugmentation { get; set; }

    /// <param name="model">As the user gave it.</param>
    /// <param name="folder">Full path of other samples; null for the dataset, or the model's own.</param>
    /// <param name="top">How many mistakes and confused pairs.</param>
    /// <param name="examples">Of each cell of the confusion matrix.</param>
    private protected Evaluation Judge(object model, string? folder, int top, int examples)
    {
        if (Dataset is not null && folder is not null) throw Fault.DatasetAndPath(folder);
        var trained = Open(model).Seeing(TestTimeAugmentation);
        var choice = new DataChoice(Dataset, folder, Split) { Metadata = SliceBy, Calibrate = Calibrate };
        var judged = JudgedData.For(trained, choice, WorkspacePath(Workspace), new ShownProgress(this), Cancelled);
        foreach (var warning in judged.Warnings) WriteWarning(warning);
        var options = new EvaluationOptions { Top = top, Examples = examples, TopK = TopK, Resamples = Resamples, Seed = Seed, SliceBy = SliceBy };
        foreach (var (done, count, _, evaluation) in Judgement.Of(trained, judged, options, Cancelled))
            if (evaluation is not null) return evaluation;
            else WriteProgress(new(8142, "Measuring", $"{done} of {count}") { PercentComplete = (int)(100L * done / count) });
        throw new InvalidOperationException("A judgement ends with what it found.");
    }
}
