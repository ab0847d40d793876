using System.Text.Json;

namespace PSFineTune.Tests;

/// <summary>A small BERT's files as a publisher has them; see Goldens/published-bert.py.</summary>
sealed record PublishedBert
{
    public static PublishedBert Golden { get; } = PixelGolden.Embedded<PublishedBert>("published-bert.json");

    public string[] Vocab { get; init; } = [];

    public JsonElement Config { get; init; }

    public byte[] Weights { get; init; } = [];

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "pytorch_model.bin"), Weights);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config.GetRawText());
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocab);
    }
}
