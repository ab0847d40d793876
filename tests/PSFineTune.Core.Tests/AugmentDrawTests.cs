using System.Text.Json;
using PSFineTune.Augment;
using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Drawn edits as data: their words, their JSON, and the same pixels from them.</summary>
public sealed class AugmentDrawTests : IDisposable
{
    static readonly AugmentPipeline s_strong = AugmentPreset.Create("Strong");

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> EveryEdit => [.. Catalog<Edit>.Names];

    public static TheoryData<string> EveryOp => [.. Catalog<AugmentOp>.Names];

    [Fact]
    public void Edits_are_said_in_a_few_words()
    {
        Edit[] edits =
        [
            new Crop { Left = 10, Top = -4, Width = 120, Height = 96 }, Keep.Image, new Flip(), new Flip { Direction = FlipDirection.Vertical },
            new Sequence { Edits = [new AdjustBrightness { Factor = 1.2345 }, new AdjustHue { Factor = -0.1 }] },
            new ResizedCrop { Left = 1, Top = 2, Width = 3, Height = 4, ToWidth = 5, ToHeight = 6, Interpolation = Interpolation.Bicubic },
            new Rotate { Degrees = -12.5 }, new Rotate { Degrees = 3, Fill = new(1, 2, 3), Expand = true },
        ];
        Assert.Equal("crop 120x96+10-4, flip, flip vertical, brightness 1.23, hue -0.1, crop 3x4+1+2 to 5x6 bicubic, rotate -12.5, rotate degrees 3 expand fill [1, 2, 3]", EditText.Of(edits));
        Assert.Equal("crop 3x4+1+2", EditText.Of([new ResizedCrop { Left = 1, Top = 2, Width = 3, Height = 4, ToWidth = 5, ToHeight = 5 }], inputSize: 5));
    }

    [Theory, MemberData(nameof(EveryEdit))]
    public void Every_edit_has_words_of_one_line(string edit)
    {
        var one = Catalog<Edit>.Create(edit);
        var holdsOthers = SettingText.Of(one.GetType()).Any(property => property.GetValue(one) is Edit or IEnumerable<Edit>);
        Assert.True(one is Keep || holdsOthers || one.Description.Length > 0);
        Assert.DoesNotContain('\n', one.Description);
        Assert.DoesNotContain("Description", one.ToString());
    }

    [Theory, MemberData(nameof(EveryOp))]
    public void An_op_says_its_settings_and_does_not_repeat_its_name(string op)
    {
        var one = Catalog<AugmentOp>.Create(op);
        Assert.DoesNotContain("Settings", one.Settings);
        Assert.StartsWith($"{op} {{ ", one.ToString());
        Assert.DoesNotContain("Name =", one.ToString());
    }

    [Fact]
    public void Settings_that_are_not_left_out_are_said() =>
        Assert.Equal("Scale [0.5, 1], Ratio [0.75, 1.3333], Interpolation Bilinear", new RandomResizedCrop { Scale = new(0.5, 1) }.Settings);

    [Fact]
    public void A_draw_makes_what_training_sees()
    {
        var image = Image();
        using var trained = s_strong.Run(image.Decode(), 24, new(7, 3, image.Key));
        using var replayed = AugmentDraw.Draw(s_strong, image, 24, 7, 3).Apply(image);
        Assert.True(trained.Pixels.SequenceEqual(replayed.Pixels));
    }

    [Theory, MemberData(nameof(EveryEdit))]
    public void A_draw_comes_back_from_both_kinds_of_json(string edit)
    {
        var draw = new AugmentDraw { Path = "a.png", Id = "ab", Seed = 1, Epoch = 2, InputSize = 3, Edits = [Catalog<Edit>.Create(edit), new Sequence { Edits = [new Flip()] }] };
        Assert.Equal([draw], DrawJson.Read(PlanJson.Write(draw), "x"));
        Assert.Equal([draw, draw], DrawJson.Read($"{PlanJson.WriteLine(draw)}\n{PlanJson.WriteLine(draw)}\n", "x"));
        Assert.Equal([draw], DrawJson.Read(PlanJson.Write((AugmentDraw[])[draw]), "x"));
        // As ConvertTo-Json does it: every public property, and no tag.
        var plain = JsonSerializer.Serialize(new { draw.Path, draw.Id, draw.Seed, draw.Epoch, draw.InputSize, draw.Description, draw.File, Edits = draw.Edits.Select(Plain) });
        Assert.Equal([draw], DrawJson.Read(plain, "x"));
    }

