namespace PSFineTune.Imaging;

/// <summary>A change of colour made ready for one picture.</summary>
abstract class ColorPass
{
    public static ColorPass Of<T>(T rule) where T : struct, IColorRule => new RulePass<T>(rule);

    /// <summary>Changes every pixel of a chunk.</summary>
    public abstract void Run(PixelChunk chunk);

    sealed class RulePass<T>(T rule) : ColorPass where T : struct, IColorRule
    {
        public override void Run(PixelChunk chunk)
        {
            var one = rule;
            for (var block = 0; block < chunk.Blocks; block++) chunk[block] = one.Apply(chunk[block]).ToWhole();
        }
    }
}
