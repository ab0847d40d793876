using System.Text.Json;
using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Pixels that torchvision and Pillow make: exact where they are only moved or counted, within 1 of 255 where numbers are rounded.</summary>
public class AugmentGoldenTests
{
    sealed record Golden
    {
        public PixelGolden Input { get; init; } = new();
        public string? Torchvision { get; init; }
        public IReadOnlyList<Case> Cases { get; init; } = [];
    }

    sealed record Case : PixelGolden
    {
        public string Call { get; init; } = "";
        public string On { get; init; } = "";
        public Dictionary<string, JsonElement> Arguments { get; init; } = [];

        public double Number(string name) => Arguments[name].GetDouble();

        public int Whole(string name) => Arguments[name].GetInt32();

        public Numbers? Numbers(string name) => Arguments.TryGetValue(name, out var value) ? PlanJson.Read<Numbers>(value.GetRawText()) : null;

        public Interpolation How => Enum.Parse<Interpolation>(Arguments["interpolation"].GetString()!, ignoreCase: true);
    }

    static readonly string[] s_exact = ["hflip", "vflip", "crop", "center_crop", "pad", "erase", "invert", "posterize", "solarize", "equalize", "permute_channels"];

    [Fact]
    public void Noise_comes_out_as_torchvision_and_Pillow_make_it() => Check(PixelGolden.Embedded<Golden>("augment-more.json"), atLeast: 60);

    [Fact]
    public void The_shared_goldens_are_met() =>
        Check(JsonSerializer.Deserialize<Golden>(File.ReadAllText(Assets.Path("goldens/augment.json")), PixelGolden.Json)!, atLeast: 35);

    static void Check(Golden golden, int atLeast)
    {
        var compared = 0;
        foreach (var one in golden.Cases)
        {
            if (EditOf(one, golden.Input) is not { } edit) continue;
            var again = PlanJson.Read<Edit>(PlanJson.Write(edit));
            using var picture = again.Apply(golden.Input.ToPicture());
            one.AssertNear(picture, s_exact.Contains(one.Call) ? 0 : 1, $"{one.Call} {edit} on {one.On}");
            compared++;
        }
        foreach (var one in golden.Cases.Where(one => one.Call == "elastic_transform"))
        {
            using var source = golden.Input.ToPicture();
            using var waved = Warp.Apply(source, Waves(one), one.How, default);
            one.AssertNear(waved, 1, one.Call);
            compared++;
        }
        Assert.True(compared >= atLeast, $"Only {compared} cases were compared.");
    }

    /// <summary>What makes the case's pixels, or null for operations that are not here. Pillow's hue is of other arithmetic.</summary>
    static Edit? EditOf(Case one, PixelGolden input) => (one.Call, one.On) switch
    {
        ("hflip", _) => new Flip(),
        ("vflip", _) => new Flip { Direction = FlipDirection.Vertical },
        ("crop", _) => new Crop { Left = one.Whole("left"), Top = one.Whole("top"), Width = one.Width, Height = one.Height },
        ("center_crop", _) => Drawn(new CenterCrop { Size = one.Numbers("output_size") }, input),
        ("adjust_brightness", _) => new AdjustBrightness { Factor = one.Number("brightness_factor") },
        ("adjust_contrast", _) => new AdjustContrast { Factor = one.Number("contrast_factor") },
        ("adjust_saturation", _) => new AdjustSaturation { Factor = one.Number("saturation_factor") },
        ("adjust_hue", "tensor") => new AdjustHue { Factor = one.Number("hue_factor") },
        ("rotate", _) => new Rotate
        {
            Degrees = one.Number("angle"), Interpolation = one.How, Center = one.Numbers("center"), Fill = one.Numbers("fill") ?? 0,
            Expand = one.Arguments.TryGetValue("expand", out var expand) && expand.GetBoolean(),
        },
        ("resize", _) => Drawn(new Resize { Size = one.Numbers("size"), Interpolation = one.How, MaxSize = (int?)one.Numbers("max_size")?[0] }, input),
        ("resized_crop", _) => new ResizedCrop
        {
            Left = one.Whole("left"), Top = one.Whole("top"), Width = one.Whole("width"), Height = one.Whole("height"),
            ToWidth = one.Width, ToHeight = one.Height, Interpolation = one.How,
        },
        ("adjust_gamma", _) => new AdjustGamma { Gamma = one.Number("gamma"), Gain = one.Number("gain") },
        ("rgb_to_grayscale", _) => new ToGray(),
        ("invert", _) => new Invert(),
        ("posterize", _) => new Posterize { Bits = one.Whole("bits") },
        ("solarize", _) => new Solarize { Threshold = one.Number("threshold") },
        ("autocontrast", _) => new Autocontrast(),
        ("equalize", _) => new Equalize(),
        ("permute_channels", _) => new PermuteChannels { Order = one.Numbers("order")! },
        ("adjust_sharpness", _) => new AdjustSharpness { Factor = one.Number("sharpness_factor") },
        ("gaussian_blur", _) => new Blur { KernelSize = one.Numbers("kernel_size")!, Sigma = one.Numbers("sigma")![0] },
        ("pad", _) => Drawn(new Pad
        {
            Padding = one.Numbers("padding")!, Fill = one.Numbers("fill") ?? 0, PaddingMode = Enum.Parse<PaddingMode>(one.Arguments["padding_mode"].GetString()!, ignoreCase: true),
        }, input),
        ("affine", _) => new Affine
        {
            Degrees = one.Number("angle"), TranslateX = one.Numbers("translate")![0], TranslateY = one.Numbers("translate")![1], Scale = one.Number("scale"),
            ShearX = one.Numbers("shear")![0], ShearY = one.Numbers("shear")![1], Center = one.Numbers("center"), Interpolation = one.How, Fill = one.Numbers("fill") ?? 0,
        },
        ("perspective", _) => new Perspective
        {
            EndPoints = new([.. one.Arguments["endpoints"].EnumerateArray().SelectMany(point => point.EnumerateArray()).Select(number => number.GetDouble())]),
            Interpolation = one.How, Fill = one.Numbers("fill") ?? 0,
        },
        ("erase", _) => new Erase { Left = one.Whole("j"), Top = one.Whole("i"), Width = one.Whole("w"), Height = one.Whole("h"), Value = one.Numbers("v") },
        _ => null,
    };

    /// <summary>The movements of augment-more.py's elastic case, in whole pixels of the image.</summary>
    static (float[] Across, float[] Down) Waves(Case one)
    {
        var places = Enumerable.Range(0, one.Width * one.Height).ToList();
        return ([.. places.Select(i => (float)(one.Number("across") * Math.Sin(i / one.Width / 2.0)))], [.. places.Select(i => (float)(one.Number("down") * Math.Cos(i % one.Width / 3.0)))]);
    }

    static Edit Drawn(AugmentOp op, PixelGolden input) => op.Draw(RandomStream.For(1, 1, 1, 0), new(input.Width, input.Height, 8));
}
