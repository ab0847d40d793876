namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException CannotWrite(string path, Exception why) =>
        new("CannotWrite", FaultKind.WriteError, $"'{path}' cannot be written: {why.Message} What was there before is unchanged.",
            "Free space on the disk, or give another folder, or the right to write there.", path, why);

    public static FineTuneException CannotRead(string path, Exception why) =>
        new("CannotRead", FaultKind.ReadError, $"'{path}' cannot be read: {why.Message}", "Check that the file exists and that this account may read it.", path, why);
}
