using System.Globalization;
using System.Management.Automation;
using PSFineTune.Attributions;
using PSFineTune.Audit;
using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>What users pipe in to be shown: paths, files, samples, predictions, mistakes, findings, drawn edits, and what is left of them after a job or a csv.</summary>
static class GridInput
{
    /// <summary>The image that an object names and what it says of it, or null where it names none.</summary>
    public static GridItem? From(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        string path => new(path),
        FileInfo file => new(file.FullName),
        Attribution attribution => Explained(attribution),
        TextSample sample => Written(sample.Text) with { Label = sample.Label },
        Prediction { Text: { } text } prediction => Written(text) with { Predicted = prediction.Label, Confidence = prediction.Confidence },
        SampleLoss { Text: { } text } loss => Written(text) with { Label = loss.Label, Predicted = loss.Predicted, Confidence = loss.Confidence },
        Prediction { Path: { } path } prediction => new(path) { Predicted = prediction.Label, Confidence = prediction.Confidence },
        SampleLoss loss => new(loss.Path) { Label = loss.Label, Predicted = loss.Predicted, Confidence = loss.Confidence },
        AuditFinding finding => FindingItem.Of(finding),
        AugmentDraw draw => new(draw.Path) { Draw = draw },
        null => null,
        // Not what was unwrapped: a custom object is nothing but its properties.
        _ => FromProperties(PSObject.AsPSObject(input)),
    };

    static GridItem? FromProperties(PSObject properties)
    {
        // What a job has left of our records has their names.
        if (Was<Attribution>(properties) && ObjectJson.Of(properties) is { } json) return Explained(PlanJson.Read<Attribution>(json.ToJsonString()));
        if (Text(properties, "Rule") is { } rule && Text(properties, "Path") is { } place && properties.Properties["RelatedPath"] is not null)
            return FindingItem.Of(new()
            {
                Rule = rule, Path = place, Line = Number(properties, "Line"), RelatedPath = Text(properties, "RelatedPath"), RelatedLine = Number(properties, "RelatedLine"), Message = Text(properties, "Message") ?? "",
            });
        var (path, text, isPrediction) = (Text(properties, "Path") ?? Text(properties, "FullName"), Text(properties, "Text"), Was<Prediction>(properties));
        if (path is null && text is null) return null;
        return (text is not null && (path is null || isPrediction || Was<TextSample>(properties)) ? Written(text) : new(path!)) with
        {
            Label = isPrediction ? null : Text(properties, "Label"),
            Predicted = Text(properties, isPrediction ? "Label" : "Predicted"),
            Confidence = double.TryParse(Text(properties, "Confidence"), NumberStyles.Float, CultureInfo.InvariantCulture, out var sure) ? sure : null,
        };
    }

    static int? Number(PSObject properties, string name) => int.TryParse(Text(properties, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static GridItem Explained(Attribution attribution) => new(attribution.Text is null ? attribution.Path ?? "" : "")
    {
        Attribution = attribution, Label = attribution.TrueLabel, Predicted = attribution.Predicted, Confidence = attribution.Confidence,
    };

    static GridItem Written(string text) => new("") { Attribution = new() { Text = text } };

    static bool Was<T>(PSObject properties) => properties.TypeNames.Any(name => name.EndsWith(typeof(T).FullName!, StringComparison.Ordinal));

    static string? Text(PSObject properties, string name) =>
        Convert.ToString(properties.Properties[name]?.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
