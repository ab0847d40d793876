using PSFineTune.Audit;
using PSFineTune.Data;
using PSFineTune.Data.Samples;
using PSFineTune.Imaging;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>A clean set of two classes, and a defect of each rule to plant in it.</summary>
sealed class AuditedFolder : IDisposable
{
    static readonly Dictionary<string, byte[]> s_files = SampleFiles.All.ToDictionary(file => file.Name, file => file.Bytes);

    readonly TempFolder _temp = new();

    /// <param name="splits">Whether the classes lie below train and validation.</param>
    public AuditedFolder(bool splits = false)
    {
        foreach (var split in splits ? ["train", "validation"] : new[] { "" })
            new HotDog { Count = 12, Seed = split.Length + 1 }.Sized(48).Write(this[split], TestContext.Current.CancellationToken);
    }

    public string Root => _temp["set"];

    public string Workspace => _temp["workspace"];

    public string this[string relative] => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What is planted for each rule, and the path it is to be found at.</summary>
    public static IReadOnlyDictionary<string, Func<AuditedFolder, string>> Plants { get; } = new Dictionary<string, Func<AuditedFolder, string>>
    {
        ["UnreadableImage"] = folder => folder.Put("hotdog/cut.jpg", s_files["160x128-1.jpg"][..^900]),
        ["EmptyFile"] = folder => folder.Put("hotdog/empty.jpg", []),
        ["LooseImage"] = folder => folder.Put("loose.png", s_files["97x75.png"]),
        ["ForeignFormat"] = folder => folder.Put("hotdog/phone.heic", [0, 0, 0, 24]),
        ["HiddenImage"] = folder => folder.Put("hotdog/.hidden.png", s_files["97x75.png"]),
        ["LongPath"] = folder => folder.Put($"hotdog/{new string('a', 130)}/{new string('b', 130)}.png", s_files["97x75.png"]),
        ["WrongExtension"] = folder => folder.Put("hotdog/named.jpg", s_files["97x75.png"]),
        ["ExifRotation"] = folder => folder.Put("hotdog/turned.jpg", s_files["160x128-6.jpg"]),
        ["GrayImage"] = folder => folder.Put("hotdog/gray.jpg", s_files["gray.jpg"]),
        ["CmykImage"] = folder => folder.Put("hotdog/inks.jpg", s_files["cmyk.jpg"]),
        ["DeepColor"] = folder => folder.Put("hotdog/deep.png", s_files["rgb-16bit.png"]),
        ["AnimatedImage"] = folder => folder.Put("hotdog/moving.gif", s_files["animated.gif"]),
        ["TransparentImage"] = folder => folder.Put("hotdog/clear.png", s_files["rgba.png"]),
        ["TinyImage"] = folder => folder.Put("hotdog/pixel.png", s_files["1x1.png"]),
        ["BlankImage"] = folder => folder.Put("hotdog/even.png", Even()),
        ["DuplicateImage"] = folder => folder.Put("hotdog/z.png", File.ReadAllBytes(folder.Image("hotdog", 0))),
        ["NearDuplicateImage"] = folder => folder.Put("hotdog/z.jpg", Again(folder.Image("hotdog", 0), ImageFormat.Jpeg)),
        ["LeakedImage"] = folder => folder.Put("validation/hotdog/z.jpg", Again(folder.Image("train/hotdog", 3), ImageFormat.Jpeg)),
        ["ConflictingImageLabel"] = folder => folder.Put("not-hotdog/z.png", File.ReadAllBytes(folder.Image("hotdog", 0))),
        ["ClassImbalance"] = folder => Path.GetDirectoryName(folder.Put("rare/one.png", s_files["97x75.png"]))!,
        ["EmptyClass"] = folder => Directory.CreateDirectory(folder["nothing"]).FullName,
        ["ClassInOneSplit"] = folder => Path.GetDirectoryName(folder.Put("train/alone/one.png", s_files["97x75.png"]))!,
        ["SimilarClassNames"] = folder => Path.GetDirectoryName(folder.Put("hot dog/one.png", s_files["97x75.png"], also: "hot  dog/two.png"))!,
        ["DataLayout"] = folder => folder.Put("extra/hotdog/one.png", s_files["97x75.png"])[..^"/extra/hotdog/one.png".Length],
    };

    public static bool NeedsSplits(string rule) => rule is "LeakedImage" or "ClassInOneSplit" or "DataLayout";

    /// <summary>The image of a class at a place in the order of names.</summary>
    public string Image(string folder, int place) => Directory.GetFiles(this[folder], "*.png").Order(StringComparer.Ordinal).ElementAt(place);

    public string Put(string relative, byte[] content, string? also = null)
    {
        if (also is not null) Put(also, s_files["97x75.webp"]);
        var path = Path.GetFullPath(this[relative]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public List<AuditFinding> Findings(Predicate<string>? named = null) => [.. Audit(named).Run(Root)];

    public List<AuditFinding> Findings(Dataset data) => [.. Audit(null).Run(data)];

    /// <summary>The picture of a file, encoded again.</summary>
    public static byte[] Again(string path, ImageFormat format, bool mirrored = false)
    {
        using var picture = ImageFile.Decode(path);
        if (mirrored)
            for (var y = 0; y < picture.Height; y++)
                for (int left = 0, right = 3 * (picture.Width - 1); left < right; left += 3, right -= 3)
                    for (var channel = 0; channel < 3; channel++)
                        (picture.Row(y)[left + channel], picture.Row(y)[right + channel]) = (picture.Row(y)[right + channel], picture.Row(y)[left + channel]);
        return ImageWriter.Encode(picture, format, 80);
    }

    public void Dispose() => _temp.Dispose();

    DataAudit Audit(Predicate<string>? named) => new(DataAudit.Rules(named), Workspace, null, TestContext.Current.CancellationToken);

    static byte[] Even()
    {
        using var picture = new Picture(40, 30);
        picture.Pixels.Fill(90);
        return ImageWriter.Encode(picture, ImageFormat.Png);
    }
}
