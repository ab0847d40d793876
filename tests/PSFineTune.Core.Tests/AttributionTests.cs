using PSFineTune.Attributions;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Imaging;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Recipes;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>What trained models of images look at, from file to heat.</summary>
[Collection("Training")]
public sealed class AttributionTests(AttributionTests.Planted planted) : IClassFixture<AttributionTests.Planted>
{
    // Of the image, pixels: an eighth of its area.
    const int Side = 64, Patch = 16;

    [Theory, InlineData(nameof(GradCam)), InlineData(nameof(Occlusion))]
    public void Heat_lies_on_the_patch_that_tells_the_class(string method)
    {
        using var predictor = planted.Model.NewPredictor();
        using var attributor = new Attributor(planted.Model, predictor, Catalog<AttributionMethod>.Create(method), null, null);
        var samples = planted.Data.Validation.Cast<ImageSample>().ToList();
        var found = attributor.Explain([.. samples.Select(sample => new Explained(sample.Path, null, sample.Label))], default);
        Assert.All(found, pair => Assert.Null(pair.Fault));
        Assert.All(samples.Zip(found), pair => Assert.Equal(pair.First.Label, pair.Second.Attribution!.Predicted));
        // Of an even map the patch would have a sixteenth, and with a border of its own width around it two thirds at most of an exact one.
        var shares = samples.Zip(found).Select(pair => EnergyIn(pair.Second.Attribution!.Heat!, pair.First.Path)).ToList();
        Assert.True(shares.Average() > 0.5, $"{method}: {string.Join(", ", shares.Select(share => share.ToString("0.00")))}");
        Assert.All(found, pair =>
        {
            var (attribution, heat) = (pair.Attribution!, pair.Attribution!.Heat!);
            Assert.Equal(1, heat.Values.Max());
            Assert.All(heat.Values, value => Assert.InRange(value, 0, 1));
            Assert.Equal(heat.Width * heat.Height, heat.Values.Count);
            Assert.Equal((method, attribution.Predicted), (attribution.Method, attribution.Label));
            Assert.Equal(attribution.Label, attribution.TrueLabel);
        });
    }

