using PSFineTune.Attributions;
using PSFineTune.Augment;
using PSFineTune.Imaging;
using PSFineTune.Training;

namespace PSFineTune.Pictures;

/// <summary>A cell's picture and what was drawn for it; null for an original.</summary>
sealed record GridPicture(Picture Picture, string? Drawn) : IDisposable
{
    public void Dispose() => Picture.Dispose();
}

/// <summary>Makes the pictures of a grid: exactly what training sees in that epoch with that seed.</summary>
/// <param name="pipeline">How pictures are varied.</param>
/// <param name="inputSize">Side of the model's input, pixels, for ops that are given no size.</param>
/// <param name="seed">Of the draws.</param>
/// <param name="trained">Shows pictures as the network gets them; null as they are.</param>
/// <param name="mates">Full paths of the images that ops may mix one with, and their labels where they are known.</param>
sealed class GridSource(AugmentPipeline pipeline, int inputSize, int seed, ImageReader? trained, IReadOnlyList<(string Path, string? Label)>? mates = null)
{
    const string Unchanged = "unchanged";

    // Side of a picture under heat, pixels: more is not seen of it, and takes time.
    const int MostHeated = 1600;

    // The versions of an image follow each other, so that it is read once.
    SourceImage? _last;

    /// <exception cref="FineTuneException">The image cannot be read, or is another than the edits were drawn for.</exception>
    public GridPicture Open(GridCell cell)
    {
        if (_last?.Path != cell.Item.Path) _last = SourceImage.Read(cell.Item.Path);
        if (cell.Version == 0) return new(Original(_last, cell.Item.Attribution?.Heat), null);

        var draw = cell.Item.Draw ?? AugmentDraw.Draw(pipeline, _last, inputSize, seed, cell.Version, mates is { Count: > 0 } all ? place => SourceImage.Read(MixEdit.At(place, all).Path) : null);
        return new(Seen(draw.Apply(_last), drawn: true), Caption(draw, cell.Item.Label));
    }

    // What a mixed picture is of, in parts, before what was done to it.
    string Caption(AugmentDraw draw, string? label)
    {
        var said = draw.Description is { Length: > 0 } text ? text : Unchanged;
        if (label is null || mates is null || !MixEdit.In(draw.Edits).Any()) return said;
        var classes = mates.Select(mate => mate.Label).Append(label).OfType<string>().Distinct().ToList();
        var parts = new float[classes.Count];
        parts[classes.IndexOf(label)] = 1;
        foreach (var mix in MixEdit.In(draw.Edits))
        {
            if (mates.FirstOrDefault(mate => mate.Path == mix.Other?.Path).Label is not { } other) return said;
            for (var i = 0; i < parts.Length; i++) parts[i] *= (float)mix.Share;
            parts[classes.IndexOf(other)] += (float)(1 - mix.Share);
        }
        return $"{BlendedLabel.Of(classes, parts)}: {said}";
    }

    // What a model was shown is all that -AsTrained shows.
    Picture Original(SourceImage image, HeatMap? heat)
    {
        if (heat is null) return Seen(image.Decode(), drawn: false);
        var picture = trained is null ? AttributionPicture.Fitted(image.Decode(), MostHeated) : Seen(image.Decode(), drawn: false);
        AttributionPicture.Lay(picture, trained is null ? heat : heat with { Left = 0, Top = 0, Right = 1, Bottom = 1 });
        return picture;
    }

    Picture Seen(Picture picture, bool drawn) => trained is null ? picture : trained.Seen(picture, drawn);
}
