namespace PSFineTune.Packaging.Probes;

/// <summary>A sample with what the model said of it where it was exported.</summary>
sealed record Probe
{
    /// <summary>The text; null for an image.</summary>
    public string? Text { get; init; }

    /// <summary>Name of the part that holds the image file; null for a text.</summary>
    public string? Image { get; init; }

    /// <summary>Probabilities in class order at temperature 1, to six decimals.</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];
}

/// <summary>What probes.json holds.</summary>
sealed record ProbeList
{
    public int SchemaVersion { get; init; } = 1;

    public IReadOnlyList<Probe> Probes { get; init; } = [];
}

/// <summary>Probes and the image files that they name.</summary>
sealed record ProbeSet(IReadOnlyList<Probe> Probes, IReadOnlyDictionary<string, PartSource> Images)
{
    public const int Most = 64;

    /// <summary>Bytes of an image, of a text and of the list.</summary>
    public const int ImageLimit = 200 << 10, TextLimit = 20_000, ListLimit = 8 << 20;

    const string ListName = "probes.json", ListKind = "probes", ImageKind = "probe";

    /// <summary>Those of a package; null where it has none.</summary>
    /// <exception cref="FineTuneException">BadProbes.</exception>
    public static ProbeSet? In(PackageContent content)
    {
        var (name, _, source) = content.Others.FirstOrDefault(part => part.Name == ListName);
        if (name is null) return null;
        FineTuneException Bad(string why) => Fault.BadProbes(content.Package.Path, why);
        if (source.Length > ListLimit) throw Bad($"their list has {source.Length} bytes");
        var json = System.Text.Encoding.UTF8.GetString(source.Bytes());
        PartManifest.CheckSchema(json, 1, content.Package.Path);
        var list = PlanJson.ReadStrict<ProbeList>(json).Probes;
        if (list is not { Count: > 0 and <= Most }) throw Bad($"there are not 1 to {Most}");
        var images = new Dictionary<string, PartSource>(StringComparer.Ordinal);
        foreach (var probe in list)
        {
            if (probe is not { Scores: not null } || probe.Scores.Count != content.Package.Classes.Count || !probe.Scores.All(double.IsFinite)) throw Bad("one has not a probability for each class");
            if (probe.Text is null == probe.Image is null || probe.Text is null == content.Package.Plan.TextPipeline is not null) throw Bad("one is no sample that the model takes");
            if (probe.Image is null) continue;
            var image = content.Others.FirstOrDefault(part => part.Name == probe.Image && part.Kind == ImageKind).Source ?? throw Bad($"there is no part '{probe.Image}'");
            images[probe.Image] = image.Length <= ImageLimit ? image : throw Bad($"'{probe.Image}' has {image.Length} bytes");
        }
        return new(list, images);
    }

    /// <summary>A package has some, whole or not.</summary>
    public static bool IsIn(PackageContent content) => content.Others.Any(part => part.Name == ListName);

    /// <summary>The content with these probes instead of those that it has; with none for null.</summary>
    public static PackageContent Put(PackageContent content, ProbeSet? probes)
    {
        var others = content.Others.Where(part => part.Name != ListName && part.Kind is not (ListKind or ImageKind));
        return content with
        {
            Others = probes is null ? [.. others]
                : [.. others, (ListName, ListKind, PartSource.Of(PlanJson.Write(new ProbeList { Probes = probes.Probes }))), .. probes.Images.Select(image => (image.Key, ImageKind, image.Value))],
        };
    }
}
