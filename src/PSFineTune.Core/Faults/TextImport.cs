using PSFineTune.Data;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoTextFile(string path) =>
        new("DatasetNotFound", FaultKind.NotFound, $"There is no file '{path}'.", "Check the path and that this account may see it.", path);

    public static FineTuneException NoTexts(string root) =>
        new("NoTexts", FaultKind.InvalidData, $"No labelled texts were found in '{root}'.",
            "Give a file of rows with a text and a label each, a folder with train.csv in it, or a folder that holds one folder of .txt files for each class.", root);

    public static FineTuneException NotText(string path) =>
        new("NotText", FaultKind.InvalidData, $"'{path}' is no text: it has zero bytes, and not as UTF-16 has them.",
            "Export the data as csv, tsv or JSON lines; where it is text in an encoding of its own, name that by -Encoding.", path);

    public static FineTuneException TextTooLong(string path, int line, int most) =>
        new("TextTooLong", FaultKind.LimitExceeded, $"'{path}', line {line}: a line or cell has more than {most:n0} characters.",
            "Check that the file is one of rows of texts and that every quote is closed.", path);

    public static FineTuneException FormatNotClear(string path, IEnumerable<string> known) =>
        new("FormatNotClear", FaultKind.InvalidData, $"Neither the name of '{path}' nor its first lines tell how its rows lie.", $"Give -Format: {string.Join(", ", known)}.", path);

    public static FineTuneException TwoFilesOfSplit(string root, Split split, IEnumerable<string> files) =>
        new("TwoFilesOfSplit", FaultKind.InvalidData, $"'{root}' has two files for {split.ToString().ToLowerInvariant()}: {List(files)}.", "Give the file itself, or rename one of them.", root);

    public static FineTuneException FolderAndFiles(string root) =>
        new("FolderAndFiles", FaultKind.InvalidArgument, $"'{root}' is a folder of class folders, which has no files for validation or test beside it.",
            "Put them into folders train, validation and test, or give a file of rows.", root);

    public static FineTuneException UnknownColumn(string path, string name, IReadOnlyList<string> known) =>
        new("UnknownColumn", FaultKind.NotFound, $"'{path}', line 1: there is no column '{name}'. Columns: {List(known)}.",
            Nearest(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of the columns, or name those of a file without a header by -Format @{ Csv = @{ Header = 'label,text' } }.", name);

    public static FineTuneException ColumnNotClear(string path, string what, string parameter, IReadOnlyList<string> known) =>
        new("ColumnNotClear", FaultKind.InvalidData, $"'{path}', line 1: no column has a name that tells it to be the {what}. Columns: {List(known)}.",
            $"Give -{parameter}; where the first line is a row already, name its columns by -Format @{{ Csv = @{{ Header = 'label,text' }} }}.", path);

    public static FineTuneException DuplicateColumn(string path, string name, IReadOnlyList<string> columns) =>
        new("DuplicateColumn", FaultKind.InvalidData, $"'{path}', line 1: the column '{name}' is there twice. Columns: {List(columns)}.", "Rename or remove one of them.", path);

    public static FineTuneException OneColumnTwice(string path, string name) =>
        new("OneColumnTwice", FaultKind.InvalidArgument, $"Column '{name}' of '{path}' cannot be both the text and the label.", "Give -TextColumn and -LabelColumn two different columns.", name);

    public static FineTuneException ClassNamedTwice(string path, int line, string name) =>
        new("ClassNamedTwice", FaultKind.InvalidData, $"'{path}' names class '{name}' again in line {line}.", "Name each class once, one a line, in the order of their indices.", path);

    public static FineTuneException PatternWithoutColumn(string pattern) =>
        new("PatternWithoutColumn", FaultKind.InvalidArgument, $"The group pattern '{pattern}' is given, and no column to look for it in.",
            "Give -GroupColumn too: rows have no path of their own.", pattern);

    public static FineTuneException TooManyClasses(string path, string column, int classes, int rows) =>
        new("TooManyClasses", FaultKind.LimitExceeded, $"Column '{column}' of '{path}' has {classes:n0} different values in {rows:n0} rows: these are no classes.",
            "Give the column of labels by -LabelColumn.", path);

    public static FineTuneException TooManyRows(string root, int most) =>
        new("TooManyRows", FaultKind.LimitExceeded, $"'{root}' has more than {most:n0} rows.", "Give a part of them.", root);

    public static FineTuneException BadTexts(string root, IReadOnlyList<SkippedText> bad, int? total) =>
        new("BadText", FaultKind.InvalidData,
            $"{(total is { } rows ? $"{bad.Count} of {Count(rows, "row")}" : $"More than {Count(bad.Count, "row")}")} of '{root}' cannot be used: {string.Join(" ", bad.Take(Named).Select(text => text.Reason))}{(bad.Count > Named ? " …" : "")}",
            total is null ? "Check format, encoding and columns: they may be others." : "Correct them, or leave them out by -OnBadText Skip.", root);

    public static FineTuneException BadText(SkippedText text) =>
        new("BadText", FaultKind.InvalidData, $"Left out: {text.Reason}", "Correct the row.", text.Path);
}
