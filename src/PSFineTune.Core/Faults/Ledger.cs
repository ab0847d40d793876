using System.Globalization;

namespace PSFineTune;

static partial class Fault
{
    public static FineTuneException NoLedger(string path) =>
        new("NoLedger", FaultKind.NotFound, $"There is no ledger '{path}'.",
            "Give the path of a ledger.jsonl, or with -Workspace the folder that Invoke-FineTune ran in; the first run there makes one.", path);

    public static FineTuneException LedgerBusy(string path, TimeSpan waited, Exception why) =>
        new("LedgerBusy", FaultKind.Busy, string.Create(CultureInfo.InvariantCulture, $"Others write '{path}' without a pause: it was waited for {waited.TotalSeconds:0} seconds."),
            "Try again. If nothing else runs here, see which process holds the .lock file beside it.", path, why);

    public static FineTuneException LedgerBroken(string path, string how) =>
        new("LedgerBroken", FaultKind.Security, $"Nothing is added to '{path}', for {how}: something else than this module changed one of the two files.",
            "Look at it with Test-FineTuneLedger. To go on with a new one, move the ledger and its .head away together and keep both.", path);

    public static FineTuneException DamagedLedgerHead(string path, string how) =>
        new("DamagedLedgerHead", FaultKind.InvalidData, $"'{path}' is no head of a ledger: {how}",
            "Look at the ledger with Test-FineTuneLedger. To go on with a new one, move the ledger and its .head away together and keep both.", path);

    public static FineTuneException BadLedgerEntry(string property, Exception why) =>
        new("BadLedgerEntry", FaultKind.InvalidArgument, $"The {property} of an entry cannot be written: {why.Message}", "Give JSON text.", property, why);
}
