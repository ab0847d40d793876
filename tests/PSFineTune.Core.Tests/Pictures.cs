using PSFineTune.Imaging;

namespace PSFineTune.Tests;

/// <summary>Small pictures of noise whose tint tells the class.</summary>
static class Pictures
{
    public static void WriteClasses(string folder, int classes, int each)
    {
        for (var label = 0; label < classes; label++)
            for (var i = 0; i < each; i++)
                Write(Path.Combine(folder, $"class{label}", $"{i}.png"), seed: label * 1000 + i, tint: label);
    }

    public static void Write(string path, int seed, int tint = 0, int width = 40, int height = 36)
    {
        var random = RandomStream.For(seed, 0, "picture");
        using var picture = new Picture(width, height);
        var pixels = picture.Pixels;
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (byte)(random.Below(128) + (i % 3 == tint % 3 ? 100 : 0));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, ImageWriter.Encode(picture, ImageFormat.Png));
    }
}
