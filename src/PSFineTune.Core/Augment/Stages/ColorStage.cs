using PSFineTune.Imaging;

namespace PSFineTune.Augment.Stages;

/// <summary>
/// Colour edits: one pass over the pixels, and one more for each that must first know the whole image. Every value is cut to a
/// whole number after each edit, so the result is that of the edits one by one.
/// </summary>
sealed class ColorStage(params IEnumerable<ColorEdit> first) : Stage
{
    readonly List<ColorEdit> _edits = [.. first];
    readonly PixelChunk _chunk = new();

    public override bool TryAdd(Edit edit)
    {
        if (edit is not ColorEdit color) return false;
        _edits.Add(color);
        return true;
    }

    public override Picture Run(Picture picture, CancellationToken cancel)
    {
        Pass(picture, Prepared(picture, cancel), cancel, (chunk, pixels) => chunk.Store(pixels));
        return picture;
    }

    public override void Run(Picture picture, Normalization how, Span<float> values, CancellationToken cancel)
    {
        using (picture)
        {
            var passes = Prepared(picture, cancel);
            var pixels = picture.Pixels;
            for (var at = 0; at < pixels.Length; at += 3 * PixelChunk.Most)
            {
                var part = Changed(pixels, at, passes, cancel);
                _chunk.Write(values.Slice(at, part.Length), how);
            }
        }
    }

    // The passes that are left to do, after those that others had to see done.
    List<ColorPass> Prepared(Picture picture, CancellationToken cancel)
    {
        var passes = new List<ColorPass>();
        foreach (var edit in _edits)
        {
            if (edit.Needs == Survey.None)
            {
                passes.Add(edit.Pass(default));
                continue;
            }
            var surveyor = new Surveyor(edit.Needs);
            var changes = passes.Count > 0;
            Pass(picture, passes, cancel, (chunk, pixels) =>
            {
                if (changes) chunk.Store(pixels);
                surveyor.See(chunk, pixels);
            });
            passes = [edit.Pass(surveyor.Result)];
        }
        return passes;
    }

    delegate void Use(PixelChunk chunk, Span<byte> pixels);

    void Pass(Picture picture, List<ColorPass> passes, CancellationToken cancel, Use use)
    {
        var pixels = picture.Pixels;
        for (var at = 0; at < pixels.Length; at += 3 * PixelChunk.Most) use(_chunk, Changed(pixels, at, passes, cancel));
    }

    Span<byte> Changed(Span<byte> pixels, int at, List<ColorPass> passes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var part = pixels[at..Math.Min(pixels.Length, at + 3 * PixelChunk.Most)];
        _chunk.Load(part);
        foreach (var pass in passes) pass.Run(_chunk);
        return part;
    }
}
