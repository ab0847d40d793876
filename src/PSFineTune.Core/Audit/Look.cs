using PSFineTune.Imaging;

namespace PSFineTune.Audit;

/// <summary>A part of a picture, as shares of its sides.</summary>
readonly record struct Share(float Left, float Top, float Width, float Height)
{
    public static Share All => new(0, 0, 1, 1);

    public bool IsInside => Left >= 0 && Top >= 0 && Left + Width <= 1.0001f && Top + Height <= 1.0001f;
}

/// <summary>A thumbnail made ready for comparisons: brightness and its detail as vectors of mean 0 and length 1, so that a product is a correlation.</summary>
sealed class Look
{
    const int Side = Thumbnail.Side, Luma = Thumbnail.Luma;

    // Levels by which the colours of one picture, encoded twice, differ at most on average; those of a gray picture from gray.
    const float SameColor = 9, NoColor = 3;

    readonly float[] _luma = new float[Luma], _detail = new float[Luma], _color = new float[2 * Thumbnail.Color];

    /// <param name="thumbnail"><see cref="Thumbnail.Size"/> bytes.</param>
    /// <param name="symmetry">As <see cref="PerceptualHash.Turned"/> counts them.</param>
    /// <param name="share">What of it, before it is turned.</param>
    public Look(ReadOnlySpan<byte> thumbnail, int symmetry, Share share)
    {
        Take(thumbnail[..Luma], Side, symmetry, share, _luma);
        Take(thumbnail.Slice(Luma, Thumbnail.Color), Thumbnail.ColorSide, symmetry, share, _color.AsSpan(0, Thumbnail.Color));
        Take(thumbnail[(Luma + Thumbnail.Color)..], Thumbnail.ColorSide, symmetry, share, _color.AsSpan(Thumbnail.Color));
        Band(_luma, _detail);
        Contrast = Normalize(_luma);
        DetailContrast = Normalize(_detail);
    }

    /// <summary>Standard deviation of the brightness, levels.</summary>
    public float Contrast { get; }

    /// <summary>The same of what is left without the coarse shape.</summary>
    public float DetailContrast { get; }

    /// <summary>Correlation of the brightness, -1 to 1.</summary>
    public float Shape(Look other) => Dot(_luma, other._luma);

    /// <summary>Correlation of its detail, -1 to 1.</summary>
    public float Detail(Look other) => Dot(_detail, other._detail);

    /// <summary>Whether the colours are the same, or one of both is gray.</summary>
    public bool SharesColors(Look other)
    {
        if (IsGray || other.IsGray) return true;
        var sum = 0f;
        for (var i = 0; i < _color.Length; i++) sum += Math.Abs(_color[i] - other._color[i]);
        return sum / _color.Length < SameColor;
    }

    bool IsGray => Array.TrueForAll(_color, level => Math.Abs(level - 128) <= NoColor);

    /// <summary>A square as a symmetry turns it.</summary>
    public static void Turn<T>(ReadOnlySpan<T> from, int side, int symmetry, Span<T> to)
    {
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (column, row) = ((symmetry & 1) != 0 ? side - 1 - x : x, (symmetry & 2) != 0 ? side - 1 - y : y);
                if ((symmetry & 4) != 0) (column, row) = (row, column);
                to[y * side + x] = from[row * side + column];
            }
    }

    /// <summary>Levels of a part of a square, turned, between the cells by distance.</summary>
    public static void Take(ReadOnlySpan<byte> from, int side, int symmetry, Share share, Span<float> to)
    {
        var all = share == Share.All;
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var (column, row) = ((symmetry & 1) != 0 ? side - 1 - x : x, (symmetry & 2) != 0 ? side - 1 - y : y);
                if ((symmetry & 4) != 0) (column, row) = (row, column);
                to[y * side + x] = all ? from[row * side + column]
                    : Between(from, side, side * share.Left + share.Width * (column + 0.5f) - 0.5f, side * share.Top + share.Height * (row + 0.5f) - 0.5f);
            }
    }

    static float Between(ReadOnlySpan<byte> from, int side, float x, float y)
    {
        (x, y) = (Math.Clamp(x, 0, side - 1), Math.Clamp(y, 0, side - 1));
        var (left, top) = (Math.Min((int)x, side - 2), Math.Min((int)y, side - 2));
        var (right, down) = (x - left, y - top);
        var at = top * side + left;
        return (1 - down) * ((1 - right) * from[at] + right * from[at + 1]) + down * ((1 - right) * from[at + side] + right * from[at + side + 1]);
    }

    // Neither the finest, which encoders change, nor the coarsest, which pictures of one kind share.
    static void Band(float[] luma, float[] band)
    {
        Span<float> narrow = stackalloc float[Luma], wide = stackalloc float[Luma], half = stackalloc float[Luma];
        Blur(luma, narrow, half, 1);
        Blur(luma, wide, half, 3);
        for (var i = 0; i < Luma; i++) band[i] = narrow[i] - wide[i];
    }

    // Mean over 2 reach + 1 cells across and down; edges are repeated.
    static void Blur(ReadOnlySpan<float> from, Span<float> to, Span<float> half, int reach)
    {
        for (var y = 0; y < Side; y++) Line(from[(y * Side)..], 1, half[(y * Side)..], reach);
        for (var x = 0; x < Side; x++) Line(half[x..], Side, to[x..], reach);
    }

    static void Line(ReadOnlySpan<float> from, int step, Span<float> to, int reach)
    {
        var sum = 0f;
        for (var i = -reach; i <= reach; i++) sum += from[Math.Max(i, 0) * step];
        for (var i = 0; i < Side; i++)
        {
            to[i * step] = sum / (2 * reach + 1);
            sum += from[Math.Min(i + reach + 1, Side - 1) * step] - from[Math.Max(i - reach, 0) * step];
        }
    }

    static float Normalize(float[] values)
    {
        var mean = values.Average();
        var square = 0f;
        foreach (ref var value in values.AsSpan())
        {
            value -= mean;
            square += value * value;
        }
        var scale = square > 0 ? 1 / MathF.Sqrt(square) : 0;
        foreach (ref var value in values.AsSpan()) value *= scale;
        return MathF.Sqrt(square / values.Length);
    }

    static float Dot(float[] one, float[] other)
    {
        var sum = 0f;
        for (var i = 0; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }
}
