using System.Management.Automation;
using PSFineTune.Attributions;
using PSFineTune.Data.Texts;
using PSFineTune.Packaging;

namespace PSFineTune.Cmdlets;

/// <summary>What a user gives to be judged, as the model takes it: the path of an image, or a text.</summary>
/// <param name="Item">Path or text.</param>
/// <param name="Path">The file that a text came from; null where it came from none.</param>
/// <param name="TrueLabel">What it is, where a sample, a mistake or a row with a label says so; null otherwise.</param>
sealed record PredictionInput(string Item, string? Path = null, string? TrueLabel = null)
{
    // Names that texts usually have in tables.
    static readonly string[] s_texts = ["Text", "Body", "Message", "Content", "Subject"], s_files = ["FullName", "PSPath", "Path"];

    /// <summary>An object of the pipeline: a string is a text for a model of texts and a path for one of images; a file is what is in it; of other objects a property counts.</summary>
    /// <param name="given">The object.</param>
    /// <param name="isText">The model is one of texts.</param>
    /// <param name="property">Where the text or path is; null for the usual names.</param>
    /// <param name="filesOf">Full paths of a path with wildcards.</param>
    /// <param name="literal">Full path of a path that is taken as it is written.</param>
    /// <exception cref="FineTuneException">NothingToPredict, CannotRead.</exception>
    public static IEnumerable<PredictionInput> Of(PSObject given, bool isText, string? property, Func<string, IEnumerable<string>> filesOf, Func<string, string> literal) => given.BaseObject switch
    {
        string text when isText => [new(text)],
        string path => filesOf(path).Select(file => new PredictionInput(file)),
        FileInfo file when property is null => [OfFile(file.FullName, isText)],
        _ when Value(given, property is null ? isText ? s_texts : s_files : [property]) is { } value => [new(isText ? value : literal(value), null, TrueLabelOf(given))],
        var other => throw Fault.NothingToPredict(property, other.GetType().Name, [.. given.Properties.Select(known => known.Name)]),
    };

    /// <summary>A file by its full path: for a model of texts its content is the text.</summary>
    public static PredictionInput OfFile(string path, bool isText) => isText ? new(TextSource.Whole(path), path) : new(path);

    // The label of a prediction or an attribution is what a model says, also where a job has left only its properties.
    static string? TrueLabelOf(PSObject given) => Was<Prediction>(given) ? null : Value(given, Was<Attribution>(given) ? ["TrueLabel"] : ["TrueLabel", "Label"]);

    static bool Was<T>(PSObject given) => given.TypeNames.Any(name => name.EndsWith(typeof(T).FullName!, StringComparison.Ordinal));

    static string? Value(PSObject given, string[] names) => names.Select(name => given.Properties[name]?.Value?.ToString()).FirstOrDefault(value => value is not null);
}
