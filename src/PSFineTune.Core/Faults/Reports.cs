namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NotAPage(string path) =>
        new("NotAPage", FaultKind.InvalidArgument, $"'{path}' does not end like a page: a report is written as .html.", "Give -Path a file ending in .html, or none of its endings.", path);

    public static FineTuneException NotAFinding() =>
        new("NotAFinding", FaultKind.InvalidArgument, "What was given as a finding has none of a finding's properties: Rule, Severity, Path, Line, RelatedPath, RelatedLine, Message, Action.", "Give what the audit of the data wrote.");
}
