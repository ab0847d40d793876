namespace PSFineTune.Data;

/// <summary>Files that are samples, as class folders hold them.</summary>
/// <param name="Item">What messages call one of them.</param>
/// <param name="Extensions">With the dot, lower case.</param>
sealed record FileKind(string Item, params string[] Extensions)
{
    public static FileKind Image { get; } = new("image", ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif");

    public static FileKind Text { get; } = new("text", ".txt");

    /// <summary>By its extension.</summary>
    public bool Owns(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
