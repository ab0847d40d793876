namespace PSFineTune.Training;

/// <summary>
/// How large training images are in each epoch: small ones first, which take less time and teach what is coarse
/// (progressive learning, Tan and Le 2021, https://arxiv.org/abs/2104.00298).
/// </summary>
static class ProgressiveSize
{
    /// <summary>Networks halve their input several times: sides between the first and the last are whole multiples of this.</summary>
    const int Step = 16;

    /// <summary>Side of the training images in each stage, pixels: epochs, or the cached views that epochs take turns with.</summary>
    /// <param name="plan">With its preprocessing.</param>
    /// <param name="stages">1 or more.</param>
    public static IReadOnlyList<int> Of(TrainingPlan plan, int stages)
    {
        var full = plan.Preprocessing!.InputSize;
        var first = plan.StartImageSize ?? full;
        return [.. Enumerable.Range(0, stages - 1).Select(stage => first + (full - first) * stage / (stages - 1) / Step * Step), full];
    }

    /// <summary>The share of a full image's pixels that an image has: about its share of the time.</summary>
    public static double ShareOf(int side, int full) => (double)side * side / full / full;

    /// <summary>The mean share of a full image's pixels that a plan's training images have.</summary>
    public static double ShareOf(TrainingPlan plan) => Of(plan, plan.CachedViews > 0 ? plan.CachedViews : plan.Epochs).Average(side => ShareOf(side, plan.Preprocessing!.InputSize));
}
