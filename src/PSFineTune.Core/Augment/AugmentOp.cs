namespace PSFineTune.Augment;

/// <summary>One step of a pipeline, as data: torchvision's operation of that name with its parameters in PascalCase.</summary>
public abstract record AugmentOp
{
    /// <summary>Chooses, for one image, what to do. All of the op's randomness is here.</summary>
    /// <param name="random">The stream of this op on this sample in this epoch.</param>
    /// <param name="canvas">The image as it comes in.</param>
    internal abstract Edit Draw(RandomStream random, Canvas canvas);

    /// <summary>Refuses settings that are out of range, with the name, the value and the range.</summary>
    /// <exception cref="FineTuneException">InvalidOpSetting.</exception>
    internal virtual void Validate() { }
}

/// <summary>What an op may know of the image it draws for.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="InputSize">Side of the model's square input, pixels: the size of ops that are given none.</param>
readonly record struct Canvas(int Width, int Height, int InputSize);
