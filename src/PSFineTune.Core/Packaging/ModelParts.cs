namespace PSFineTune.Packaging;

/// <summary>Files that a model needs besides its weights, such as a vocabulary; they lie in its run and travel in its package.</summary>
sealed class ModelParts
{
    readonly Dictionary<string, PartSource> _sources;

    /// <param name="parts">Name with forward slashes, kind and bytes.</param>
    public ModelParts(IEnumerable<(string Name, string Kind, PartSource Source)> parts)
    {
        All = [.. parts];
        _sources = All.ToDictionary(part => part.Name, part => part.Source, StringComparer.Ordinal);
    }

    /// <summary>They are those of a trained model: what is not among them is missing, whatever lies on the disk under a name that its description gives.</summary>
    public bool AreAll { get; private init; }

    /// <summary>All that a trained model has.</summary>
    public static ModelParts OfModel(IEnumerable<(string Name, string Kind, PartSource Source)> parts) => new(parts) { AreAll = true };

    public static ModelParts None { get; } = new([]);

    public IReadOnlyList<(string Name, string Kind, PartSource Source)> All { get; }

    /// <summary>A part's bytes; null where there is no such part.</summary>
    public PartSource? Find(string name) => _sources.GetValueOrDefault(name);

    /// <summary>The part of that name; before a model is trained, else the file on the disk.</summary>
    /// <exception cref="FineTuneException">PartMissing, CannotRead.</exception>
    public PartSource Of(string name, string path) => Find(name) ?? (AreAll ? throw Fault.PartMissing("the model", name) : PartSource.OfFile(path));

    /// <summary>The parts in a folder, verified; none where there is no folder.</summary>
    /// <exception cref="FineTuneException">PartMissing, PartDamaged, CannotRead.</exception>
    public static ModelParts In(string folder) => !Directory.Exists(folder) ? None
        : new(PartManifest.Read(folder).Parts.Select(part => (part.Name, part.Kind, PartSource.OfFile(Path.Combine(folder, part.Name)))));

    /// <summary>Writes the parts beside, with a manifest, then renames; a folder that is there is replaced. Nothing is written for none.</summary>
    /// <exception cref="FineTuneException">CannotWrite, UnsafePartName.</exception>
    public void Write(string folder)
    {
        if (All.Count == 0) return;
        if (All.FirstOrDefault(part => !PartManifest.IsSafe(part.Name)) is { Name: { } name }) throw Fault.UnsafePartName(folder, name);
        var beside = folder + ".tmp";
        try
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
            foreach (var (part, _, source) in All)
            {
                var file = Path.Combine(beside, part);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                DurableFile.Write(file, stream =>
                {
                    using var bytes = source.Open();
                    bytes.CopyTo(stream);
                });
            }
            PartManifest.Write(beside, All.Select(part => (part.Name, part.Kind)));
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(beside, folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(folder, wrong);
        }
    }
}
