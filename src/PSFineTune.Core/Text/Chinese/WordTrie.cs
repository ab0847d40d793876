using System.Numerics;

namespace PSFineTune.Text.Chinese;

/// <summary>Words by their characters, each with a number: all words that begin at a place of a text are found in one walk.</summary>
/// <remarks>
/// First characters have a table of their own; the other edges are kept in one open hash table by node and character. An edge
/// has all that a walk needs, 16 bytes, so that a step waits for memory once; and most steps that lead nowhere are known by one
/// bit of a table that fits a processor's cache. Filled by one thread; read by any number.
/// </remarks>
sealed class WordTrie
{
    /// <summary>Where every walk begins.</summary>
    public const int Root = 0;

    /// <summary>No node: no word begins so.</summary>
    public const int None = -1;

    const int BitsAnEdge = 8;

    readonly (int Node, int Value)[] _first;
    Edge[] _edges = [];
    ulong[] _bits = [];
    int _shift;

    /// <param name="edges">About how many characters all words have, prefixes shared; the table grows by itself.</param>
    public WordTrie(int edges = 16)
    {
        _first = new (int, int)[char.MaxValue + 1];
        Take(new Edge[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, edges / 5 * 8))]);
    }

    WordTrie(WordTrie other) => (_first, _edges, _bits, _shift, Nodes) = (other._first[..], other._edges[..], other._bits[..], other._shift, other.Nodes);

    /// <summary>Nodes, the root among them; they are numbered from 0.</summary>
    public int Nodes { get; private set; } = 1;

    /// <summary>Another of the same words.</summary>
    public WordTrie Clone() => new(this);

    /// <summary>Goes on to the node behind a character; false where no word does.</summary>
    /// <param name="node">Changed where one does.</param>
    /// <param name="character">The next.</param>
    /// <param name="value">The number of the word that ends there; 0 where none does.</param>
    public bool Next(ref int node, char character, out int value)
    {
        if (node == Root)
        {
            (node, value) = _first[character];
            return node != Root;
        }
        value = 0;
        var (hash, bits) = (HashOf(node, character), _bits);
        var bit = BitOf(hash);
        if ((bits[bit >> 6] >> bit & 1) == 0) return false;
        ref readonly var edge = ref _edges[PlaceOf(hash, node, character)];
        if (edge.Node == 0) return false;
        (node, value) = (edge.Node, edge.Value);
        return true;
    }

    /// <summary>The node where a word ends; <see cref="None"/> where no word begins so.</summary>
    /// <param name="word">One character or more.</param>
    /// <param name="value">Its number; 0 where it is only the beginning of one.</param>
    public int Find(ReadOnlySpan<char> word, out int value)
    {
        var node = Root;
        value = 0;
        foreach (var character in word)
            if (!Next(ref node, character, out value)) return None;
        return node;
    }

    /// <summary>Adds a word, of one character or more, or changes its number, and tells the node where it ends.</summary>
    public int Set(ReadOnlySpan<char> word, int value)
    {
        ref var first = ref _first[word[0]];
        if (first.Node == Root) first.Node = Nodes++;
        if (word.Length == 1) first.Value = value;
        var (node, place) = (first.Node, 0);
        foreach (var character in word[1..])
        {
            place = PlaceOf(HashOf(node, character), node, character);
            if (_edges[place].Node == 0) place = Add(place, node, character);
            node = _edges[place].Node;
        }
        if (word.Length > 1) _edges[place].Value = value;
        return node;
    }

    int Add(int place, int node, char character)
    {
        if (Nodes > (long)_edges.Length * 5 / 8)
        {
            var before = _edges;
            Take(new Edge[2 * before.Length]);
            foreach (var edge in before)
                if (edge.Node != 0) Put(PlaceOf(HashOf(edge.Parent, edge.Character), edge.Parent, edge.Character), edge);
            place = PlaceOf(HashOf(node, character), node, character);
        }
        Put(place, new() { Parent = node, Node = Nodes++, Character = character });
        return place;
    }

    void Put(int place, Edge edge)
    {
        _edges[place] = edge;
        var bit = BitOf(HashOf(edge.Parent, edge.Character));
        _bits[bit >> 6] |= 1UL << bit;
    }

    void Take(Edge[] edges) => (_edges, _bits, _shift) = (edges, new ulong[Math.Max(1, edges.Length * BitsAnEdge / 64)], 64 - BitOperations.Log2((uint)edges.Length));

    static ulong HashOf(int node, char character) => (((ulong)(uint)node << 16) | character) * 0x9E3779B97F4A7C15;

    int BitOf(ulong hash) => (int)(hash >> (_shift - 3));

    // Where the edge is, or the free place that is its.
    int PlaceOf(ulong hash, int node, char character)
    {
        var edges = _edges;
        var place = (int)(hash >> _shift);
        while (edges[place].Node != 0 && (edges[place].Parent != node || edges[place].Character != character)) place = (place + 1) & (edges.Length - 1);
        return place;
    }

    /// <summary>From a node over a character to a node, which is 0 where the place is free.</summary>
    struct Edge
    {
        public int Parent, Node, Value;
        public char Character;
    }
}
