using PSFineTune.Imaging;

namespace PSFineTune.Augment.Stages;

/// <summary>Neighbouring edits of one image that are done together.</summary>
abstract class Stage
{
    /// <summary>Takes in the next edit where it can be done in one go with those before.</summary>
    /// <returns>False leaves the stage as it was.</returns>
    public virtual bool TryAdd(Edit edit) => false;

    /// <summary>The edited picture; the one given is used up.</summary>
    public abstract Picture Run(Picture picture, CancellationToken cancel);

    /// <summary>The edited picture as a network's input; the one given is used up.</summary>
    public virtual void Run(Picture picture, Normalization how, Span<float> values, CancellationToken cancel)
    {
        using var edited = Run(picture, cancel);
        how.Write(edited, values);
    }

    /// <summary>A stage that begins with the edit.</summary>
    /// <param name="edit">The first.</param>
    /// <param name="width">Of the image it is given, pixels.</param>
    /// <param name="height">As width.</param>
    public static Stage Of(Edit edit, int width, int height)
    {
        Stage[] joining = [new FrameStage(width, height), new WarpStage(width, height), new ColorStage()];
        return joining.FirstOrDefault(stage => stage.TryAdd(edit)) ?? new SingleStage(edit);
    }
}

/// <summary>An edit that runs alone.</summary>
sealed class SingleStage(Edit edit) : Stage
{
    public override Picture Run(Picture picture, CancellationToken cancel) => edit.Apply(picture);
}