    [Fact]
    public void What_cannot_be_read_is_a_fault_of_its_own_and_the_others_do_not_notice()
    {
        using var predictor = planted.Model.NewPredictor();
        using var attributor = new Attributor(planted.Model, predictor, null, null, null);
        var files = planted.Data.Validation.Take(2).Select(sample => sample.Item).ToList();
        File.WriteAllText(planted.Folder["broken.png"], "no picture");
        var found = attributor.Explain([new(files[0]), new(planted.Folder["broken.png"]), new(files[1]), new(planted.Folder["none.png"])], default);
        Assert.Equal([null, "UndecodableImage", null, "UnreadableImage"], found.Select(pair => pair.Fault?.Id));
        Assert.Equal([files[0], null, files[1], null], found.Select(pair => pair.Attribution?.Path));
        var alone = attributor.Explain([new(files[1])], default)[0].Attribution!;
        Assert.All(alone.Heat!.Values.Zip(found[2].Attribution!.Heat!.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(70, 35, 1), InlineData(35, 70, 1), InlineData(35, 70, 6), InlineData(40, 40, 3), InlineData(500, 32, 1)]
    public void The_map_covers_what_the_model_was_shown_of_the_upright_image(int width, int height, int orientation)
    {
        var file = planted.Folder[$"{width}x{height}-{orientation}.jpg"];
        using (var picture = new Picture(width, height))
        {
            picture.Pixels.Fill(90);
            File.WriteAllBytes(file, Turned(ImageWriter.Encode(picture, ImageFormat.Jpeg), orientation));
        }
        using var predictor = planted.Model.NewPredictor();
        using var attributor = new Attributor(planted.Model, predictor, null, null, "corner");
        var heat = attributor.Explain([new(file)], default)[0].Attribution!.Heat!;
        var (across, down) = orientation >= 5 ? (height, width) : (width, height);
        // The middle of the image whose shorter side is 54: to the whole pixel.
        Assert.Equal((48, 54), (planted.Model.Described.Preprocessing!.InputSize, planted.Model.Described.Preprocessing.ResizeSize));
        var longer = 54 * Math.Max(across, down) / Math.Min(across, down);
        var (wide, high) = across <= down ? (54, longer) : (longer, 54);
        Assert.Equal(Math.Round((wide - 48) / 2.0) / wide, heat.Left, 1e-9);
        Assert.Equal(Math.Round((high - 48) / 2.0) / high, heat.Top, 1e-9);
        Assert.Equal(48.0 / wide, heat.Right - heat.Left, 1e-9);
        Assert.Equal(48.0 / high, heat.Bottom - heat.Top, 1e-9);
    }

    [Fact]
    public void A_class_may_be_asked_for_by_name()
    {
        using var predictor = planted.Model.NewPredictor();
        using var attributor = new Attributor(planted.Model, predictor, null, "stage2", "CORNER");
        var sample = planted.Data.Validation.First(sample => sample.Label == "middle");
        var found = attributor.Explain([new(sample.Item)], default)[0].Attribution!;
        Assert.Equal(("corner", "middle", "stage2"), (found.Label, found.Predicted, found.Layer));
        Assert.InRange(found.Confidence, 0, 0.5);
        Assert.Equal((24, 24), (found.Heat!.Width, found.Heat.Height));
        Assert.Equal("NoSuchClass", Assert.Throws<FineTuneException>(() => new Attributor(planted.Model, predictor, null, null, "corne")).Id);
        Assert.Equal("MethodDoesNotFit", Assert.Throws<FineTuneException>(() => new Attributor(planted.Model, predictor, new GradientInput(), null, null)).Id);
        Assert.Equal("MethodHasNoLayer", Assert.Throws<FineTuneException>(() => new Attributor(planted.Model, predictor, new Occlusion(), "stage2", null)).Id);
    }

    [Fact]
    public void Attributions_survive_json()
    {
        using var predictor = planted.Model.NewPredictor();
        using var attributor = new Attributor(planted.Model, predictor, null, null, null);
        var found = attributor.Explain([new(planted.Data.Validation[0].Item)], default)[0].Attribution!;
        var back = PlanJson.Read<Attribution>(PlanJson.Write(found));
        Assert.Equal(found.Heat!.Values, back.Heat!.Values);
        Assert.Equal(PlanJson.Write(found), PlanJson.Write(back));
        foreach (var name in Catalog<AttributionMethod>.Names)
            Assert.Equal(Catalog<AttributionMethod>.Create(name), PlanJson.Read<AttributionMethod>(PlanJson.Write(Catalog<AttributionMethod>.Create(name))));
    }

    // Share of a map's heat that lies on the patch, or on the fields that touch it.
    static double EnergyIn(HeatMap heat, string path)
    {
        var (left, top) = Planted.PlaceOf(Path.GetFileName(Path.GetDirectoryName(path)!));
        var inside = 0.0;
        for (var field = 0; field < heat.Values.Count; field++)
        {
            var x = Side * (heat.Left + (field % heat.Width + 0.5) / heat.Width * (heat.Right - heat.Left));
            var y = Side * (heat.Top + (field / heat.Width + 0.5) / heat.Height * (heat.Bottom - heat.Top));
            if (x > left - Patch / 2 && x < left + 1.5 * Patch && y > top - Patch / 2 && y < top + 1.5 * Patch) inside += heat.Values[field];
        }
        return inside / heat.Values.Sum();
    }

    // The orientation tag of an EXIF block, put behind the start of a JPEG file.
    static byte[] Turned(byte[] jpeg, int orientation)
    {
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A network that learned from noise with a square in it, whose colour and place tell the class.</summary>
    public sealed class Planted : IDisposable
    {
        public Planted()
        {
            foreach (var label in (string[])["corner", "middle"])
                for (var i = 0; i < 24; i++) Write(label, i);
            Data = ImageDataset.Import(new ImageDatasetReference { Root = Folder["data"], ValidationFraction = 0.25 }, Folder["workspace"], CancellationToken.None);
            var plan = PlanStart.For(new ResNet20(), Data, null, new Tutorial()) with { BatchSize = 12, Threads = 1, Epochs = 12, Augment = new() };
            var run = FineTuning.Run(plan, Data, Folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record;
            Model = TrainedModel.From(run, Folder["workspace"]);
        }

        internal TempFolder Folder { get; } = new();

        internal ImageDataset Data { get; }

        internal TrainedModel Model { get; }

        internal static (int Left, int Top) PlaceOf(string label) => label == "corner" ? (8, 8) : (36, 32);

        public void Dispose() => Folder.Dispose();

        void Write(string label, int seed)
        {
            var random = RandomStream.For(seed, 0, label);
            using var picture = new Picture(Side, Side);
            var pixels = picture.Pixels;
            foreach (ref var level in pixels) level = (byte)(100 + random.Below(56));
            var (left, top) = PlaceOf(label);
            for (var y = top; y < top + Patch; y++)
                for (var x = left; x < left + Patch; x++)
                    for (var channel = 0; channel < 3; channel++) pixels[3 * (y * Side + x) + channel] = (byte)(label == "corner" == (channel == 0) ? 250 : 10);
            var path = Folder[Path.Combine("data", label, $"{seed}.png")];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, ImageWriter.Encode(picture, ImageFormat.Png));
        }
    }
}
