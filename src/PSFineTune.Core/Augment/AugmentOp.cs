using System.Text;
using System.Text.Json.Serialization;

namespace PSFineTune.Augment;

/// <summary>One step of a pipeline, as data: torchvision's operation of that name with its parameters in PascalCase.</summary>
public abstract record AugmentOp
{
    const int MostSide = 10_000;

    [JsonIgnore]
    public string Name => GetType().Name;

    /// <summary>Every setting that is not left out, in words.</summary>
    [JsonIgnore]
    public string Settings => SettingText.All(this);

    /// <summary>Chooses, for one image, what to do. All of the op's randomness is here.</summary>
    /// <param name="random">The stream of this op on this sample in this epoch.</param>
    /// <param name="canvas">The image as it comes in.</param>
    internal abstract Edit Draw(RandomStream random, Canvas canvas);

    /// <summary>Refuses settings that are out of range, with the name, the value and the range.</summary>
    /// <exception cref="FineTuneException">InvalidOpSetting.</exception>
    internal virtual void Validate() { }

    // The name stands before the settings already.
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Raises the fault of a setting that is not as it must be.</summary>
    private protected void Require(bool legal, string setting, object? value, string allowed)
    {
        if (!legal) throw Fault.InvalidOpSetting(this, setting, value, allowed);
    }

    /// <summary>A size is left out, one side, or [height, width].</summary>
    private protected void RequireSize(Numbers? size, string setting) =>
        Require(size is null || size.Count <= 2 && size.All(side => side is >= 1 and <= MostSide && side == Math.Floor(side)), setting, size,
            $"one whole number or [height, width], from 1 to {MostSide}");
}

/// <summary>What an op may know of the image it draws for.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="InputSize">Side of the model's square input, pixels: the size of ops that are given none.</param>
readonly record struct Canvas(int Width, int Height, int InputSize);
