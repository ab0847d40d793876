namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadModelName(string name) =>
        new("BadModelName", FaultKind.InvalidArgument, $"'{name}' is no name of a model in a store: it has 1 to 64 ASCII letters, digits, '.', '_' or '-', begins with a letter or digit, ends with no point, and is no device of Windows such as con or nul.",
            "Choose a name such as clothing or tickets-2; upper and lower case are the same.", name);

    public static FineTuneException NotPublished(string name, string store, IReadOnlyList<string> known) =>
        new("NotPublished", FaultKind.NotFound, $"Nothing is published as '{name}' in the store '{store}'{(known.Count == 0 ? ", which is empty" : $"; known: {string.Join(", ", known.Take(10))}")}.",
            Nearest(name, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Publish it with Publish-FineTuneModel, or name the -Store it is in, or set $env:PSFINETUNE_STORE.", name);

    public static FineTuneException NothingToUndo(string name, string store) =>
        new("NothingToUndo", FaultKind.NotFound, $"No other model was current before the one that '{name}' means now in the store '{store}'.", "Give a -Version that Get-PublishedModel -History lists, or publish another model.", name);

    public static FineTuneException NoSuchVersion(string name, int version, string store, IEnumerable<int> known) =>
        new("NoSuchVersion", FaultKind.NotFound, $"'{name}' has no version {version} in the store '{store}'; known: {string.Join(", ", known)}.", "Give a -Version that Get-PublishedModel -History lists.", version);

    public static FineTuneException VersionNotKept(string name, int version, string store, IEnumerable<int> kept) =>
        new("VersionNotKept", FaultKind.NotFound, $"The package of version {version} of '{name}' is not in the store '{store}' any more, or is damaged; whole are those of versions {string.Join(", ", kept)}.",
            "Give one of these as -Version, or publish that package again; a larger -Keep of Publish-FineTuneModel keeps more of them.", version);

    public static FineTuneException DamagedStore(string path, string how, Exception? why = null) =>
        new("DamagedStore", FaultKind.InvalidData, $"'{path}' is damaged: {how}", "Restore the file from a backup. Without its current.json a name has no model until the next publish, and its history stays.", path, why);

    public static FineTuneException OtherKindPublished(string name, int version, bool isText) =>
        new("OtherKindPublished", FaultKind.Mismatch, $"Version {version} of '{name}' reads {(isText ? "texts, not images" : "images, not texts")}.", "Publish a model of the same kind under this name, or start Invoke-Prediction again.", name);

    public static FineTuneException NotPromoted(string model, Comparison.PromotionVerdict verdict, string reason) =>
        new("NotPromoted", FaultKind.Mismatch, $"'{model}' is not published, for the comparison says {verdict}: {reason}",
            "Leave the published model where it is; or compare again with -Force and -Reason, which both stay in the ledger.", model);

    public static FineTuneException ComparisonOfAnother(string model, string other) =>
        new("ComparisonOfAnother", FaultKind.Mismatch, $"The comparison is of '{other}' and not of '{model}'.", "Compare this very model with Compare-FineTuneModel.", model);

    public static FineTuneException PublishedMeanwhile(string name, string store) =>
        new("PublishedMeanwhile", FaultKind.Busy, $"Another model was published as '{name}' in the store '{store}' while the new one was being compared with the one before.",
            "Compare it with what is published now; nothing is trained twice.", name);
}
