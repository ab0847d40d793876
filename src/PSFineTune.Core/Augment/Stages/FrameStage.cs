using PSFineTune.Augment.Edits;
using PSFineTune.Imaging;
using PSFineTune.Models;

namespace PSFineTune.Augment.Stages;

/// <summary>
/// Crops, at most one resize, and flips after it: one resampling of a window of the source, of which only the wanted part is
/// made. The pixels are those of the edits one by one.
/// </summary>
sealed class FrameStage(int width, int height) : Stage
{
    Window _source = new(0, 0, width, height);
    (int Width, int Height) _size = (width, height);
    Window _wanted = new(0, 0, width, height);
    Interpolation? _how;
    (bool Across, bool Down) _flipped;

    /// <summary>By how much an image may be smaller that is given to it, the smaller of both axes; 1 or less for not at all.</summary>
    public double Shrink => _how is null or Interpolation.Nearest ? 1 : Math.Min(_source.Width / (double)_size.Width, _source.Height / (double)_size.Height);

    public override bool TryAdd(Edit edit) => edit switch
    {
        Flip flip => Add(flip),
        Crop crop => Add(new Window(crop.Left, crop.Top, crop.Width, crop.Height)),
        ResizedCrop resized => Add(resized),
        _ => false,
    };

    public override Picture Run(Picture picture, CancellationToken cancel)
    {
        if (IsWhole) return Flipped(picture);
        using (picture) return Run(new PicturePart(picture, 0, 0, 1));
    }

    /// <summary>The same from an encoded image, of which no more is decoded than is needed.</summary>
    public Picture Run(EncodedImage image)
    {
        // Below a half the decoder's own scaling saves nothing.
        var part = image.Decode(Resampler.Needed(_source, _size, _wanted, _how ?? Interpolation.Nearest), Shrink >= 2 ? Shrink : 1);
        using (part.Picture) return Run(part);
    }

    /// <summary>The same from a part that holds what is needed; it is left as it is.</summary>
    public Picture Run(PicturePart part) => Flipped(Resampler.Resample(part, _source, _size, _wanted, _how ?? Interpolation.Nearest));

    bool IsWhole => _how is null && _source == new Window(0, 0, width, height);

    bool Add(Flip flip)
    {
        _flipped = flip.Direction == FlipDirection.Horizontal ? (!_flipped.Across, _flipped.Down) : (_flipped.Across, !_flipped.Down);
        return true;
    }

    bool Add(Window crop)
    {
        if (!crop.LiesIn(_wanted.Width, _wanted.Height)) return false;
        var unflipped = Unflipped(crop);
        _wanted = new(_wanted.Left + unflipped.Left, _wanted.Top + unflipped.Top, crop.Width, crop.Height);
        if (_how is null) Settle();
        return true;
    }

    bool Add(ResizedCrop resized)
    {
        var window = new Window(resized.Left, resized.Top, resized.Width, resized.Height);
        var to = (resized.ToWidth, resized.ToHeight);
        if ((window.Width, window.Height) == to) return Add(window);
        // Weights are rounded from one side to the other, so what is mirrored before a resize is not what is mirrored after it.
        if (_how is not null || _flipped != (false, false) || !window.LiesIn(_wanted.Width, _wanted.Height) || (long)to.ToWidth * to.ToHeight > ImageFile.PixelLimit) return false;
        _source = new(_source.Left + window.Left, _source.Top + window.Top, window.Width, window.Height);
        (_size, _wanted, _how) = (to, new(0, 0, to.ToWidth, to.ToHeight), resized.Interpolation);
        return true;
    }

    // Nothing is resized yet: what is wanted of the window is the window.
    void Settle()
    {
        _source = new(_source.Left + _wanted.Left, _source.Top + _wanted.Top, _wanted.Width, _wanted.Height);
        _size = (_wanted.Width, _wanted.Height);
        _wanted = new(0, 0, _wanted.Width, _wanted.Height);
    }

    Window Unflipped(Window window) => new(
        _flipped.Across ? _wanted.Width - window.Right : window.Left, _flipped.Down ? _wanted.Height - window.Bottom : window.Top, window.Width, window.Height);

    Picture Flipped(Picture picture)
    {
        if (_flipped.Across) Mirror.Rows(picture);
        if (_flipped.Down) Mirror.Columns(picture);
        return picture;
    }
}
