using PSFineTune.Augment.Stages;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>Where the pixels of an image come from: a file's bytes, or a canvas. Disposing it disposes them.</summary>
abstract class AugmentSource : IDisposable
{
    /// <summary>Upright, pixels.</summary>
    public abstract int Width { get; }

    /// <inheritdoc cref="Width"/>
    public abstract int Height { get; }

    /// <summary>A picture of the caller's own.</summary>
    public abstract Picture Whole();

    /// <summary>What a frame makes of the image, of which no more is decoded than is needed.</summary>
    public abstract Picture Framed(FrameStage frame);

    public abstract void Dispose();

    public static AugmentSource Of(EncodedImage image) => new Encoded(image);

    /// <param name="canvas">A decoded image; its pixels stay as they are.</param>
    public static AugmentSource Of(Picture canvas) => new Decoded(canvas);

    sealed class Encoded(EncodedImage image) : AugmentSource
    {
        public override int Width => image.Width;

        public override int Height => image.Height;

        public override Picture Whole() => image.Decode();

        public override Picture Framed(FrameStage frame) => frame.Run(image);

        public override void Dispose() => image.Dispose();
    }

    sealed class Decoded(Picture canvas) : AugmentSource
    {
        public override int Width => canvas.Width;

        public override int Height => canvas.Height;

        public override Picture Whole() => canvas.Copy();

        public override Picture Framed(FrameStage frame) => frame.Run(new PicturePart(canvas, 0, 0, 1));

        public override void Dispose() => canvas.Dispose();
    }
}
