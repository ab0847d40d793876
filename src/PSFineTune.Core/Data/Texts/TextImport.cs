using System.Diagnostics;

namespace PSFineTune.Data.Texts;

/// <summary>One import from files to dataset: find, read row after row, leave out, split.</summary>
/// <param name="given">What the user asked for.</param>
/// <param name="workspace">Folder of the cache, for texts that memory should not hold.</param>
/// <param name="progress">Called on the calling thread.</param>
/// <param name="readOnly">Nothing is written to the workspace.</param>
sealed class TextImport(TextDatasetReference given, string workspace, IProgress<ImportProgress>? progress, bool readOnly = false)
{
    const int MostClasses = 10_000, MostSkipped = 100_000, MostRows = 60_000_000;

    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    readonly TextDatasetReference _settings = given with
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given.Root)),
        ValidationPath = Full(given.ValidationPath),
        TestPath = Full(given.TestPath),
        ClassFile = Full(given.ClassFile),
        Encoding = given.Encoding is { } encoding ? TextEncoding.NameOf(encoding) : null,
    };

    readonly SplitRules _rules = new(given, FileKind.Text.Item);
    readonly List<SkippedText> _skipped = [];
    readonly Exclusions _exclusions = new(given.Exclude);

    /// <exception cref="FineTuneException">The settings or the data are not usable.</exception>
    public TextDataset Run(CancellationToken cancel)
    {
        _rules.CheckFractions();
        var files = TextFiles.Find(_settings, _exclusions, cancel);
        var source = files.Sources[0];
        var choice = TextColumnChoice.Of(_settings, source.Guarded(() => files.Format.ColumnsOf(source)), source.Path);
        var names = ClassNames.For(_settings, files, choice);
        if (_settings.GroupPattern is { Length: > 0 } && choice.Group is null && files.Classes is null) throw Fault.PatternWithoutColumn(_settings.GroupPattern);

        var folder = readOnly ? Path.GetTempPath() : Path.Combine(workspace, "cache", "texts");
        var rows = new TextRows(new(new(folder)), choice.More);
        Read(files, choice, new(choice, names), rows, cancel);
        if (_skipped.Count > 0 && _settings.OnBadText == BadSamplePolicy.Stop) throw Fault.BadTexts(_settings.Root, _skipped, rows.Count + _skipped.Count);
        if (rows.Count == 0) throw Fault.NoTexts(_settings.Root);
        if (_settings.GroupPattern is { Length: > 0 } pattern && !rows.HasGroups) throw Fault.BadGroupPattern(pattern, "it matches no row.");

        string[] classes = [.. rows.Labels.Union(files.Classes ?? []).Order(StringComparer.Ordinal)];
        if (!_rules.HoldOut) rows.Tally(classes).Check(_settings.Root, FileKind.Text.Item);
        var columns = rows.ToColumns(classes, [.. files.Sources.Select(file => file.Path)], _rules);
        _rules.Check(_settings.Root, classes, columns, row => $"{columns.Files[columns.FileOf[row]]}, line {columns.Lines[row]}");
        var reference = Found(files, choice, names) with { Classes = classes, Fingerprint = DataFingerprint.Of(classes, columns) };
        var loose = files.Loose.Select(path => new SkippedText { Path = path, Reason = "The text lies in no class folder." });
        return new(reference, columns, [.. files.Bad, .. _skipped, .. loose]) { Found = ToSay(files, choice, names), Doubts = [.. Doubts(files)], UnmetExclusions = _exclusions.Unmet };
    }

    void Read(TextFiles files, TextColumnChoice choice, TextRowCheck check, TextRows rows, CancellationToken cancel)
    {
        var groups = _settings.GroupPattern is { Length: > 0 } pattern ? new GroupKeys(pattern) : null;
        var (clock, told) = (Stopwatch.StartNew(), TimeSpan.Zero);
        var folder = ExclusionList.FolderOf(_settings);
        var (before, total) = (0L, files.Sources.Sum(source => source.Length));
        for (var file = 0; file < files.Sources.Count; file++)
        {
            var source = files.Sources[file];
            var (path, place) = (FileTree.Relative(_settings.Root, source.Path), FileTree.Relative(folder, source.Path));
            using var read = files.Format.RowsOf(source, choice.Names).GetEnumerator();
            while (source.Guarded(read.MoveNext))
            {
                cancel.ThrowIfCancellationRequested();
                if (_exclusions.Cover(place, read.Current.Line)) continue;
                if (check.Problem(read.Current, source.Encoding, out var row) is { } wrong) Skip(source.Path, read.Current.Line, wrong);
                else rows.Add(row.Text, row.Label, row.Split ?? source.Split, GroupOf(row.Group), row.More, file, read.Current.Line);
                if (rows.Labels.Count > MostClasses) throw Fault.TooManyClasses(source.Path, choice.Label, rows.Labels.Count, rows.Count);
                if (rows.Count > MostRows) throw Fault.TooManyRows(_settings.Root, MostRows);
                if (progress is null || clock.Elapsed - told < s_pause) continue;
                told = clock.Elapsed;
                Tell(before + source.Position);
            }
            before += source.Length;

            string? GroupOf(string? cell) => groups is not null ? groups.GroupOf(cell ?? path) : cell is { Length: > 0 } ? cell : null;
        }
        Tell(total);

        void Tell(long done) => progress?.Report(new()
        {
            Activity = "Reading texts", Done = (int)(done >> 20), Total = (int)(total >> 20), Unit = "MiB",
            Left = done > 0 ? clock.Elapsed * ((total - done) / (double)done) : null,
        });
    }

    void Skip(string path, int line, string wrong)
    {
        if (_skipped.Count == MostSkipped) throw Fault.BadTexts(_settings.Root, _skipped, null);
        _skipped.Add(new() { Path = path, Line = line, Reason = $"'{path}', line {line}: {wrong}.", Bad = true });
    }

    TextDatasetReference Found(TextFiles files, TextColumnChoice choice, ClassNames? names) => _settings with
    {
        Format = files.Format,
        TextColumn = choice.Text,
        LabelColumn = choice.Label,
        SplitColumn = choice.Split,
        GroupColumn = choice.Group,
        MetadataColumns = choice.More,
        ClassFile = names?.File,
        Files = files.Classes is not null ? [] : [.. files.Sources.Select(source => new TextFileReference { Path = source.Path, Encoding = source.Encoding, Hash = source.Hash(), Split = source.Split })],
    };

    static string ToSay(TextFiles files, TextColumnChoice choice, ClassNames? names) =>
        $"Read as {files.Format.Description}, {string.Join(", ", files.Sources.Select(source => source.Encoding).Distinct())}; text is '{choice.Text}', label is '{choice.Label}'"
        + (choice.Split is null ? "" : $", split is '{choice.Split}'") + (names is null ? "." : $", classes are named by '{names.File}'.");

    static IEnumerable<string> Doubts(TextFiles files) => files.Sources.Where(source => !source.IsEncodingSure).GroupBy(source => source.Encoding)
        .Select(same => $"'{same.First().Path}'{(same.Count() > 1 ? $" and {same.Count() - 1} more" : "")} is not UTF-8 and is read as {same.Key}, which its bytes suggest and do not prove. Where texts look wrong, name the encoding.");

    static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
