namespace PSFineTune.Ledger;

/// <summary>Where a ledger ends, in a file of its own: what tells that lines were cut off. Written after each entry, so that it may be one behind.</summary>
/// <param name="Entries">Lines of the ledger.</param>
/// <param name="Hash">Of the last one.</param>
sealed record LedgerHead(long Entries, string Hash)
{
    public int SchemaVersion { get; init; } = LedgerEntry.NewestSchema;

    /// <summary>Beside the ledger: ledger.head for ledger.jsonl.</summary>
    public static string PathOf(string ledger) => Path.ChangeExtension(ledger, ".head");

    /// <summary>The head of a ledger; null where there is none.</summary>
    /// <exception cref="FineTuneException">DamagedLedgerHead, NewerSchema, CannotRead.</exception>
    public static LedgerHead? Read(string ledger)
    {
        var path = PathOf(ledger);
        try
        {
            var head = PlanJson.Read<LedgerHead>(File.ReadAllText(path));
            if (head.SchemaVersion > LedgerEntry.NewestSchema) throw Fault.NewerSchema(path, head.SchemaVersion, LedgerEntry.NewestSchema);
            return head is { Entries: > 0, Hash.Length: > 0 } ? head : throw Fault.DamagedLedgerHead(path, "it names no entry");
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (FineTuneException wrong) when (wrong.Id == "InvalidJson")
        {
            throw Fault.DamagedLedgerHead(path, wrong.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }

    /// <exception cref="FineTuneException">CannotWrite; the old one is as it was.</exception>
    public void Write(string ledger) => DurableFile.WriteText(PathOf(ledger), PlanJson.WriteLine(this) + "\n");
}
