using PSFineTune.Models;

namespace PSFineTune.Augment;

/// <summary>Pipelines that have a name.</summary>
public static class AugmentPreset
{
    static readonly SortedDictionary<string, Preset> s_presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["None"] = new("To see what a model learns from the images as they are, or where every pixel matters; images are only brought to the input size."),
        ["Tutorial"] = new("To follow the usual transfer-learning tutorials: crops and mirror images, the least that keeps a small data set from being learned by heart.",
            new RandomResizedCrop(), new RandomHorizontalFlip()),
        ["Default"] = new("For photographs, when you do not know better: crops, mirror images and slight changes of light.",
            new RandomResizedCrop(), new RandomHorizontalFlip(), new ColorJitter { Brightness = 0.2, Contrast = 0.2, Saturation = 0.2 }),
        ["Strong"] = new("For photographs that differ widely in light and angle, or few of them: stronger colours and some rotation.",
            new RandomResizedCrop(), new RandomHorizontalFlip(),
            new ColorJitter { Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, Hue = 0.1 }, new RandomRotation { Degrees = 15 }),
        ["TrivialAugment"] = new("For a strong augmentation without anything to tune, when a model overfits with Default: one change of any strength an image.",
            new RandomResizedCrop(), new RandomHorizontalFlip(), new TrivialAugmentWide()),
        ["RandAugment"] = new("For long training on many images, where the strength may be tuned by Magnitude: two changes of medium strength an image.",
            new RandomResizedCrop(), new RandomHorizontalFlip(), new RandAugment()),
        ["AugMix"] = new("For models that will meet worse images than they were trained on, such as noise, fog or bad cameras: mixtures of mildly changed variants.",
            new RandomResizedCrop(), new RandomHorizontalFlip(), new AugMix()),
        ["Document"] = new("For scanned or photographed pages, where mirror images and colours would mislead: a slight tilt on white, blur and JPEG marks.",
            new RandomResizedCrop { Scale = new(0.7, 1), Ratio = new(0.9, 1.1) },
            new RandomRotation { Degrees = 3, Interpolation = Interpolation.Bilinear, Fill = 255 },
            new RandomApply { Ops = [new GaussianBlur { KernelSize = 5, Sigma = new(0.3, 1.2) }], P = 0.3 },
            new RandomApply { Ops = [new JPEG { Quality = new(40, 95) }] }),
    };

    public static IEnumerable<string> Names => s_presets.Keys;

    /// <summary>The pipeline of that name; upper and lower case are the same.</summary>
    /// <exception cref="FineTuneException">UnknownName, with the nearest known one.</exception>
    public static AugmentPipeline Create(string name) => new() { Ops = [.. Of(name).Ops] };

    /// <summary>When to use the pipeline of that name, one sentence.</summary>
    /// <exception cref="FineTuneException">UnknownName, with the nearest known one.</exception>
    public static string PurposeOf(string name) => Of(name).Purpose;

    /// <summary>What every image goes through that is judged, not learned from: the shorter side resized, the centre cut out. Nothing is random.</summary>
    internal static AugmentPipeline Evaluation(Preprocessing preprocessing) => new()
    {
        Ops = [new Resize { Size = preprocessing.ResizeSize, Interpolation = preprocessing.Interpolation }, new CenterCrop { Size = preprocessing.InputSize }],
    };

    static Preset Of(string name) => s_presets.TryGetValue(name, out var preset) ? preset : throw Fault.Unknown(nameof(AugmentPreset), name, Names);

    /// <param name="Purpose">When to use it.</param>
    /// <param name="Ops">In order.</param>
    sealed record Preset(string Purpose, params AugmentOp[] Ops);
}
