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

    public static FineTuneException WrongRecord(string record, string entry, string file, string wanted, string recorded) => new("WrongRecord", FaultKind.Security,
        $"'{record}' holds '{file}' of {entry} to the SHA-256 {recorded}, and the publisher's begins with {wanted}.",
        "Somebody has put another file or record there: find out who and why, then delete the file's entry from the record and save it again.", record);

    public static FineTuneException BrokenRecord(string record, FineTuneException why) => new("BrokenRecord", FaultKind.InvalidData,
        $"'{record}', the record of what hash each file of published weights had when it first came, cannot be read: {why.InnerException?.Message ?? why.Message}",
        "Bring it back from a backup or another machine. Without it, delete the folders beside it that are not sure and the record, and save them again: hashes are then those of what comes next.", record, why);

    public static FineTuneException SavedFileChanged(string path, string record, string name) => new("SavedFileChanged", FaultKind.Security,
        $"'{path}' is not the file that was saved: it has not the SHA-256 that '{record}' holds it to.",
        $"Find out why it was changed, then run: Save-PretrainedModel {name}, which fetches it again. For weights of your own, give -Weights their path.", path);

    public static FineTuneException FlatSource(string entry, string from) => new("FlatSource", FaultKind.InvalidArgument,
        $"'{from}' lies where its name does not say which of several models it is of, and for '{entry}' no hash is known that would.",
        $"Save one at a time, or put each model's files into a folder of its own in the source, such as {entry}.", from);
}
