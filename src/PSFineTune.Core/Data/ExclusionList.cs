using System.Globalization;

namespace PSFineTune.Data;

/// <summary>Something to leave out, as a user names it.</summary>
/// <param name="Path">Of a file of the data, or of a list of them.</param>
/// <param name="Line">Of a text; null for all of the file.</param>
/// <param name="Here">Full path of the folder that a relative path starts at where it does not start at the data's root.</param>
/// <param name="IsFinding">An audit named it: without a line it is about a class or all texts of a file, and none of them is meant.</param>
readonly record struct Exclusion(string Path, int? Line, string Here, bool IsFinding = false);

/// <summary>What users name to be left out, as references keep it.</summary>
static class ExclusionList
{
    static readonly string[] s_lists = [".csv", ".txt"];

    /// <summary>The reference with these left out, beside what it leaves out already; a csv or text file that is no part of the data is a list. A finding that is about no single sample leaves nothing out.</summary>
    /// <exception cref="FineTuneException">ExcludedOutside, ExclusionList or CannotRead.</exception>
    public static DatasetReference Without(this DatasetReference reference, IEnumerable<Exclusion> given)
    {
        var root = FolderOf(reference);
        var added = given.SelectMany(one => !one.IsFinding && IsList(one, reference, root, out var file) ? Read(file) : [one])
            .Where(one => !IsOfMany(one, reference, root)).Select(one => Relative(one, reference, root));
        return reference with { Exclude = [.. reference.Exclude.Union(added).Order(StringComparer.Ordinal)] };
    }

    /// <summary>Where paths start: the root, or the folder of a root that is a file.</summary>
    public static string FolderOf(DatasetReference reference)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(reference.Root));
        return File.Exists(root) ? Path.GetDirectoryName(root)! : root;
    }

    // A finding about a sample has the file of an image, or the line of a text.
    static bool IsOfMany(Exclusion one, DatasetReference reference, string root) =>
        one.IsFinding && ((reference is TextDatasetReference && one.Line is null) || Directory.Exists(Resolved(one.Path, one.Here, root)));

    static bool IsList(Exclusion one, DatasetReference reference, string root, out string file)
    {
        file = Resolved(one.Path, one.Here, root);
        if (one.Line is not null || !s_lists.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) || !File.Exists(file)) return false;
        if (reference is not TextDatasetReference texts) return true;
        var path = file;
        return Directory.Exists(texts.Root) ? IsOutside(FileTree.Relative(root, file))
            : !new[] { texts.Root, texts.ValidationPath, texts.TestPath }.OfType<string>().Any(own => Path.GetFullPath(own) == path);
    }

    // A path that names nothing is taken to be meant below the root, and where it is one of Windows, its parts are joined as they are here.
    static string Resolved(string path, string here, string root)
    {
        var (below, beside) = (Path.GetFullPath(path, root), Path.GetFullPath(path, here));
        if (Path.Exists(below)) return below;
        if (Path.Exists(beside)) return beside;
        return path.Contains('\\') && Path.DirectorySeparatorChar == '/' ? Resolved(path.Replace('\\', '/'), here, root) : below;
    }

    static string Relative(Exclusion one, DatasetReference reference, string root)
    {
        var (path, line) = (one.Path, one.Line);
        if (reference is TextDatasetReference && line is null && path.LastIndexOf(':') is > 0 and var at && int.TryParse(path[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var said))
            (path, line) = (path[..at], said);
        var relative = FileTree.Relative(root, Resolved(path, one.Here, root));
        if (IsOutside(relative) && reference is (ImageDatasetReference { Manifest: null } or TextDatasetReference { ValidationPath: null, TestPath: null }))
            throw Fault.ExcludedOutside(one.Path, reference.Root);
        return reference is TextDatasetReference && line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{relative}:{number}") : relative;
    }

    static bool IsOutside(string relative) => relative is ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative);

    static IEnumerable<Exclusion> Read(string file)
    {
        var here = Path.GetDirectoryName(file)!;
        return Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? Table(file, here)
            : Lines(file).Where(line => line.Length > 0).Select(line => new Exclusion(line, null, here));
    }

    static IEnumerable<string> Lines(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Select(line => line.Trim())];
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(file, wrong);
        }
    }

    static IEnumerable<Exclusion> Table(string file, string here)
    {
        using var records = CsvFile.Read(file, (line, what) => Fault.BadExclusionList(file, line, what)).GetEnumerator();
        string[] header = records.MoveNext() ? records.Current.Cells : [];
        var (path, row, rule) = (PlaceOf("Path"), PlaceOf("Line"), PlaceOf("Rule"));
        if (path < 0) throw Fault.BadExclusionList(file, 1, "no column is named Path");
        while (records.MoveNext())
            if (Cell(path) is { Length: > 0 } named)
                yield return new(named, int.TryParse(Cell(row), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null, here, Cell(rule).Length > 0);

        string Cell(int at) => at >= 0 && at < records.Current.Cells.Length ? records.Current.Cells[at] : "";

        int PlaceOf(string name) => Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
