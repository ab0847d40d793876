using System.Globalization;
using System.Management.Automation;
using PSFineTune.Audit;
using PSFineTune.Augment;
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
        if (Text(properties, "Rule") is { } rule && Text(properties, "Path") is { } place && properties.Properties["RelatedPath"] is not null)
            return FindingItem.Of(new() { Rule = rule, Path = place, RelatedPath = Text(properties, "RelatedPath") });
        if ((Text(properties, "Path") ?? Text(properties, "FullName")) is not { } path) return null;
        // A prediction's label is what the model says, also where a job has left only its properties.
        var isPrediction = properties.TypeNames.Any(name => name.EndsWith(typeof(Prediction).FullName!, StringComparison.Ordinal));
        return new(path)
        {
            Label = isPrediction ? null : Text(properties, "Label"),
            Predicted = Text(properties, isPrediction ? "Label" : "Predicted"),
            Confidence = double.TryParse(Text(properties, "Confidence"), NumberStyles.Float, CultureInfo.InvariantCulture, out var sure) ? sure : null,
        };
    }

    static string? Text(PSObject properties, string name) =>
        Convert.ToString(properties.Properties[name]?.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
