namespace PSFineTune.Ledger;

/// <summary>A file to which entries are added and from which none is taken: JSON Lines, each with the hash of the one before.</summary>
/// <param name="path">Full path; need not be there.</param>
/// <param name="time">The clock of new entries; null for the system's.</param>
/// <param name="warn">Told what is no failure: a torn line, an entry that cannot be read, a head that is late.</param>
sealed class LedgerFile(string path, TimeProvider? time = null, Action<string>? warn = null)
{
    /// <summary>Of the ledger in a workspace.</summary>
    public const string FileName = "ledger.jsonl";

    const byte End = (byte)'\n';

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    readonly TimeProvider _time = time ?? TimeProvider.System;
    readonly Action<string> _warn = warn ?? (_ => { });

    public string Path => path;

    public bool Exists => File.Exists(path) || File.Exists(LedgerHead.PathOf(path));

    public static LedgerFile In(string workspace, Action<string>? warn = null) => new(System.IO.Path.Combine(workspace, FileName), warn: warn);

    /// <summary>Adds an entry; when it returns, the entry is on the disk.</summary>
    /// <param name="draft">What to write; its Id (where empty), Sequence, Time and Previous are filled in.</param>
    /// <param name="cancel">Ends the wait for other writers.</param>
    /// <returns>The entry as it stands in the file.</returns>
    /// <exception cref="FineTuneException">LedgerBusy after 30 seconds of other writers; LedgerBroken where the end of the file is not what its head says; CannotWrite, CannotRead, BadLedgerEntry, NewerSchema. Nothing was added then.</exception>
    public LedgerEntry Append(LedgerEntry draft, CancellationToken cancel = default)
    {
        using var held = LedgerLock.Take(path, s_patience, cancel);
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
            return Append(draft, file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(path, wrong);
        }
    }

    /// <summary>Adds what is done already and is not undone where the ledger cannot be written.</summary>
    /// <param name="draft">As of <see cref="Append(LedgerEntry, CancellationToken)"/>.</param>
    /// <param name="what">Is not in the ledger then.</param>
    /// <param name="warn">Told so.</param>
    public void Note(LedgerEntry draft, string what, Action<string> warn)
    {
        try
        {
            Append(draft);
        }
        catch (FineTuneException wrong)
        {
            warn($"{what} is not in the ledger: {wrong.Message} {wrong.RecommendedAction}");
        }
    }

    /// <summary>Entries, oldest first or newest first; only those that are asked for are read.</summary>
    /// <param name="newestFirst">The order.</param>
    /// <param name="skip">Entries of that order to pass over.</param>
    /// <exception cref="FineTuneException">NewerSchema, CannotRead. Of a line that is no entry only a warning is given.</exception>
    public IEnumerable<LedgerEntry> Read(bool newestFirst = true, long skip = 0)
    {
        if (!File.Exists(path)) yield break;
        using var file = Open();
        var whole = LedgerTail.WholeLength(file, file.Length);
        var lines = newestFirst ? LedgerTail.Lines(file, whole) : LedgerTail.Forward(file, whole).Select(pair => pair.Line);
        foreach (var line in lines)
        {
            if (skip-- > 0) continue;
            if (LedgerLine.Read(line, path) is { } entry) yield return entry;
            else _warn($"A line of '{path}' is no entry and is passed over; Test-FineTuneLedger says which.");
        }
    }

    /// <summary>Lines of the file, damaged ones included; nothing is read but their ends.</summary>
    /// <exception cref="FineTuneException">CannotRead.</exception>
    public long Count()
    {
        if (!File.Exists(path)) return 0;
        using var file = Open();
        var (buffer, count) = (new byte[1 << 16], 0L);
        while (file.Read(buffer) is > 0 and var read) count += buffer.AsSpan(0, read).Count(End);
        return count;
    }

    /// <summary>Reads every line and compares it with what the next one and the head say.</summary>
    /// <param name="expectedHead">A <see cref="LedgerCheck.Head"/> that was kept elsewhere; null for none.</param>
    /// <param name="cancel">Checked for every line.</param>
    /// <exception cref="FineTuneException">NoLedger, NewerSchema, CannotRead.</exception>
    public LedgerCheck Check(string? expectedHead = null, CancellationToken cancel = default)
    {
        if (!Exists) throw Fault.NoLedger(path);
        var chain = new LedgerChain(path, expectedHead);
        FileStream? file = null;
        var length = 0L;
        // File and head of one moment: an append between the two looks like entries that no head knows.
        using (LedgerLock.TryTake(path, s_patience, cancel))
        {
            chain.ReadHead();
            if (File.Exists(path)) (file, length) = (Open(), new FileInfo(path).Length);
        }
        if (file is null) return chain.Result();
        using (file)
        {
            foreach (var (line, isWhole) in LedgerTail.Forward(file, length))
            {
                cancel.ThrowIfCancellationRequested();
                chain.Add(line, isWhole);
            }
        }
        return chain.Result();
    }

    LedgerEntry Append(LedgerEntry draft, FileStream file)
    {
        var end = LedgerEnd.Of(file, path);
        // A head that is late catches up first: two entries beyond it would look like none of ours.
        if (!end.IsAnchored(LedgerHead.Read(path), path)) new LedgerHead(end.Entries, end.Hash).Write(path);
        var torn = end.Torn.Length > 0 ? MoveAside(end, file) : null;
        var now = _time.GetUtcNow();
        var entry = draft with
        {
            SchemaVersion = LedgerEntry.NewestSchema, Sequence = end.Entries + 1, Previous = end.Hash, Time = now,
            Id = draft.Id.Length > 0 ? draft.Id : EntryId.At(now),
            Details = torn is null ? draft.Details : new Dictionary<string, string>(draft.Details) { ["Torn"] = torn },
        };
        var line = LedgerLine.Write(entry);
        Write(file, end.Length, [.. line, End]);
        try
        {
            new LedgerHead(entry.Sequence, LedgerLine.HashOf(line)).Write(path);
        }
        catch (FineTuneException late) when (late.Id == "CannotWrite")
        {
            _warn($"The entry is written, and its head is not yet: {late.Message}");
        }
        return entry;
    }

    // In one write, flushed to the disk; where that fails the file ends as it did.
    static void Write(FileStream file, long at, byte[] bytes)
    {
        try
        {
            file.Position = at;
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(at);
            throw;
        }
    }

    // Kept, for it may say what was under way when the process was killed; named by its content, so that it is kept once.
    string MoveAside(LedgerEnd end, FileStream file)
    {
        var beside = System.IO.Path.ChangeExtension(path, $".{LedgerLine.HashOf(end.Torn)[..8]}.torn");
        DurableFile.Write(beside, stream => stream.Write(end.Torn));
        file.SetLength(end.Length);
        file.Flush(flushToDisk: true);
        var name = System.IO.Path.GetFileName(beside);
        _warn($"The last line of '{path}' had no end, as a process that is killed leaves it. Its {end.Torn.Length} bytes are now in '{name}'; no entry before it is touched.");
        return name;
    }

    FileStream Open()
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
