namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadLabelData(string path, int line, string what) =>
        new("BadLabelData", FaultKind.InvalidData, $"'{path}', line {line}: {what}.",
            "Correct that line; the file is a csv with a column 'label' and one row for each class.", path);

    public static FineTuneException UnknownLabel(string path, int line, string label, IReadOnlyList<string> classes) =>
        new("UnknownLabel", FaultKind.Mismatch, $"'{path}', line {line}: the model has no class '{label}'. Its classes: {string.Join(", ", classes)}.",
            Nearest(label, classes) is { } nearest ? $"Did you mean '{nearest}'?" : "Use the model's class names, letter for letter.", label);

    public static FineTuneException LabelsMissing(string path, IReadOnlyList<string> missing) =>
        new("LabelsMissing", FaultKind.Mismatch, $"'{path}' has no row for {(missing.Count == 1 ? "class" : $"{missing.Count} classes")} {string.Join(", ", missing.Take(10).Select(name => $"'{name}'"))}{(missing.Count > 10 ? "…" : "")}.",
            "Add a row for every class of the model.", path);

    public static FineTuneException NothingToMeasure() =>
        new("NothingToMeasure", FaultKind.InvalidData, "There are no samples to measure the model on.",
            "Choose a split that has samples, or give a folder of labelled ones.");

    public static FineTuneException NoProbability(string path) =>
        new("NoProbability", FaultKind.InvalidData, $"The model's output for '{path}' is not a number.",
            "Its weights are damaged or its training diverged: train again with a smaller learning rate.", path);
}
