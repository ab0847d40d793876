using System.Globalization;
using System.Text.RegularExpressions;

namespace PSFineTune.Models;

/// <summary>How weight files say what preprocessing they need.</summary>
static partial class PreprocessingNote
{
    /// <summary>Metadata key of our own form, a <see cref="Preprocessing"/> as JSON.</summary>
    public const string Key = "preprocessing";

    // Free text that files of others carry.
    const string TextKey = "preprocess";

    static readonly Dictionary<string, Preprocessing> s_byHash = new()
    {
        // github.com/akamaster/pytorch_resnet_cifar10, ResNet-20.
        ["725af28f8de79f787dcedc971824b4fcb87d4e80829a8b0c069a31695711f18f"] = new() { InputSize = 32 },
    };

    /// <summary>For the metadata of a file to write.</summary>
    public static KeyValuePair<string, string> Write(Preprocessing preprocessing) => new(Key, PlanJson.WriteLine(preprocessing));

    /// <summary>The metadata of a file to write; none for texts.</summary>
    public static Dictionary<string, string> Of(Preprocessing? preprocessing) => preprocessing is null ? [] : new([Write(preprocessing)]);

    /// <summary>What the metadata say; null where they say nothing that is understood.</summary>
    /// <param name="metadata">Of a weight file.</param>
    /// <param name="model">The architecture's own, for what the text leaves out: input size, crop and interpolation.</param>
    /// <param name="source">File to name in a fault.</param>
    /// <exception cref="FineTuneException">InvalidSafetensors where our own form is broken.</exception>
    public static Preprocessing? Read(IReadOnlyDictionary<string, string> metadata, Preprocessing model, string source)
    {
        if (metadata.TryGetValue(Key, out var json)) return ReadJson(json, source);
        if (!metadata.TryGetValue(TextKey, out var text)) return null;
        if (Ratio().Match(text) is { Success: true } ratio)
            return model with { Channels = Order(ratio), Scale = 1 / Number(ratio, "over"), Mean = Three(ratio, "minus", "minus", "minus"), Std = [1, 1, 1] };
        if (Means().Match(text) is { Success: true } means)
            return model with { Channels = Order(means), Scale = 1, Mean = Three(means, "a", "b", "c"), Std = [1, 1, 1] };
        return null;
    }

    public static Preprocessing? ByHash(string sha256) => s_byHash.GetValueOrDefault(sha256);

    static Preprocessing ReadJson(string json, string source)
    {
        try
        {
            var read = PlanJson.Read<Preprocessing>(json);
            return read.Problem is null ? read : throw Fault.InvalidSafetensors(source, "its preprocessing has values that no image can be prepared with");
        }
        catch (FineTuneException wrong) when (wrong.Id == "InvalidJson")
        {
            throw Fault.InvalidSafetensors(source, $"its preprocessing cannot be read ({wrong.Message.TrimEnd('.')})");
        }
    }

    static ChannelOrder Order(Match match) => match.Groups["order"].Value == "RGB" ? ChannelOrder.Rgb : ChannelOrder.Bgr;

    static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    static double[] Three(Match match, params string[] groups) => [.. groups.Select(group => Number(match, group))];

    // RGB x/127.5-1
    [GeneratedRegex(@"^(?<order>RGB|BGR),? x/(?<over>[1-9]\d*(\.\d+)?) ?- ?(?<minus>\d+(\.\d+)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Ratio();

    // BGR, 0..255, minus [104,117,123]
    [GeneratedRegex(@"^(?<order>RGB|BGR), 0\.\.255, minus \[(?<a>\d+(\.\d+)?), ?(?<b>\d+(\.\d+)?), ?(?<c>\d+(\.\d+)?)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Means();
}
