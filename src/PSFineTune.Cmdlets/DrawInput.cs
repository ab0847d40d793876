using System.Management.Automation;
using PSFineTune.Augment;

namespace PSFineTune.Cmdlets;

/// <summary>What users give to be drawn again: draws, what is left of them after JSON or a job, JSON text, or a file of it.</summary>
static class DrawInput
{
    /// <param name="given">One of them or many.</param>
    /// <param name="resolve">A path as it is written to a full one.</param>
    /// <exception cref="FineTuneException">NotADraw, CannotRead.</exception>
    public static IEnumerable<AugmentDraw> From(IEnumerable<object> given, Func<string, string> resolve) =>
        given.SelectMany(item => (item is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : item) switch
        {
            AugmentDraw draw => [draw],
            string text when text.TrimStart() is ['{' or '[', ..] => DrawJson.Read(text, "The JSON text"),
            string path => FromFile(resolve(path)),
            FileInfo file => FromFile(file.FullName),
            var other => DrawJson.ReadAll(ObjectJson.Of(other)),
        });

    static IReadOnlyList<AugmentDraw> FromFile(string path)
    {
        try
        {
            return DrawJson.Read(File.ReadAllText(path), path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
