using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PSFineTune.Packaging;

namespace PSFineTune.Ledger;

/// <summary>An entry as the bytes of one line, without its end.</summary>
static class LedgerLine
{
    /// <summary>What the first entry has for the hash of the line before.</summary>
    public static string Origin { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    public static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexString(SHA256.HashData(line)).ToLowerInvariant();

    /// <exception cref="FineTuneException">BadLedgerEntry, for a plan that is no JSON.</exception>
    public static byte[] Write(LedgerEntry entry)
    {
        try
        {
            return Encoding.UTF8.GetBytes(PlanJson.WriteLine(entry));
        }
        catch (JsonException wrong)
        {
            throw Fault.BadLedgerEntry("Plan", wrong);
        }
    }

    /// <summary>The entry of a line; null where it describes none.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="path">The ledger, for messages.</param>
    /// <exception cref="FineTuneException">NewerSchema.</exception>
    public static LedgerEntry? Read(ReadOnlySpan<byte> line, string path)
    {
        var json = Encoding.UTF8.GetString(line);
        try
        {
            var entry = PlanJson.Read<LedgerEntry>(json);
            if (entry.SchemaVersion > LedgerEntry.NewestSchema) throw Fault.NewerSchema(path, entry.SchemaVersion, LedgerEntry.NewestSchema);
            return IsWhole(entry) ? entry : null;
        }
        catch (FineTuneException wrong) when (wrong.Id == "InvalidJson")
        {
            return Refused(json, path);
        }
    }

    // Of a newer form, or no entry at all.
    static LedgerEntry? Refused(string json, string path)
    {
        try
        {
            PartManifest.CheckSchema(json, LedgerEntry.NewestSchema, path);
        }
        catch (FineTuneException wrong) when (wrong.Id == "DamagedPackage")
        {
        }
        return null;
    }

    // JSON may say null where the type does not.
    static bool IsWhole(LedgerEntry entry) =>
        entry is { SchemaVersion: > 0, Id: not null, Event: not null, Task: not null, User: not null, Host: not null, NativeHashes: not null, Metrics: not null, Details: not null, Previous: not null };
}
