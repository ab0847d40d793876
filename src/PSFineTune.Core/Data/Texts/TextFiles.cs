using PSFineTune.Data.Texts.Formats;

namespace PSFineTune.Data.Texts;

/// <summary>The files that an import reads, in order, and their format.</summary>
/// <param name="Format">With what was found of its settings.</param>
/// <param name="Sources">Surveyed; those of a folder in ordinal order of their paths.</param>
/// <param name="Loose">Full paths of texts that lie in no class folder.</param>
/// <param name="Bad">Files of class folders that are no text, or that cannot be read.</param>
/// <param name="Classes">Those of class folders, also without a text; null for files of rows.</param>
sealed record TextFiles(TextFormat Format, IReadOnlyList<TextSource> Sources, IReadOnlyList<string> Loose, IReadOnlyList<SkippedText> Bad, IReadOnlyList<string>? Classes)
{
    static readonly string[] s_extensions = [".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json", ".txt"];

    /// <exception cref="FineTuneException">There is no such file or folder, or it is not clear how it is to be read.</exception>
    public static TextFiles Find(TextDatasetReference settings, Exclusions exclusions, CancellationToken cancel)
    {
        if (settings.Format is Folder || (settings.Format is null && Directory.Exists(settings.Root) && !SplitFiles(settings.Root).ContainsKey(Split.Train)))
            return InFolders(settings, exclusions, cancel);
        var sources = OfRows(settings);
        foreach (var source in sources)
        {
            cancel.ThrowIfCancellationRequested();
            source.Survey(settings.Encoding);
        }
        var glance = TextGlance.At(sources[0], [.. new[] { settings.TextColumn, settings.LabelColumn }.OfType<string>()]);
        if (glance.Lines.Count == 0) throw Fault.NoTexts(sources[0].Path);
        return new(settings.Format?.Found(glance) ?? TextFormat.Suggested(glance) ?? throw Fault.FormatNotClear(sources[0].Path, Catalog<TextFormat>.Names), sources, [], [], null);
    }

    // The rows of the first all train where another file validates; otherwise some of them do that.
    static List<TextSource> OfRows(TextDatasetReference settings)
    {
        var found = Directory.Exists(settings.Root) ? SplitFiles(settings.Root) : [];
        var train = found.Count == 0 ? settings.Root : found.GetValueOrDefault(Split.Train) ?? throw Fault.NoTexts(settings.Root);
        if (settings.ValidationPath is { } validation) found[Split.Validation] = validation;
        if (settings.TestPath is { } test) found[Split.Test] = test;
        var others = found.Where(pair => pair.Key != Split.Train).OrderBy(pair => pair.Key).Select(pair => new TextSource(pair.Value, pair.Key)).ToList();
        return [new(train, found.ContainsKey(Split.Validation) ? Split.Train : null), .. others];
    }

    /// <summary>Whether a folder has texts as an import would take them: class folders of some, or a file named after training.</summary>
    /// <exception cref="FineTuneException">The folder may not be listed, or has two files for training.</exception>
    public static bool AreIn(string folder, CancellationToken cancel) =>
        SplitFiles(folder).ContainsKey(Split.Train) || ClassFolders.Of(folder, FileKind.Text, FileTree.Look(folder, cancel).Entries, _ => { }).Files.Count > 0;

    // Files of rows at the top of a folder that are named after a split, such as train.csv.
    static Dictionary<Split, string> SplitFiles(string root)
    {
        var named = Directory.EnumerateFiles(root).Where(path => s_extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Select(path => (Path: path, Split: SplitName.Of(Path.GetFileNameWithoutExtension(path)))).Where(file => file.Split is not null).GroupBy(file => file.Split!.Value).ToList();
        return named.FirstOrDefault(same => same.Count() > 1) is { } twice ? throw Fault.TwoFilesOfSplit(root, twice.Key, twice.Select(file => Path.GetFileName(file.Path)))
            : named.ToDictionary(same => same.Key, same => same.Single().Path);
    }

    static TextFiles InFolders(TextDatasetReference settings, Exclusions exclusions, CancellationToken cancel)
    {
        if (settings.ValidationPath is not null || settings.TestPath is not null) throw Fault.FolderAndFiles(settings.Root);
        var all = ClassFolders.Find(settings.Root, FileKind.Text, cancel);
        // A text that is left out is not opened.
        var (sources, bad) = (new List<TextSource>(), new List<SkippedText>());
        foreach (var file in all.Files.Where(file => !exclusions.Cover(file.Path, 1)))
        {
            cancel.ThrowIfCancellationRequested();
            var source = new TextSource(Path.GetFullPath(file.Path, settings.Root), file.Split, file.Label);
            try
            {
                source.Survey(settings.Encoding);
                sources.Add(source);
            }
            catch (FineTuneException fault) when (settings.OnBadText != BadSamplePolicy.Stop)
            {
                bad.Add(new() { Path = source.Path, Reason = fault.Message, Bad = true });
            }
        }
        if (sources.Count == 0) throw Fault.NoTexts(settings.Root);
        return new(new Folder(), sources, [.. all.Loose.Where(path => !exclusions.Cover(FileTree.Relative(settings.Root, path), 1))], bad, all.Classes);
    }
}
