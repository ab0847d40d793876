using System.Globalization;

namespace PSFineTune.Data.Texts;

/// <summary>Names of classes, one a line of a file; labels are places in it, from 0.</summary>
/// <param name="File">Full path.</param>
/// <param name="Names">In the file's order.</param>
sealed record ClassNames(string File, IReadOnlyList<string> Names)
{
    const int Looked = 50;

    /// <summary>Of the file that was given, or of one that lies beside the data by its usual name where the first labels are places in it; null where labels are names.</summary>
    /// <exception cref="FineTuneException">The file is missing, or names a class twice.</exception>
    public static ClassNames? For(TextDatasetReference settings, TextFiles files, TextColumnChoice choice)
    {
        if (settings.ClassFile is { } given) return Read(given, settings.Encoding);
        if (files.Format.UsualClassFile is not { } usual) return null;
        var beside = Path.Combine(Path.GetDirectoryName(files.Sources[0].Path)!, usual);
        if (!System.IO.File.Exists(beside)) return null;
        var read = Read(beside, settings.Encoding);
        return files.Format.RowsOf(files.Sources[0], choice.Names).Take(Looked).All(row => row.Wrong is not null || read.Of(row.Cells[1]) is not null) ? read : null;
    }

    /// <summary>The name of the class at an index; null where it is none.</summary>
    public string? Of(string index) => int.TryParse(index.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < Names.Count ? Names[at] : null;

    static ClassNames Read(string path, string? encoding)
    {
        var source = new TextSource(path);
        source.Survey(encoding);
        var names = source.Guarded(() =>
        {
            using var reader = source.OpenText();
            return LineReader.ReadFilled(reader, path).Select(line => line.Text.Trim()).ToArray();
        });
        var twice = names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? new(path, names) : throw Fault.ClassNamedTwice(path, Array.LastIndexOf(names, twice.Key) + 1, twice.Key);
    }
}
