using System.Security.Cryptography;
using System.Text.Json.Serialization;
using PSFineTune.Imaging;

namespace PSFineTune.Augment;

/// <summary>What a pipeline drew for one image: applied to the same image again it makes the same pixels, bit for bit. JSON round-trips.</summary>
public sealed record AugmentDraw
{
    /// <summary>The image's file, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>SHA-256 of the image's file, lower-case hexadecimal; the randomness hangs on it, not on the path.</summary>
    public string Id { get; init; } = "";

    public int Seed { get; init; }

    /// <summary>From 1; training draws anew in every epoch.</summary>
    public int Epoch { get; init; }

    /// <summary>Side of the model's input, pixels, for ops that were given no size.</summary>
    public int InputSize { get; init; }

    /// <summary>One of each op, in order.</summary>
    public IReadOnlyList<Edit> Edits { get; init => field = value.ToIndexable(); } = [];

    /// <summary>The file that the picture was written to; null where none was.</summary>
    public string? File { get; init; }

    /// <summary>The edits in a few words, such as "crop 120x96+10+4, flip, brightness 1.2"; empty where nothing changes.</summary>
    [JsonIgnore]
    public string Description => EditText.Of(Edits, InputSize);

    /// <summary>Draws for one image what training with that seed draws for it in that epoch.</summary>
    /// <param name="pipeline">What draws.</param>
    /// <param name="image">The image.</param>
    /// <param name="inputSize">For ops that are given no size, pixels.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="mates">The image at a place, from 0 to below 1, among those it may be mixed with; without it ops that mix change nothing.</param>
    internal static AugmentDraw Draw(AugmentPipeline pipeline, SourceImage image, int inputSize, int seed, int epoch, Func<double, SourceImage>? mates = null)
    {
        var edits = pipeline.Draw(image.Size.Width, image.Size.Height, inputSize, new(seed, epoch, image.Key));
        return Of(image, [.. edits.Select((edit, position) => MixEdit.With(edit, mix => mates is null ? Augment.Edits.Keep.Image : mix with { Other = Until(position, mates(mix.Partner)) }))]);

        AugmentDraw Of(SourceImage of, IReadOnlyList<Edit> edits) => new()
        {
            Path = of.Path,
            Id = of.Id,
            Seed = seed,
            Epoch = epoch,
            InputSize = inputSize,
            Edits = edits,
        };

        AugmentDraw Until(int position, SourceImage of) => Of(of, pipeline.DrawUntil(position, of.Size.Width, of.Size.Height, inputSize, new(seed, epoch, of.Key)));
    }

    /// <summary>The picture with every edit; the one given is used up.</summary>
    internal Picture Apply(Picture picture)
    {
        using (picture) return Apply(AugmentSource.Of(picture), picture.Width, picture.Height);
    }

    /// <summary>The drawn picture, made from its file as training makes it.</summary>
    /// <exception cref="FineTuneException">ImageChanged, or as of <see cref="ImageFile.Decode(string)"/>.</exception>
    internal Picture Apply() => Apply(SourceImage.Read(Path));

    /// <inheritdoc cref="Apply()"/>
    internal Picture Apply(SourceImage image)
    {
        if (image.Id != Id) throw Fault.ImageChanged(image.Path, Id, image.Id);
        using var encoded = EncodedImage.Open(image.Bytes, image.Path);
        return Apply(AugmentSource.Of(encoded), encoded.Width, encoded.Height);
    }

    Picture Apply(AugmentSource image, int width, int height) => new AugmentPlan(Edits, width, height).Run(image, CancellationToken.None);

    public bool Equals(AugmentDraw? other) => other is not null
        && (Path, Id, Seed, Epoch, InputSize, File) == (other.Path, other.Id, other.Seed, other.Epoch, other.InputSize, other.File) && Edits.SequenceEqual(other.Edits);

    public override int GetHashCode() => HashCode.Combine(Path, Id, Seed, Epoch, InputSize);
}

/// <summary>An image file's bytes, read once for its hash and its pixels.</summary>
sealed record SourceImage(string Path, byte[] Bytes)
{
    readonly byte[] _hash = SHA256.HashData(Bytes);
    (int, int)? _size;

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public string Id => Convert.ToHexString(_hash).ToLowerInvariant();

    /// <summary>Of the random streams.</summary>
    public ulong Key => RandomStream.SampleKey(_hash);

    /// <exception cref="FineTuneException">UnreadableImage, ImageTooLarge.</exception>
    public static SourceImage Read(string path) => new(path, ImageFile.Read(path));

    /// <summary>Upright, pixels; read from the header.</summary>
    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge.</exception>
    public (int Width, int Height) Size
    {
        get
        {
            if (_size is { } known) return known;
            using var image = EncodedImage.Open(Bytes, Path);
            return (_size = (image.Width, image.Height)).Value;
        }
    }

    /// <exception cref="FineTuneException">UndecodableImage, ImageTooLarge.</exception>
    public Picture Decode() => ImageFile.Decode(Bytes, Path);
}
