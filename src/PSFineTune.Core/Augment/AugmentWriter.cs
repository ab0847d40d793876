using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>Drawn pictures as files of one folder: no picture of a run takes the place of another.</summary>
/// <param name="folder">Full path; null writes nothing.</param>
/// <param name="ending">png, jpg or webp.</param>
/// <param name="force">Replaces files that are there.</param>
sealed class AugmentWriter(string? folder, string ending, bool force)
{
    readonly Dictionary<string, string> _owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where a drawn picture goes: its image's name and epoch, and where two images share a name the second's hash, too. Null where nothing is written.</summary>
    public string? FileOf(AugmentDraw draw)
    {
        if (folder is null) return null;
        var name = Path.GetFileNameWithoutExtension(draw.Path);
        if (!_owners.TryAdd(name, draw.Path) && _owners[name] != draw.Path) name += $"-{draw.Id[..Math.Min(8, draw.Id.Length)]}";
        var path = Path.Combine(folder, $"{name}-{draw.Epoch}.{ending}");
        return force || !File.Exists(path) ? path : throw Fault.FileExists(path, "-Destination");
    }

    /// <summary>Applies the edits and writes the picture, where there is a path to write it to.</summary>
    /// <returns>The draw with its file.</returns>
    /// <exception cref="FineTuneException">ImageChanged, EditDoesNotFit, CannotWrite, UnencodableImage, or that the image cannot be read.</exception>
    public static AugmentDraw Write(AugmentDraw draw, SourceImage image, string? path)
    {
        if (path is null) return draw with { File = null };
        using var picture = draw.Apply(image);
        ImageWriter.Save(picture, path, ImageWriter.FormatOf(path)!.Value);
        return draw with { File = path };
    }
}
