using System.Text.Json;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Pixels that another program made, in the form of the golden files: base64 of height x width x channel bytes.</summary>
record PixelGolden
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public int Height { get; init; }

    public int Width { get; init; }

    public byte[] Pixels { get; init; } = [];

    public static T Embedded<T>(string file)
    {
        using var stream = typeof(PixelGolden).Assembly.GetManifestResourceStream(file);
        return JsonSerializer.Deserialize<T>(stream!, Json)!;
    }

    public Picture ToPicture()
    {
        var picture = new Picture(Width, Height);
        Pixels.CopyTo(picture.Pixels);
        return picture;
    }

    public void AssertNear(Picture picture, int tolerance, string what)
    {
        Assert.Equal((what, Width, Height), (what, picture.Width, picture.Height));
        var worst = 0;
        for (var i = 0; i < Pixels.Length; i++) worst = Math.Max(worst, Math.Abs(Pixels[i] - picture.Pixels[i]));
        Assert.True(worst <= tolerance, $"{what}: off by {worst}, at most {tolerance} is allowed.");
    }
}
