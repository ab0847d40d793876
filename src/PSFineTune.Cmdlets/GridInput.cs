using System.Globalization;
using System.Management.Automation;
using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Pictures;

namespace PSFineTune.Cmdlets;

/// <summary>What users pipe in to be shown: paths, files, samples, predictions, mistakes, and what is left of them after a job or a csv.</summary>
static class GridInput
{
    /// <summary>The image that an object names and its title, or null where it names none.</summary>
    public static GridItem? From(object? input) => (input is PSObject wrapped ? wrapped.BaseObject : input) switch
    {
        string path => new(path, null),
        FileInfo file => new(file.FullName, null),
        Prediction { Path: { } path } prediction => new(path, string.Create(CultureInfo.InvariantCulture, $"{prediction.Label} {prediction.Confidence:p0}")),
        SampleLoss loss => new(loss.Path, $"{loss.Label}, taken for {loss.Predicted}"),
        null => null,
        // Not what was unwrapped: a custom object is nothing but its properties.
        _ => FromProperties(PSObject.AsPSObject(input)),
    };

    static GridItem? FromProperties(PSObject properties) =>
        (Text(properties, "Path") ?? Text(properties, "FullName")) is { } path ? new(path, Text(properties, "Label")) : null;

    static string? Text(PSObject properties, string name) => properties.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
