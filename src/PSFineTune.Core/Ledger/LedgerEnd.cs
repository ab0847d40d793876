namespace PSFineTune.Ledger;

/// <summary>Where the next entry goes.</summary>
/// <param name="Entries">Sequence of the last whole line; 0 where there is none.</param>
/// <param name="Hash">Of the last whole line.</param>
/// <param name="Before">Of the line before it, as the last one remembers.</param>
/// <param name="Length">Bytes up to its end.</param>
/// <param name="Torn">What comes after it.</param>
sealed record LedgerEnd(long Entries, string Hash, string Before, long Length, byte[] Torn)
{
    // A torn line is one entry; more would be another file than ours.
    const long MostTorn = 1 << 28;

    /// <exception cref="FineTuneException">LedgerBroken: the last line is no entry; NewerSchema.</exception>
    public static LedgerEnd Of(FileStream file, string path)
    {
        var length = LedgerTail.WholeLength(file, file.Length);
        if (file.Length - length > MostTorn) throw Fault.LedgerBroken(path, "it ends with more than a line without an end");
        var torn = new byte[file.Length - length];
        file.Position = length;
        file.ReadExactly(torn);
        if (LedgerTail.Lines(file, length).FirstOrDefault() is not { } last) return new(0, LedgerLine.Origin, LedgerLine.Origin, 0, torn);
        var entry = LedgerLine.Read(last, path) ?? throw Fault.LedgerBroken(path, "its last line is no entry");
        return new(entry.Sequence, LedgerLine.HashOf(last), entry.Previous, length, torn);
    }

    /// <summary>The head may be exactly one entry behind: the process was killed between the two. Anything else was not done by this module, and a new head would hide it.</summary>
    /// <returns>Whether the head tells of the last entry.</returns>
    /// <exception cref="FineTuneException">LedgerBroken.</exception>
    public bool IsAnchored(LedgerHead? head, string path)
    {
        if (head is null)
        {
            if (Entries > 1) throw Fault.LedgerBroken(path, $"it has {Entries} entries, and its head is gone");
        }
        else if ((head.Entries, head.Hash) != (Entries, Hash) && (head.Entries, head.Hash) != (Entries - 1, Before))
            throw Fault.LedgerBroken(path, head.Entries > Entries ? $"it ends with entry {Entries}, and its head tells of {head.Entries}" : $"its entry {Entries} is not the one that its head tells of");
        return head is null ? Entries == 0 : head.Entries == Entries;
    }
}
