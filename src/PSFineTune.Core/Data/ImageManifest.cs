using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PSFineTune.Data;

/// <summary>Finds labelled images by a csv file of path, label and perhaps split, other columns becoming metadata; relative paths start at the file's folder.</summary>
static class ImageManifest
{
    static readonly string[] s_own = ["path", "label", "split"];

    static readonly CsvConfiguration s_csv = new(CultureInfo.InvariantCulture)
    {
        PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
        TrimOptions = TrimOptions.Trim,
        IgnoreBlankLines = true,
        DetectDelimiter = false,
    };

    /// <exception cref="FineTuneException">The manifest or a file it names is missing, or a line is wrong; the line is named.</exception>
    public static FoundImages Find(string manifest, string root, CancellationToken cancel)
    {
        if (!File.Exists(manifest)) throw Fault.NoManifest(manifest);
        try
        {
            using var csv = new CsvReader(new StreamReader(manifest), s_csv);
            return Read(csv, manifest, root, cancel);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(manifest, wrong);
        }
        catch (BadDataException wrong)
        {
            throw Fault.ManifestLine(manifest, wrong.Context?.Parser?.RawRow ?? 0, "it is not well-formed csv");
        }
    }

    static FoundImages Read(CsvReader csv, string manifest, string root, CancellationToken cancel)
    {
        var splits = ReadHeader(csv, manifest);
        string[] more = [.. csv.HeaderRecord!.Select(name => name.Trim()).Where(name => name.Length > 0 && !s_own.Contains(name.ToLowerInvariant()))];
        var folder = Path.GetDirectoryName(manifest)!;
        var seen = new Dictionary<string, int>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var found = new List<FoundImage>();
        while (csv.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var line = csv.Parser.RawRow;
            var (path, label) = (Field(csv, "path", manifest, line), Field(csv, "label", manifest, line));
            var full = Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), folder);
            if (!seen.TryAdd(full, line)) throw Fault.ManifestLine(manifest, line, $"'{path}' was given in line {seen[full]} already");
            if (FileTree.Stamp(full) is not { } stamp) throw Fault.ManifestLine(manifest, line, $"there is no file '{full}'");
            var split = splits ? SplitOf(Field(csv, "split", manifest, line), manifest, line) : (Split?)null;
            found.Add(new(FileTree.Relative(root, full), label, split, stamp.Size, stamp.Time, more.Length == 0 ? null : [.. more.Select(name => csv.TryGetField<string>(name, out var cell) ? cell ?? "" : "")]));
        }
        found.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return new(found, [.. found.Select(image => image.Label).Distinct().Order(StringComparer.Ordinal)], [], 0) { MoreColumns = more };
    }

    // Whether there is a column of splits.
    static bool ReadHeader(CsvReader csv, string manifest)
    {
        var header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant()).ToList() : [];
        foreach (var column in new[] { "path", "label" })
            if (header.Count(name => name == column) != 1) throw Fault.ManifestColumn(manifest, column, header);
        if (header.Where(name => name.Length > 0).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice) throw Fault.ManifestColumn(manifest, twice.Key, header);
        return header.Contains("split");
    }

    static string Field(CsvReader csv, string column, string manifest, int line) =>
        csv.TryGetField<string>(column, out var value) && !string.IsNullOrEmpty(value) ? value : throw Fault.ManifestLine(manifest, line, $"its {column} is empty");

    static Split SplitOf(string name, string manifest, int line) =>
        SplitName.Of(name) ?? throw Fault.ManifestLine(manifest, line, $"'{name}' is no split; known are {string.Join(", ", SplitName.Known)}");
}
