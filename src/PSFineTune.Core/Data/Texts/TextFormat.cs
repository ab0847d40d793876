namespace PSFineTune.Data.Texts;

/// <summary>How rows of texts lie in a file. What can be found from the file need not be set.</summary>
public abstract record TextFormat
{
    /// <summary>How strongly a file suggests a format, ascending.</summary>
    private protected const int ByWords = 1, ByShape = 2, ByHeader = 3, ByExtension = 4;

    private protected static readonly IReadOnlyList<string> LabelAndText = ["label", "text"];

    /// <summary>How strongly the beginning of a file suggests this format; 0 for not.</summary>
    internal abstract int Fit(TextGlance glance);

    /// <summary>The same with all settings that the beginning of a file tells.</summary>
    internal virtual TextFormat Found(TextGlance glance) => this;

    /// <summary>What it is, in the words of a message.</summary>
    internal virtual string Description => GetType().Name;

    /// <summary>Name of a file of class names that may lie beside such a file; null where labels are names.</summary>
    internal virtual string? UsualClassFile => null;

    /// <summary>Names of the columns that the file has, in order.</summary>
    /// <exception cref="FineTuneException">The first line is none of this format.</exception>
    internal abstract IReadOnlyList<string> ColumnsOf(TextSource source);

    /// <summary>Rows from the first to the last, read as they are asked for.</summary>
    /// <param name="source">The file.</param>
    /// <param name="columns">Which cells are wanted, by names that the file has.</param>
    internal abstract IEnumerable<TextRow> RowsOf(TextSource source, IReadOnlyList<string> columns);

    /// <summary>The format that the beginning of a file suggests most strongly, with its settings; null where none does.</summary>
    internal static TextFormat? Suggested(TextGlance glance) =>
        Catalog<TextFormat>.Names.Select(Catalog<TextFormat>.Create).Select(format => (format, fit: format.Fit(glance))).Where(pair => pair.fit > 0)
            .OrderByDescending(pair => pair.fit).Select(pair => pair.format.Found(glance)).FirstOrDefault();

    private protected static TextRow Pair(int line, string label, string text, IReadOnlyList<string> columns) => new(line, [.. columns.Select(name => name == LabelAndText[0] ? label : text)]);
}
