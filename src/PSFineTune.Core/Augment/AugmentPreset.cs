using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Pipelines that have a name.</summary>
public static class AugmentPreset
{
    static readonly SortedDictionary<string, AugmentOp[]> s_presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["None"] = [],
        ["Tutorial"] = [new RandomResizedCrop(), new RandomHorizontalFlip()],
        ["Default"] = [new RandomResizedCrop(), new RandomHorizontalFlip(), new ColorJitter { Brightness = 0.2, Contrast = 0.2, Saturation = 0.2 }],
        ["Strong"] =
        [
            new RandomResizedCrop(), new RandomHorizontalFlip(),
            new ColorJitter { Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, Hue = 0.1 }, new RandomRotation { Degrees = 15 },
        ],
    };

    public static IEnumerable<string> Names => s_presets.Keys;

    /// <summary>The pipeline of that name; upper and lower case are the same.</summary>
    /// <exception cref="FineTuneException">UnknownName, with the nearest known one.</exception>
    public static AugmentPipeline Create(string name) =>
        s_presets.TryGetValue(name, out var ops) ? new() { Ops = [.. ops] } : throw Fault.Unknown(nameof(AugmentPreset), name, Names);

    /// <summary>What every image goes through that is judged, not learned from: the shorter side resized, the centre cut out. Nothing is random.</summary>
    internal static AugmentPipeline Evaluation(Preprocessing preprocessing) => new()
    {
        Ops = [new Resize { Size = preprocessing.ResizeSize, Interpolation = preprocessing.Interpolation }, new CenterCrop { Size = preprocessing.InputSize }],
    };
}
