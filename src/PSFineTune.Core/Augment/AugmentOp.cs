using System.Text;
using System.Text.Json.Serialization;
using PSFineTune.Models;

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

    /// <summary>The chance of an op that is left out now and then.</summary>
    private protected void RequireChance(double chance) => Require(chance is >= 0 and <= 1, "P", chance, "from 0 to 1");

    /// <summary>The colour beyond the image.</summary>
    private protected void RequireFill(Numbers fill) =>
        Require(fill.Count is 1 or 3 && fill.All(value => value is >= 0 and <= 255), "Fill", fill, "one number or [red, green, blue], from 0 to 255");

    /// <summary>Pixels added around an image.</summary>
    private protected void RequirePadding(Numbers padding, string setting) =>
        Require(padding.Count is 1 or 2 or 4 && padding.All(side => side is >= 0 and <= MostSide && side == Math.Floor(side)), setting, padding,
            $"one whole number, [left and right, top and bottom] or [left, top, right, bottom], from 0 to {MostSide}");

    /// <summary>Warps are not antialiased, so that a wider filter would gain nothing.</summary>
    private protected void RequireNearestOrBilinear(Interpolation interpolation) =>
        Require(interpolation is Interpolation.Nearest or Interpolation.Bilinear, nameof(Interpolation), interpolation, "Nearest or Bilinear");

    /// <summary>Two numbers of which the first is the smaller, each within bounds.</summary>
    private protected void RequireRange(Numbers range, double least, double most, string setting, string allowed) =>
        Require(range.Count == 2 && range.Rises && range.All(value => value >= least && value <= most), setting, range, $"[least, most], {allowed}");
}

/// <summary>What an op may know of the image it draws for.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="InputSize">Side of the model's square input, pixels: the size of ops that are given none.</param>
readonly record struct Canvas(int Width, int Height, int InputSize);
