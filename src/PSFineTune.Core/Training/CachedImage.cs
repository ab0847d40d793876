using PSFineTune.Augment;
using PSFineTune.Augment.Stages;
using PSFineTune.Imaging;

namespace PSFineTune.Training;

/// <summary>
/// An image whose decoded pixels are kept. Of a photo much larger than the network's input a shrunk canvas is kept, which
/// serves every frame that shrinks as far itself; the few that show less of the photo, and what comes before a resize, have
/// the whole one, kept as well. Which it is depends on the draw alone, never on what the cache holds.
/// </summary>
sealed class CachedImage : AugmentSource
{
    /// <summary>
    /// As many times the input's size a canvas has at least: the narrowest crop of RandomResizedCrop's defaults,
    /// sqrt(0.08 * 3 / 4) of the shorter side, is still as wide as the input.
    /// </summary>
    const double Spare = 4.09;

    const int Full = 0;

    readonly CanvasCache _cache;
    readonly byte[] _hash;
    readonly string _path;
    readonly int _decodeSize;
    readonly (int Width, int Height) _size;
    EncodedImage? _image;

    /// <param name="cache">Where canvases are kept.</param>
    /// <param name="hash">SHA-256 of the file.</param>
    /// <param name="path">Of the image file, opened only where a canvas is missing.</param>
    /// <param name="inputSize">Of the network, pixels.</param>
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge, UnreadableImage.</exception>
    public CachedImage(CanvasCache cache, byte[] hash, string path, int inputSize)
    {
        (_cache, _hash, _path, _decodeSize) = (cache, hash, path, (int)Math.Ceiling(Spare * inputSize));
        if (!cache.TrySize(hash, _decodeSize, out _size) && !cache.TrySize(hash, Full, out _size)) _size = (Image.Width, Image.Height);
    }

    public override int Width => _size.Width;

    public override int Height => _size.Height;

    EncodedImage Image => _image ??= EncodedImage.Open(ImageFile.Read(_path), _path);

    // The pixels go to the caller.
    public override Picture Whole() => Read(Full).Part.Picture;

    public override Picture Framed(FrameStage frame)
    {
        var shrink = EncodedImage.ShrinkTo(_decodeSize, _size);
        using var canvas = Read(shrink > 1 && frame.Shrink >= shrink ? _decodeSize : Full);
        return frame.Run(canvas.Part);
    }

    public override void Dispose() => _image?.Dispose();

    DecodedImage Read(int decodeSize)
    {
        if (_cache.TryRead(_hash, decodeSize, out var kept)) return kept;
        var canvas = Image.Decode(decodeSize == Full ? 1 : EncodedImage.ShrinkTo(decodeSize, _size));
        _cache.Add(_hash, decodeSize, canvas);
        return canvas;
    }
}
