using System.Security.Cryptography;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Packaging;

/// <summary>
/// Several views of a sample, whose class probabilities are averaged: first the plain one, then its mirror image where there
/// are two and no pipeline, else draws of a pipeline. What is drawn depends on the sample's content and the view alone.
/// </summary>
public sealed record TestTimeAugmentation
{
    const int Most = 64;

    /// <summary>With the plain one; 1 is no augmentation.</summary>
    public int Views { get; init; } = 5;

    /// <summary>What the views after the plain one are drawn from; without it the mirror image for 2 views, and for more the pipeline that the model was trained with. Ops that mix samples do nothing.</summary>
    public AugmentPipeline? Augment { get; init; }

    /// <summary>The same with the pipeline that a model's views are drawn from; null where there is nothing but the plain view.</summary>
    /// <exception cref="FineTuneException">BadPlanSetting, InvalidOpSetting.</exception>
    internal TestTimeAugmentation? For(TrainingPlan plan)
    {
        PlanCheck.Require(Views is >= 0 and <= Most, "TestTimeAugmentation", Views, $"0 (off) to {Most} views, or a pipeline");
        if (Views <= 1) return null;
        PlanCheck.Require(plan.TextPipeline is null, "TestTimeAugmentation", Views, "left out: a text has no other views");
        var augment = Augment ?? (Views == 2 ? new() { Ops = [new RandomHorizontalFlip { P = 1 }] } : plan.Augment);
        PlanCheck.Require(augment.Ops.Count > 0, "TestTimeAugmentation", Views, "2, or a pipeline: the model was trained without one");
        augment.Validate();
        return this with { Augment = augment };
    }

    /// <summary>Whose randomness the views of a file are: its content's, not its name's.</summary>
    internal static DrawKey KeyOf(string file) => new(0, 0, RandomStream.SampleKey(SHA256.HashData(ImageFile.Read(file))));
}
