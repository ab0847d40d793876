namespace PSFineTune.Text.Terms;

/// <summary>Which column a term is counted in. Read by any number of threads.</summary>
abstract class TermIndex
{
    public abstract int Width { get; }

    /// <summary>The term's column; -1 for one that does not count.</summary>
    public abstract int ColumnOf(ReadOnlySpan<char> term);
}

/// <summary>Terms that are known by name.</summary>
sealed class TermDictionary : TermIndex
{
    readonly TermIds _ids = new();

    /// <param name="terms">Column by column, each once.</param>
    public TermDictionary(IEnumerable<string> terms)
    {
        foreach (var term in terms) _ids.Add(term);
    }

    public IReadOnlyList<string> Terms => _ids.Terms;

    public override int Width => _ids.Count;

    public override int ColumnOf(ReadOnlySpan<char> term) => _ids.Find(term);
}

/// <summary>Columns by a hash of the term: any term has one, and a few share it. FNV-1a of its UTF-16 units (Fowler, Noll and Vo), its halves folded onto each other.</summary>
/// <param name="bits">2 to their power are the columns.</param>
sealed class TermHash(int bits) : TermIndex
{
    /// <summary>Those of Fowler, Noll and Vo for 64 bits.</summary>
    public const ulong Seed = 14695981039346656037, Prime = 1099511628211;

    public override int Width => 1 << bits;

    public override int ColumnOf(ReadOnlySpan<char> term)
    {
        var hash = Seed;
        foreach (var letter in term) hash = (hash ^ letter) * Prime;
        return (int)((hash ^ (hash >> 32)) & ((1UL << bits) - 1));
    }
}
