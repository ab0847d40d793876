using PSFineTune.Augment.Edits;

namespace PSFineTune.Augment;

/// <summary>
/// Replaces a rectangle by that of another sample's image, and the label by as much as the rectangle covers (Yun et al. 2019,
/// https://arxiv.org/abs/1905.04899). The rectangle has the image's shape, its middle anywhere; what lies beyond is cut off.
/// </summary>
public sealed record CutMix : MixOp
{
    internal override Edit Draw(RandomStream random, Canvas canvas)
    {
        var partner = random.NextDouble();
        var half = 0.5 * Math.Sqrt(1 - Dirichlet.Draw(random, Alpha, 2)[0]);
        var (left, right) = Side(random.Below(canvas.Width), (int)(half * canvas.Width), canvas.Width);
        var (top, bottom) = Side(random.Below(canvas.Height), (int)(half * canvas.Height), canvas.Height);
        return new PastePart
        {
            Partner = partner, Left = left, Top = top, Width = right - left, Height = bottom - top,
            Share = 1 - (right - left) * (double)(bottom - top) / ((double)canvas.Width * canvas.Height),
        };
    }

    static (int From, int To) Side(int middle, int half, int length) => (Math.Max(0, middle - half), Math.Min(length, middle + half));
}
