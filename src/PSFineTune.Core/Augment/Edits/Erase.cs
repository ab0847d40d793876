using PSFineTune.Imaging;

namespace PSFineTune.Augment.Edits;

/// <summary>Paints a rectangle over; what of it lies beyond the image is left out.</summary>
public sealed record Erase : Edit
{
    // A standard normal number becomes this once the usual normalization by ImageNet's mean and deviation is undone.
    const byte NoiseMean = 114;

    const double NoiseDeviation = 57.6;

    /// <summary>Pixels from the image's left side.</summary>
    public int Left { get; init; }

    /// <summary>Pixels from the image's top.</summary>
    public int Top { get; init; }

    /// <summary>Pixels.</summary>
    public int Width { get; init; }

    /// <summary>Pixels.</summary>
    public int Height { get; init; }

    /// <summary>Colour, one number or red, green and blue, 0 to 255; null is normal noise.</summary>
    public Numbers? Value { get; init; } = 0;

    /// <summary>Which noise it is.</summary>
    public ulong NoiseKey { get; init; }

    internal override Picture Apply(Picture picture)
    {
        var (left, right) = (Math.Clamp(Left, 0, picture.Width), (int)Math.Clamp((long)Left + Width, 0, picture.Width));
        var (top, bottom) = (Math.Clamp(Top, 0, picture.Height), (int)Math.Clamp((long)Top + Height, 0, picture.Height));
        var noise = new RandomStream(NoiseKey);
        for (var y = top; y < bottom && left < right; y++)
        {
            var row = picture.Row(y)[(3 * left)..(3 * right)];
            if (Value is not null) Cropper.Paint(row, Value.ToColor());
            else
            {
                row.Fill(NoiseMean);
                NormalNoise.Add(row, noise, 0, NoiseDeviation, clip: true);
            }
        }
        return picture;
    }
}
