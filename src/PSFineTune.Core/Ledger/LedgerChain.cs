namespace PSFineTune.Ledger;

/// <summary>Goes along a ledger and finds what does not fit.</summary>
/// <param name="path">The ledger, for messages.</param>
/// <param name="expected">A hash that some line must have; null for none.</param>
sealed class LedgerChain(string path, string? expected)
{
    readonly List<LedgerProblem> _problems = [];
    readonly HashSet<long> _seen = [];
    readonly List<(long Line, long From, long To)> _gaps = [];

    LedgerHead? _head;
    bool _headless;
    FineTuneException? _newer;
    string _hash = LedgerLine.Origin;
    string? _counted;
    long _line, _sequence;
    long? _expectedAt;
    DateTimeOffset? _newest;

    /// <summary>Reads the head as it is now.</summary>
    public void ReadHead()
    {
        try
        {
            _head = LedgerHead.Read(path);
            _headless = _head is null;
        }
        catch (FineTuneException wrong) when (wrong.Id == "DamagedLedgerHead")
        {
            Found(LedgerProblemKind.HeadMissing, 0, wrong.Message);
        }
    }

    /// <param name="bytes">Without its end.</param>
    /// <param name="isWhole">It has one.</param>
    public void Add(byte[] bytes, bool isWhole)
    {
        if (!isWhole)
        {
            Found(LedgerProblemKind.Torn, _line + 1, $"Line {_line + 1} has no end: an append was killed while it was written.");
            return;
        }
        _line++;
        var entry = Entry(bytes);
        if (entry is null) Found(LedgerProblemKind.Edited, _line, $"Line {_line} is no entry.");
        else Compare(entry);
        _sequence = entry?.Sequence ?? _sequence + 1;
        if (entry is not null) _seen.Add(entry.Sequence);
        _newest = entry?.Time ?? _newest;
        _hash = LedgerLine.HashOf(bytes);
        if (_head?.Entries == _line) _counted = _hash;
        if (string.Equals(_hash, expected, StringComparison.OrdinalIgnoreCase)) _expectedAt = _line;
    }

    public LedgerCheck Result()
    {
        foreach (var (line, from, to) in _gaps) Gap(line, from, to);
        Anchor();
        if (expected is { Length: > 0 } && _expectedAt is null)
            Found(LedgerProblemKind.Rewritten, 0, $"No line has the hash {expected}, which was kept elsewhere: lines up to it were changed or cut off, or the ledger was written anew.");
        if (_newer is not null && _problems.Count == 0) throw _newer;
        return new()
        {
            Path = path, Entries = _line, Head = _line > 0 ? _hash : "", Newest = _newest, ExpectedLine = _expectedAt,
            Problems = [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Kind)],
            IsWhole = _problems.All(problem => problem.Kind == LedgerProblemKind.Torn),
        };
    }

    // A line of a newer version is an entry if what follows vouches for it, and then this version is too old to judge.
    LedgerEntry? Entry(byte[] bytes)
    {
        try
        {
            return LedgerLine.Read(bytes, path);
        }
        catch (FineTuneException newer) when (newer.Id == "NewerSchema")
        {
            _newer ??= newer;
            return new() { Sequence = _sequence + 1, Previous = _hash };
        }
    }

    void Compare(LedgerEntry entry)
    {
        var (follows, linked) = (entry.Sequence == _sequence + 1, entry.Previous == _hash);
        if (follows && linked) return;
        if (follows) Found(LedgerProblemKind.Edited, Math.Max(1, _line - 1), _line == 1 ? "Line 1 is not a first entry." : $"Line {_line - 1} is not what line {_line} remembers.");
        else if (linked) Found(LedgerProblemKind.Edited, _line, $"Line {_line} has sequence {entry.Sequence} where {_sequence + 1} belongs.");
        else if (entry.Sequence > _sequence) _gaps.Add((_line, _sequence + 1, entry.Sequence - 1));
        else Found(LedgerProblemKind.Reordered, _line, $"Entry {entry.Sequence} stands in line {_line}, after entry {_sequence}.");
    }

    // Entries that are passed over are gone, unless they stand elsewhere.
    void Gap(long line, long from, long to)
    {
        var gone = to - from >= _seen.Count ? 1 : Enumerable.Range(0, (int)(to - from + 1)).Count(i => !_seen.Contains(from + i));
        if (gone > 0) Found(LedgerProblemKind.Missing, line, from == to ? $"Entry {from} is missing before line {line}." : $"Of the entries {from} to {to}, some or all are missing before line {line}.");
        else Found(LedgerProblemKind.Reordered, line, $"Entry {to + 1} stands in line {line}, before entry {from}.");
    }

    void Anchor()
    {
        if (_headless && _line > 1) Found(LedgerProblemKind.HeadMissing, 0, $"'{LedgerHead.PathOf(path)}' is gone: whether lines were cut off cannot be told.");
        if (_head is not { } head) return;
        if (head.Entries > _line) Found(LedgerProblemKind.Truncated, _line, $"The head tells of {head.Entries} entries, and there are {_line}.");
        else if (head.Entries < _line - 1) Found(LedgerProblemKind.Unanchored, head.Entries + 1, $"The head tells of {head.Entries} entries, and there are {_line}.");
        if (_counted is { } counted && counted != head.Hash) Found(LedgerProblemKind.Edited, head.Entries, $"Line {head.Entries} is not what the head remembers.");
    }

    void Found(LedgerProblemKind kind, long line, string message)
    {
        if (!_problems.Any(problem => (problem.Kind, problem.Line) == (kind, line))) _problems.Add(new(kind, line, message));
    }
}
