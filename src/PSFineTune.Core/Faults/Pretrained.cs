namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException BadRepository(string given) => new("BadRepository", FaultKind.InvalidArgument,
        $"'{given}' is no repository's id and revision.", "Give an id such as google-bert/bert-base-uncased, and a branch, tag or commit as -Revision.", given);

    public static FineTuneException NothingPublished(string architecture, IEnumerable<string> known) => new("NothingPublished", FaultKind.NotFound,
        $"No published weights are known for {architecture}. They are for: {string.Join(", ", known)}.", "Give -Weights a file, or Embedded or Random.", architecture);

    public static FineTuneException NotSaved(string entry, string architecture, string folder, string name) => new("NotSaved", FaultKind.NotFound,
        $"The published weights '{entry}' of {architecture} are not in '{folder}', and nothing is downloaded without being asked for.",
        $"Run: Save-PretrainedModel {name}. On a machine without a network, with -Source and a folder that has the files.", entry);

    public static FineTuneException PublishedFileChanged(string from, string record, string wanted, FineTuneException why) => new("PublishedFileChanged", FaultKind.Security,
        $"'{from}' is not any more the file that came first, whose SHA-256 {wanted} is recorded in '{record}'. {why.Message}",
        "Find out why it was changed. Where the change is meant, delete the file's entry from the record and save it again; models trained from the former file stay as they are.", from, why);
}
