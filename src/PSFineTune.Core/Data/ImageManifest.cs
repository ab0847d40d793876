namespace PSFineTune.Data;

/// <summary>Finds labelled images by a csv file of path, label and perhaps split, other columns becoming metadata; relative paths start at the file's folder.</summary>
static class ImageManifest
{
    static readonly string[] s_own = ["path", "label", "split"];

    /// <exception cref="FineTuneException">The manifest or a file it names is missing, or a line is wrong; the line is named.</exception>
    public static FoundFiles Find(string manifest, string root, CancellationToken cancel)
    {
        if (!File.Exists(manifest)) throw Fault.NoManifest(manifest);
        using var records = CsvFile.Read(manifest, (line, what) => Fault.ManifestLine(manifest, line, what)).GetEnumerator();
        string[] header = records.MoveNext() ? records.Current.Cells : [];
        CheckHeader(header, manifest);
        // The further columns by their place; one without a name holds nothing that could be asked for.
        var more = header.Select((name, at) => (name, at)).Where(column => column.name.Length > 0 && PlaceOf(s_own, column.name) < 0).ToArray();
        var (folder, seen, found) = (Path.GetDirectoryName(manifest)!, new Dictionary<string, int>(FilePlace.Names), new List<FoundFile>());
        while (records.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            var (line, cells) = records.Current;
            var (path, label) = (Field("path"), Field("label"));
            var full = Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), folder);
            if (!seen.TryAdd(full, line)) throw Fault.ManifestLine(manifest, line, $"'{path}' was given in line {seen[full]} already");
            if (FileTree.Stamp(full) is not { } stamp) throw Fault.ManifestLine(manifest, line, $"there is no file '{full}'");
            var split = PlaceOf(header, "split") < 0 ? (Split?)null : SplitOf(Field("split"), manifest, line);
            found.Add(new(FileTree.Relative(root, full), label, split, stamp.Size, stamp.Time, more.Length == 0 ? null : [.. more.Select(column => Cell(column.at))]));

            string Cell(int at) => at < cells.Length ? cells[at] : "";

            string Field(string column) => Cell(PlaceOf(header, column)) is { Length: > 0 } cell ? cell : throw Fault.ManifestLine(manifest, line, $"its {column} is empty");
        }
        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new(found, [.. found.Select(image => image.Label).Distinct().Order(StringComparer.Ordinal)], [], 0) { MoreColumns = [.. more.Select(column => column.name)] };
    }

    static void CheckHeader(string[] header, string manifest)
    {
        var names = header.Select(name => name.ToLowerInvariant()).ToList();
        foreach (var column in new[] { "path", "label" })
            if (names.Count(name => name == column) != 1) throw Fault.ManifestColumn(manifest, column, names);
        if (names.Where(name => name.Length > 0).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Fault.ManifestColumn(manifest, twice.Key, names);
    }

    static int PlaceOf(string[] header, string column) => Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));

    static Split SplitOf(string name, string manifest, int line) =>
        SplitName.Of(name) ?? throw Fault.ManifestLine(manifest, line, $"'{name}' is no split; known are {string.Join(", ", SplitName.Known)}");
}
