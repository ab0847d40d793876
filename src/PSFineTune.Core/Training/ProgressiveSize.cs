namespace PSFineTune.Training;

/// <summary>
/// How large training images are in each epoch: small ones first, which take less time and teach what is coarse
/// (progressive learning, Tan and Le 2021, https://arxiv.org/abs/2104.00298).
/// </summary>
static class ProgressiveSize
{
    /// <summary>Networks halve their input several times: sides between the first and the last are whole multiples of this.</summary>
    const int Step = 16;

    /// <summary>Side of the training images in each stage, pixels: epochs, or cached views. Of texts it is 1.</summary>
    /// <param name="plan">With its preprocessing.</param>
    /// <param name="stages">1 or more.</param>
    public static IReadOnlyList<int> Of(TrainingPlan plan, int stages)
    {
        var full = plan.Preprocessing?.InputSize ?? 1;
        var first = plan.StartImageSize ?? full;
        return [.. Enumerable.Range(0, stages - 1).Select(stage => first + (full - first) * stage / (stages - 1) / Step * Step), full];
    }

    /// <summary>The share of a full image's pixels that an image has: about its share of the time.</summary>
    public static double ShareOf(int side, int full) => (double)side * side / full / full;

    /// <summary>The view of the cached ones that an epoch has, from 1: they take turns, but where they grow each has its epochs one after the other, the last one the last.</summary>
    /// <param name="plan">Of the run.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="views">1 or more.</param>
    public static int ViewOf(TrainingPlan plan, int epoch, int views) =>
        plan.StartImageSize is null ? 1 + (epoch - 1) % views : views - (plan.Epochs - epoch) * views / plan.Epochs;

    /// <summary>The mean share of a full image's pixels that a plan's training images have.</summary>
    /// <param name="plan">With its preprocessing.</param>
    /// <param name="views">That are cached; 0 where no layer is computed once.</param>
    public static double ShareOf(TrainingPlan plan, int views)
    {
        var sides = Of(plan, views > 0 ? views : plan.Epochs);
        return Enumerable.Range(1, plan.Epochs).Average(epoch => ShareOf(sides[(views > 0 ? ViewOf(plan, epoch, views) : epoch) - 1], sides[^1]));
    }
}
