namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException ForceWithoutReason() =>
        new("ForceWithoutReason", FaultKind.InvalidArgument, "A promotion is forced without a reason.",
            "Say with -Reason why the challenger is to be used whatever is found; it stays with the verdict.");

    public static FineTuneException ReasonWithoutForce() =>
        new("ReasonWithoutForce", FaultKind.InvalidArgument, "A reason is given, and nothing is forced.", "Give -Force too, or leave out -Reason.");

    public static FineTuneException HoldOutChanged(string source, string expected, string found) =>
        new("HoldOutChanged", FaultKind.Mismatch, $"The hold-out of '{source}' has the hash {found}, and {expected} was asked for: samples were added, removed, changed or labelled otherwise.",
            "Bring the frozen hold-out back, or look at what changed and give its new hash with -HoldOutHash.", source);

    public static FineTuneException HoldOutClassUnknown(string label, IReadOnlyList<string> known) =>
        new("UnknownClass", FaultKind.Mismatch, $"The hold-out has samples of the class '{label}', which neither model knows. Known: {string.Join(", ", known)}.",
            "Give data with the classes that the models were trained on, or leave out this class.", label);

    public static FineTuneException DamagedTrainingHashes(string model) =>
        new("DamagedTrainingHashes", FaultKind.InvalidData, $"What '{model}' keeps of its training samples is no ascending list of numbers of eight bytes.",
            "Copy the model again from where it was made, or export it again with Export-FineTuneModel.", model);

    public static FineTuneException HoldOutUsesBusy(string path, Exception why) =>
        new("HoldOutUsesBusy", FaultKind.Busy, $"'{path}' is in use by another process: {why.Message}", "Try again; where nothing else compares models, check that the account may write there.", path, why);
}
