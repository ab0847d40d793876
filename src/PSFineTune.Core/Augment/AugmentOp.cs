namespace PSFineTune.Augment;

/// <summary>One step of a pipeline, as data: torchvision's operation of that name with its parameters in PascalCase.</summary>
public abstract record AugmentOp
{
    /// <summary>Chooses, for one image, what to do. All of the op's randomness is here.</summary>
    /// <param name="random">The stream of this op on this sample in this epoch.</param>
    /// <param name="width">Of the image as it comes in, pixels.</param>
    /// <param name="height">Of the image as it comes in, pixels.</param>
    internal abstract Edit Draw(RandomStream random, int width, int height);

    /// <summary>Refuses settings that are out of range, with the name, the value and the range.</summary>
    /// <exception cref="FineTuneException">InvalidOpSetting.</exception>
    internal virtual void Validate() { }
}
