using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Terms;

/// <summary>Numbers terms in the order in which they are first seen. Looked up by their characters, so that no string is made for a term that is known.</summary>
/// <remarks>Filled by one thread; read by any number.</remarks>
sealed class TermIds
{
    readonly List<string> _terms = [];
    readonly List<(int Hash, int Next)> _chain = [];
    int[] _heads = new int[1 << 8];

    public IReadOnlyList<string> Terms => _terms;

    public int Count => _terms.Count;

    /// <summary>The number of a term; -1 for one that is not known.</summary>
    public int Find(ReadOnlySpan<char> term) => Find(term, string.GetHashCode(term));

    /// <summary>The number of a term, a new one where it is not known.</summary>
    public int Add(ReadOnlySpan<char> term)
    {
        var hash = string.GetHashCode(term);
        if (Find(term, hash) is var known and >= 0) return known;
        if (_terms.Count == _heads.Length) Grow();
        ref var head = ref _heads[hash & (_heads.Length - 1)];
        _terms.Add(term.ToString());
        _chain.Add((hash, head - 1));
        return (head = _terms.Count) - 1;
    }

    // A head is one more than a number, so that 0 is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int Find(ReadOnlySpan<char> term, int hash)
    {
        for (var at = _heads[hash & (_heads.Length - 1)] - 1; at >= 0; at = _chain[at].Next)
            if (_chain[at].Hash == hash && term.SequenceEqual(_terms[at])) return at;
        return -1;
    }

    void Grow()
    {
        _heads = new int[2 * _heads.Length];
        for (var at = 0; at < _chain.Count; at++)
        {
            ref var head = ref _heads[_chain[at].Hash & (_heads.Length - 1)];
            _chain[at] = (_chain[at].Hash, head - 1);
            head = at + 1;
        }
    }
}
