using PSFineTune.Models;

namespace PSFineTune.Packaging;

/// <summary>What is inside a package: its description, weights, label data, and parts that this version does not know.</summary>
sealed record PackageContent(ModelPackage Package, PartSource Weights)
{
    public LabelData? LabelData { get; init; }

    /// <summary>Name, kind and bytes of further parts; kept when the package is written again.</summary>
    public IReadOnlyList<(string Name, string Kind, PartSource Source)> Others { get; init; } = [];
}

/// <summary>
/// Package files (.psft): a zip of stored entries with sorted names and fixed times, so the same content makes the same
/// bytes. manifest.json lists every other part with size and SHA-256, and each is verified before anything is used.
/// </summary>
static class PackageFile
{
    public const string WeightsName = "model.safetensors";

    const string DescriptionName = "package.json";
    const string LabelDataName = "labels.csv";

    // Text parts are read into memory; a million classes with a hundred characters each would still fit.
    const long TextLimit = 128 << 20;

    /// <summary>Writes beside, flushes, renames.</summary>
    /// <exception cref="FineTuneException">CannotWrite, UnsafePartName, PartTooLarge, ChangedWhileRead.</exception>
    public static void Write(string path, PackageContent content)
    {
        var package = content.Package with { LabelDataColumns = content.LabelData?.Columns ?? [], Plan = content.Package.Plan.WithoutFolders() };
        List<(string Name, string Kind, PartSource Source)> parts =
        [
            (WeightsName, "weights", content.Weights),
            (DescriptionName, "description", PartSource.Of(PlanJson.Write(package))),
            .. content.LabelData is { } labels ? [(LabelDataName, "label-data", PartSource.Of(labels.ToCsv()))] : Array.Empty<(string, string, PartSource)>(),
            .. content.Others,
        ];
        if (parts.FirstOrDefault(part => !PartManifest.IsSafe(part.Name)) is { Name: { } name }) throw Fault.UnsafePartName(path, name);

        var manifest = new PartManifest
        {
            Parts = [.. parts.OrderBy(part => part.Name, StringComparer.Ordinal).Select(part => PartManifest.Describe(part.Name, part.Kind, part.Source))],
        };
        parts.Add((PartManifest.FileName, "manifest", PartSource.Of(PlanJson.Write(manifest))));
        DurableFile.Write(path, stream => StoredZipWriter.Write(stream, path, parts.Select(part => KeyValuePair.Create(part.Name, part.Source))));
    }

    /// <summary>The content, every part verified; the weights stay in the file and are read from there when opened.</summary>
    /// <exception cref="FineTuneException">DamagedPackage, PartMissing, PartDamaged, UnsafePartName, NewerSchema, CannotRead and the faults of label data.</exception>
    public static PackageContent Open(string path)
    {
        var full = Path.GetFullPath(path);
        var sources = StoredZipReader.Read(full);
        var manifest = PartManifest.Parse(Text(full, sources, PartManifest.FileName), full);
        manifest.Verify(full, sources.GetValueOrDefault);
        var listed = manifest.Parts.Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        if (listed.Contains(PartManifest.FileName)) throw Fault.DamagedPackage(full, "its manifest lists itself");
        if (sources.Keys.FirstOrDefault(name => name != PartManifest.FileName && !listed.Contains(name)) is { } stray)
            throw Fault.DamagedPackage(full, $"it has an entry '{stray}' that its manifest does not list");

        var json = Text(full, sources, DescriptionName);
        PartManifest.CheckSchema(json, ModelPackage.NewestSchema, full);
        var package = Described(json, full);
        var labels = sources.ContainsKey(LabelDataName) ? LabelData.Parse(Text(full, sources, LabelDataName), $"{full}/{LabelDataName}", package.Classes) : null;
        return new(package, sources.GetValueOrDefault(WeightsName) ?? throw Fault.PartMissing(full, WeightsName))
        {
            LabelData = labels,
            Others = [.. manifest.Parts.Where(part => part.Name is not (WeightsName or DescriptionName or LabelDataName)).Select(part => (part.Name, part.Kind, sources[part.Name]))],
        };
    }

    // JSON may say null where the record says there is always something.
    static ModelPackage Described(string json, string path)
    {
        var package = PlanJson.Read<ModelPackage>(json);
        if (package is not { Plan: not null, Classes.Count: > 0 } || package.Classes.Any(string.IsNullOrEmpty)
            || package.Preprocessing is null or { Mean: null } or { Std: null } && package.Plan.Model is null or NetworkSpec { DefaultPreprocessing: not null })
            throw Fault.DamagedPackage(path, "its description lacks the classes, the plan or the preprocessing");
        if (!double.IsFinite(package.Temperature) || package.Temperature <= 0) throw Fault.DamagedPackage(path, $"its temperature is {package.Temperature}, which is no number above 0");
        return package.Classes.Distinct(StringComparer.Ordinal).Count() == package.Classes.Count
            ? package with { Path = path } : throw Fault.DamagedPackage(path, "its description names a class twice");
    }

    static string Text(string path, IReadOnlyDictionary<string, PartSource> sources, string name)
    {
        var source = sources.GetValueOrDefault(name) ?? throw Fault.PartMissing(path, name);
        return source.Length <= TextLimit ? System.Text.Encoding.UTF8.GetString(source.Bytes()) : throw Fault.PartTooLarge(path, name, source.Length, TextLimit);
    }
}
