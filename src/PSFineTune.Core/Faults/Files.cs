namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException CannotWrite(string path, Exception why) =>
        new("CannotWrite", FaultKind.WriteError, $"'{path}' cannot be written: {why.Message} What was there before is unchanged.",
            "Free space on the disk, or give another folder, or the right to write there.", path, why);

    public static FineTuneException CannotRead(string path, Exception why) =>
        new("CannotRead", FaultKind.ReadError, $"'{path}' cannot be read: {why.Message}", "Check that the file exists and that this account may read it.", path, why);

    public static FineTuneException SourceIsTarget(string path, string parameter) =>
        new("SourceIsTarget", FaultKind.InvalidArgument, $"'{path}' is a file that this is made of; written over, it would be lost. It is left as it is.", $"Give another {parameter}; -Force changes nothing here.", path);

    public static FineTuneException WrittenTwice(string path, string parameter) =>
        new("WrittenTwice", FaultKind.WriteError, $"'{path}' was written a moment ago, by this same command; a second would take the place of the first. The first is kept.",
            $"Give {parameter} for one at a time, such as in ForEach-Object, each with a file of its own; -Force is for files of before.", path);

    public static FineTuneException FileNameWanted(string path, string parameter) =>
        new("FileNameWanted", FaultKind.InvalidArgument, $"'{path}' is a folder; the name of a file is wanted.", $"Give {parameter} with a file's name at its end.", path);
}
