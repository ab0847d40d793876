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
sealed class GridSource(AugmentPipeline pipeline, int inputSize, int seed, ImageReader? trained)
{
    const string Unchanged = "unchanged";

    // The versions of an image follow each other, so that it is read once.
    SourceImage? _last;

    /// <exception cref="FineTuneException">The image cannot be read, or is another than the edits were drawn for.</exception>
    public GridPicture Open(GridCell cell)
    {
        if (_last?.Path != cell.Item.Path) _last = SourceImage.Read(cell.Item.Path);
        if (cell.Version == 0) return new(Seen(_last.Decode(), drawn: false), null);

        var draw = cell.Item.Draw ?? AugmentDraw.Draw(pipeline, _last, inputSize, seed, cell.Version);
        return new(Seen(draw.Apply(_last), drawn: true), draw.Description is { Length: > 0 } text ? text : Unchanged);
    }

    Picture Seen(Picture picture, bool drawn) => trained is null ? picture : trained.Seen(picture, drawn);
}
