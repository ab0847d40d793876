namespace PSFineTune.Text.LibSvm;

/// <summary>
/// The format of LIBSVM and SVMlight: a sample a line, its label, then index:value with ascending indices from 1. A # ends
/// a line, as in SVMlight; what svm-train would refuse is refused, and the indices without a value that it skips are, too.
/// </summary>
static class LibSvmFile
{
    /// <exception cref="FineTuneException">CannotRead, BadLibSvmLine, TooManyNumbers.</exception>
    public static SparseDataset Read(string path, CancellationToken cancel = default)
    {
        using var stream = Open(path);
        return Read(stream, path, cancel);
    }

    /// <param name="source">Read to its end; stays open.</param>
    /// <param name="name">For messages.</param>
    /// <param name="cancel">Checked now and then.</param>
    public static SparseDataset Read(Stream source, string name, CancellationToken cancel = default)
    {
        var lines = new ByteLines(source, name);
        var features = new SparseLine(what => Fault.BadSparseLine(name, lines.Number, what));
        var (rows, labels, width) = (new SparseRows(), new List<double>(), 0);
        while (lines.Next())
        {
            if (lines.Number % 1000 == 0) cancel.ThrowIfCancellationRequested();
            var line = lines.Current;
            var comment = line.IndexOf((byte)'#');
            if (comment >= 0) line = line[..comment];
            var label = SparseLine.Word(ref line);
            if (label.IsEmpty && comment >= 0) continue;
            if (label.IsEmpty) throw Fault.BadSparseLine(name, lines.Number, "the line is empty; a sample without features is its label alone");
            labels.Add(features.Number(label, "the label"));
            features.Read(line);
            rows.Add(features.Columns, features.Values);
            width = Math.Max(width, features.Highest);
        }
        if (labels.Count == 0) throw Fault.BadSparseLine(name, Math.Max(1, lines.Number), "the file has no samples");
        return new(name, rows, [.. labels], width);
    }

    /// <summary>Writes the file beside and renames it; its numbers read back as the same.</summary>
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(SparseDataset data, string path, CancellationToken cancel = default) => DurableFile.Write(path, stream =>
    {
        var text = new SparseText(stream);
        for (var row = 0; row < data.Count; row++)
        {
            if (row % 1000 == 0) cancel.ThrowIfCancellationRequested();
            text.Add(data.Labels[row]).Add(data.Rows.Columns(row), data.Rows.Values(row)).Add("\n");
        }
        text.Flush();
    });

    /// <exception cref="FineTuneException">CannotRead.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
