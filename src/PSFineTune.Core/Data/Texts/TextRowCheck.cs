namespace PSFineTune.Data.Texts;

/// <summary>A row that can be used.</summary>
/// <param name="Text">Trimmed, its lines ended by \n.</param>
/// <param name="Label">Class name.</param>
/// <param name="Split">As its column tells it; null where there is none.</param>
/// <param name="Group">Cell of the group's column; null where there is none.</param>
/// <param name="More">Metadata.</param>
readonly record struct CheckedRow(string Text, string Label, Split? Split, string? Group, string[] More);

/// <summary>Tells rows that can be used from those that cannot.</summary>
/// <param name="choice">Which cell is what.</param>
/// <param name="names">Of classes, where labels are places in a file; null where they are names.</param>
sealed class TextRowCheck(TextColumnChoice choice, ClassNames? names)
{
    /// <summary>The row, or why it cannot be used.</summary>
    /// <param name="row">As its file has it.</param>
    /// <param name="encoding">Of its file.</param>
    /// <param name="found">Nothing where it cannot be used.</param>
    public string? Problem(TextRow row, string encoding, out CheckedRow found)
    {
        found = default;
        if (row.Wrong is not null) return row.Wrong;
        if (Array.Exists(row.Cells, cell => cell.Contains(TextEncoding.Invalid))) return $"it has bytes that are not {encoding}";
        if (Array.Exists(row.Cells, cell => cell.StartsWith('\uFEFF'))) return "it begins with a byte order mark, as where two files were joined";
        var (text, label) = (Plain(row.Cells[0]), row.Cells[1].Trim());
        if (text.Length == 0) return "its text is empty";
        if (label.Length == 0) return "its label is empty";
        if (names is not null && names.Of(label) is null) return $"'{label}' is no index of the {names.Names.Count} classes of '{names.File}', from 0";
        var next = 2;
        Split? split = null;
        if (choice.Split is not null && row.Cells[next++].Trim() is var told)
            if ((split = SplitName.Of(told)) is null) return $"'{told}' is no split; known are {string.Join(", ", SplitName.Known)}";
        var group = choice.Group is null ? null : row.Cells[next++].Trim();
        found = new(text, names?.Of(label) ?? label, split, group, row.Cells[next..]);
        return null;
    }

    static string Plain(string text)
    {
        text = text.Trim();
        return text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
    }
}
