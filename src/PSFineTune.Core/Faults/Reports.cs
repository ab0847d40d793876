namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NotAPage(string path) =>
        new("NotAPage", FaultKind.InvalidArgument, $"'{path}' does not end like a page: a report is written as .html.", "Give -Path a file ending in .html, or none of its endings.", path);
}
