using System.Text.Json.Serialization;

namespace PSFineTune.Data.Samples;

/// <summary>A labelled set of drawn pictures, to try the module on: every pixel is decided by kind, seed and size.</summary>
public abstract record SampleSet
{
    /// <summary>Pictures of each class, at least 1. Picture n is the same whatever the count is.</summary>
    public int Count { get; init; } = 100;

    public int Seed { get; init; } = 42;

    /// <summary>Side of a picture in pixels, 16 to 1024.</summary>
    public int Size { get; init; } = 64;

    /// <summary>Ordinal order; each is a folder.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>Draws the object of a class, and what belongs around it, over the background.</summary>
    internal abstract void Draw(Scene scene, string label);
}
