namespace PSFineTune.Data.Samples;

/// <summary>A labelled set of drawn pictures, a folder for each class: every pixel is decided by kind, seed and size.</summary>
public abstract record PictureSet : SampleSet
{
    /// <summary>Side of a picture in pixels, 16 to 1024.</summary>
    public int Size { get; init; } = 64;

    internal override string Items => "pictures";

    internal override SampleSet Sized(int size) => this with { Size = size };

    internal override void Check(string folder, bool force)
    {
        if (Size is < 16 or > 1024) throw Fault.BadSampleSetting(nameof(Size), Size, "16 to 1024");
        base.Check(folder, force);
    }

    internal override void Write(string folder, CancellationToken cancel, IProgress<ImportProgress>? progress = null) => SampleDrawing.Write(this, folder, cancel, progress);

    /// <summary>Draws the object of a class, and what belongs around it, over the background.</summary>
    internal abstract void Draw(Scene scene, string label);
}
