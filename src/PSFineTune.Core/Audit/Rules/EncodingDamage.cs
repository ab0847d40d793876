using PSFineTune.Training;

namespace PSFineTune.Audit.Rules;

/// <summary>A text that was read or written in the wrong encoding somewhere: replacement characters, UTF-8 read as Windows-1252 (such as Ã©), control characters, halves of surrogate pairs.</summary>
public sealed record EncodingDamage : AuditRule
{
    public override FindingSeverity Severity => FindingSeverity.Warning;

    internal override IEnumerable<AuditFinding> CheckTexts(TextSurvey survey) =>
        from row in survey.Marked(TextMarks.Replaced | TextMarks.Misread | TextMarks.Control)
        let marks = survey.TraceAt(row).Marks
        select Found(survey.PlaceAt(row), $"{survey.Quoted(row)} {What(marks)}.", marks switch
        {
            _ when marks.HasFlag(TextMarks.Replaced) => "Write the file anew from where the text is whole: what was replaced is lost.",
            _ when marks.HasFlag(TextMarks.Misread) => "Import with -Encoding utf-8 where the file is wrongly read; where it was saved so, write it anew from its source.",
            _ => "Take the characters out where the file is made; most come from a terminal's log or a broken copy.",
        });

    static string What(TextMarks marks) => string.Join(" and ", ((TextMarks Mark, string Words)[])
        [(TextMarks.Replaced, "has characters in place of some that could not be read"), (TextMarks.Misread, "has UTF-8 that was read as Windows-1252"), (TextMarks.Control, "has control characters or half a character")]
        is var all ? all.Where(one => marks.HasFlag(one.Mark)).Select(one => one.Words) : []);
}
