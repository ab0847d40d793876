namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException UnknownMetadata(string column, IReadOnlyList<string> known) =>
        new("UnknownColumn", FaultKind.NotFound, $"The samples have no metadata column '{column}'. {(known.Count == 0 ? "They have none at all." : $"Columns: {string.Join(", ", known)}.")}",
            Nearest(column, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of the columns; they come from Import-TextDataset -MetadataColumn, or from the further columns of a -Manifest of images.", column);

    public static FineTuneException DatasetAndPath(string path) =>
        new("DatasetAndPath", FaultKind.InvalidArgument, $"Both a dataset and '{path}' are given to be judged.", "Give -Dataset or -Path, not both.", path);

    public static FineTuneException TooManySlices(string column, int most) =>
        new("TooManySlices", FaultKind.LimitExceeded, $"The metadata column '{column}' has more than {most} values: it names samples, not groups of them.",
            "Slice by a column of few values, such as a site, a device or a month.", column);

    public static FineTuneException NoValidationData(string model, string run, string workspace) =>
        new("NoOwnData", FaultKind.NotFound, $"'{model}' does not say where its validation samples are, which a temperature is fitted on, and the workspace '{workspace}' has no run '{run}'.",
            "Leave out -Calibrate, or give the -Workspace of its run; Export-FineTuneModel -Calibrate stores a temperature in the package.", model);
}
