namespace PSFineTune.Data.Texts;

/// <summary>A row of a file of texts.</summary>
/// <param name="Line">Of its beginning, from 1.</param>
/// <param name="Cells">Those of the columns that were asked for, in their order; as they stand, not trimmed.</param>
/// <param name="Wrong">Why it cannot be used, without a full stop; null where it can.</param>
readonly record struct TextRow(int Line, string[] Cells, string? Wrong = null)
{
    public static TextRow Bad(int line, string wrong) => new(line, [], wrong);
}
