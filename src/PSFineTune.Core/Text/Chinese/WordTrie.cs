namespace PSFineTune.Text.Chinese;

/// <summary>Words by their characters, each with a number: all words that begin at a place of a text are found in one walk.</summary>
/// <remarks>
/// Edges are kept in one open hash table by node and character, 16 bytes an edge. Filled by one thread; read by any number.
/// </remarks>
sealed class WordTrie
{
    /// <summary>Where every walk begins.</summary>
    public const int Root = 0;

    const int None = -1;

    ulong[] _keys;
    int[] _nodes;
    int _edges;
    int[] _values;
    int _count = 1;

    /// <param name="edges">About how many characters all words have, prefixes shared; the table grows by itself.</param>
    public WordTrie(int edges = 1 << 10)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)edges * 2);
        (_keys, _nodes, _values) = (new ulong[size], new int[size], new int[edges + 1]);
        _values[Root] = None;
    }

    /// <summary>The node behind a character; false where no word goes on so.</summary>
    public bool Next(ref int node, char character)
    {
        var place = PlaceOf(KeyOf(node, character));
        if (_keys[place] == 0) return false;
        node = _nodes[place];
        return true;
    }

    /// <summary>The number of the word that ends in a node; -1 where none does.</summary>
    public int ValueOf(int node) => _values[node];

    /// <summary>The number of a word; -1 where it is none.</summary>
    public int ValueOf(ReadOnlySpan<char> word)
    {
        var node = Root;
        foreach (var character in word)
            if (!Next(ref node, character)) return None;
        return _values[node];
    }

    /// <summary>Adds a word or changes its number.</summary>
    public void Set(ReadOnlySpan<char> word, int value)
    {
        var node = Root;
        foreach (var character in word)
            if (!Next(ref node, character)) node = Add(node, character);
        _values[node] = value;
    }

    int Add(int node, char character)
    {
        if (2 * ++_edges > _keys.Length) Grow();
        if (_count == _values.Length) Array.Resize(ref _values, 2 * _count);
        var key = KeyOf(node, character);
        var place = PlaceOf(key);
        (_keys[place], _nodes[place], _values[_count]) = (key, _count, None);
        return _count++;
    }

    void Grow()
    {
        var (keys, nodes) = (_keys, _nodes);
        (_keys, _nodes) = (new ulong[2 * keys.Length], new int[2 * keys.Length]);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0) continue;
            var place = PlaceOf(keys[i]);
            (_keys[place], _nodes[place]) = (keys[i], nodes[i]);
        }
    }

    // Never 0, which marks a free place.
    static ulong KeyOf(int node, char character) => (((ulong)node << 16) | character) + 1;

    // Where the key is, or the free place that is its.
    int PlaceOf(ulong key)
    {
        var mask = _keys.Length - 1;
        var place = (int)((key * 0x9E3779B97F4A7C15) >> 32) & mask;
        while (_keys[place] != key && _keys[place] != 0) place = (place + 1) & mask;
        return place;
    }
}
