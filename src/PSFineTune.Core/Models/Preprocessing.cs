using System.Globalization;
using System.Text.Json.Serialization;

namespace PSFineTune.Models;

public enum ChannelOrder { Rgb, Bgr }

public enum Interpolation { Bilinear, Bicubic, Nearest }

/// <summary>
/// How pixels become numbers: value = (pixel * Scale - Mean) / Std by channel, after the shorter side is resized and
/// the centre cropped. It belongs to the weights and travels with them.
/// </summary>
public sealed record Preprocessing
{
    /// <summary>Side of the square input, pixels.</summary>
    public int InputSize { get; init; } = 224;

    /// <summary>
    /// Part of the shorter side that the centre crop keeps, 0.1 to 1, such as 288.0 / 288 where the publisher of the weights
    /// resizes to 288 and crops 288; null for torchvision's usual 224 of 256.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CropFraction { get; init; }

    /// <summary>Shorter side before the centre crop: the input size by <see cref="CropFraction"/>, rounded; by the usual one 256 / 224 of the input size, rounded down.</summary>
    public int ResizeSize => CropFraction is { } kept ? (int)Math.Round(InputSize / kept) : InputSize * 256 / 224;

    /// <summary>Applied to 8-bit values first: 1/255 gives 0..1, 1 keeps 0..255.</summary>
    public double Scale { get; init; } = 1.0 / 255;

    /// <summary>By channel, in <see cref="Channels"/> order, in scaled units.</summary>
    public IReadOnlyList<double> Mean { get; init => field = value.ToIndexable(); } = (double[])[0.485, 0.456, 0.406];

    public IReadOnlyList<double> Std { get; init => field = value.ToIndexable(); } = (double[])[0.229, 0.224, 0.225];

    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    public Interpolation Interpolation { get; init; } = Interpolation.Bilinear;

    public bool Equals(Preprocessing? other) => other is not null
        && (InputSize, CropFraction, Scale, Channels, Interpolation) == (other.InputSize, other.CropFraction, other.Scale, other.Channels, other.Interpolation)
        && Mean.SequenceEqual(other.Mean) && Std.SequenceEqual(other.Std);

    /// <summary>The first setting that no image can be prepared with, its value, and what it may be; null where all can.</summary>
    internal (string Setting, object? Value, string Allowed)? Problem =>
        InputSize is < 8 or > 4096 ? (nameof(InputSize), InputSize, "8 to 4096 pixels")
        : CropFraction is not (null or >= 0.1 and <= 1) ? (nameof(CropFraction), CropFraction, "0.1 to 1, or left out")
        : Scale is not (> 0 and < double.PositiveInfinity) ? (nameof(Scale), Scale, "a number above 0")
        : Mean is not { Count: 3 } || !Mean.All(double.IsFinite) ? (nameof(Mean), Listed(Mean), "three numbers")
        : Std is not { Count: 3 } || !Std.All(std => std is > 0 and < double.PositiveInfinity) ? (nameof(Std), Listed(Std), "three numbers above 0")
        : !Enum.IsDefined(Channels) ? (nameof(Channels), Channels, string.Join(" or ", Enum.GetNames<ChannelOrder>()))
        : !Enum.IsDefined(Interpolation) ? (nameof(Interpolation), Interpolation, string.Join(" or ", Enum.GetNames<Interpolation>()))
        : null;

    /// <exception cref="FineTuneException">BadPlanSetting, with the setting's name.</exception>
    internal void Validate()
    {
        if (Problem is var (setting, value, allowed)) throw Fault.BadPlanSetting(setting, value, allowed);
    }

    static string? Listed(IReadOnlyList<double>? values) => values is null ? null : string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    public override int GetHashCode() => HashCode.Combine(InputSize, CropFraction, Scale, Channels, Interpolation);
}
