using PSFineTune.Augment.Edits;
using PSFineTune.Augment.Stages;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>
/// The drawn edits of one image, neighbours joined into stages: what is cropped away is not decoded, crops, flips and a resize are
/// one resampling, colour changes are one pass, and the last writes the network's input. For one image, once.
/// </summary>
sealed class AugmentPlan
{
    readonly List<Stage> _stages = [];
    (int Width, int Height) _size;

    /// <param name="edits">As drawn, in order.</param>
    /// <param name="width">Of the image, pixels.</param>
    /// <param name="height">As width.</param>
    public AugmentPlan(IEnumerable<Edit> edits, int width, int height)
    {
        _size = (width, height);
        foreach (var edit in edits) Add(edit);
    }

    /// <summary>Of the picture that comes out.</summary>
    public (int Width, int Height) Size => _size;

    /// <summary>Adds an edit behind the others.</summary>
    /// <param name="edit">As drawn.</param>
    /// <param name="partnerOf">Makes the picture that an edit mixes with; null where the edits themselves know theirs.</param>
    public void Add(Edit edit, Func<MixEdit, Picture>? partnerOf = null)
    {
        if (edit is Keep) return;
        if (edit is Sequence sequence)
        {
            foreach (var inner in sequence.Edits) Add(inner, partnerOf);
            return;
        }
        if (edit is MixEdit mix) _stages.Add(new MixStage(mix, partnerOf));
        else if (_stages.Count == 0 || !_stages[^1].TryAdd(edit)) _stages.Add(Stage.Of(edit, _size.Width, _size.Height));
        _size = edit.SizeAfter(_size.Width, _size.Height);
    }

    /// <summary>The edited picture.</summary>
    /// <param name="source">The image.</param>
    /// <param name="cancel">Checked many times an image.</param>
    public Picture Run(AugmentSource source, CancellationToken cancel)
    {
        var (picture, done) = Begin(source);
        for (; done < _stages.Count; done++) picture = _stages[done].Run(picture, cancel);
        return picture;
    }

    /// <summary>The edited picture as a network's input.</summary>
    /// <param name="source">The image.</param>
    /// <param name="how">What levels become.</param>
    /// <param name="values">Rows x columns x 3 of <see cref="Size"/>.</param>
    /// <param name="cancel">Checked many times an image.</param>
    public void Run(AugmentSource source, Normalization how, Span<float> values, CancellationToken cancel)
    {
        var (picture, done) = Begin(source);
        for (; done < _stages.Count - 1; done++) picture = _stages[done].Run(picture, cancel);
        if (done < _stages.Count) _stages[done].Run(picture, how, values, cancel);
        else
            using (picture) how.Write(picture, values);
    }

    // A frame at the beginning says what has to be read of the image.
    (Picture Picture, int Done) Begin(AugmentSource source) => _stages is [FrameStage frame, ..] ? (source.Framed(frame), 1) : (source.Whole(), 0);
}