    static object? Plain(object? value) => value switch
    {
        IEnumerable<Edit> edits => edits.Select(Plain).ToArray(),
        Edit or Numbers => value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).ToDictionary(property => property.Name, property => Plain(property.GetValue(value))),
        Enum word => (int)(object)word,
        _ => value,
    };

    [Theory]
    [InlineData("{ \"path\": \"a\" }", "NotADraw")]
    [InlineData("[1]", "NotADraw")]
    [InlineData("nonsense", "NotADraw")]
    [InlineData("{ \"path\": \"a\", \"id\": \"b\", \"sed\": 4 }", "NotADraw")]
    [InlineData("{ \"path\": \"a\", \"id\": \"b\", \"edits\": [{ \"is\": \"Flop\" }] }", "UnknownName")]
    [InlineData("{ \"path\": \"a\", \"id\": \"b\", \"edits\": [{ \"is\": \"Flip\", \"way\": 1 }] }", "UnknownSetting")]
    public void What_is_no_draw_is_a_fault(string json, string id) => Assert.Equal(id, Assert.Throws<FineTuneException>(() => DrawJson.Read(json, "x")).Id);

    [Fact]
    public void A_draw_refuses_another_image()
    {
        var draw = AugmentDraw.Draw(s_strong, Image(), 24, 7, 3);
        Pictures.Write(draw.Path, seed: 6);
        Assert.Equal("ImageChanged", Assert.Throws<FineTuneException>(() => draw.Apply()).Id);
    }

    [Fact]
    public void A_replayed_file_has_the_same_bytes()
    {
        var image = Image();
        var draw = AugmentDraw.Draw(s_strong, image, 24, 7, 1);
        var (one, two) = (_folder["one"], _folder["two"]);
        var written = AugmentWriter.Write(draw, image, new AugmentWriter(one, "png", force: false).FileOf(draw));
        Assert.Equal(Path.Combine(one, "a-1.png"), written.File);
        var again = DrawJson.Read(PlanJson.Write(written), "x").Single();
        var replayed = AugmentWriter.Write(again, SourceImage.Read(again.Path), new AugmentWriter(two, "png", force: false).FileOf(again));
        Assert.Equal(File.ReadAllBytes(written.File!), File.ReadAllBytes(replayed.File!));
    }

    [Fact]
    public void Images_of_one_name_get_files_of_their_own_and_a_file_that_is_there_stays()
    {
        var writer = new AugmentWriter(_folder.Path, "png", force: false);
        AugmentDraw Of(string path, string id, int epoch) => new() { Path = path, Id = id, Epoch = epoch };
        Assert.Equal(_folder["x-1.png"], writer.FileOf(Of("a/x.jpg", "0123456789", 1)));
        Assert.Equal(_folder["x-2.png"], writer.FileOf(Of("a/x.jpg", "0123456789", 2)));
        Assert.Equal(_folder["X-01234567-1.png"], writer.FileOf(Of("b/X.jpg", "0123456789", 1)));
        File.WriteAllText(_folder["x-3.png"], "mine");
        Assert.Equal("FileExists", Assert.Throws<FineTuneException>(() => writer.FileOf(Of("a/x.jpg", "0123456789", 3))).Id);
        Assert.Equal(_folder["x-3.png"], new AugmentWriter(_folder.Path, "png", force: true).FileOf(Of("a/x.jpg", "0123456789", 3)));
    }

    SourceImage Image()
    {
        Pictures.Write(_folder["a.png"], seed: 5, width: 60, height: 44);
        return SourceImage.Read(_folder["a.png"]);
    }
}
