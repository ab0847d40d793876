namespace PSFineTune.Imaging;

/// <summary>A change of colour made ready for one picture.</summary>
abstract class ColorPass
{
    public static ColorPass Of<T>(T rule) where T : struct, IColorRule => new RulePass<T>(rule);

    /// <summary>Changes every pixel in place.</summary>
    public abstract void Run(Picture picture);

    sealed class RulePass<T>(T rule) : ColorPass where T : struct, IColorRule
    {
        public override void Run(Picture picture) => PixelBlock.ForEach(picture, rule);
    }
}
