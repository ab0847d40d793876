using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Words that no dictionary has, by a hidden Markov model of where in a word a character stands: B begin, M middle, E end,
/// S single. The tables are jieba's: start, trans and emit, as natural logarithms.
/// </summary>
/// <remarks>May be shared by threads.</remarks>
sealed class CharacterModel
{
    /// <summary>The logarithm of what was never seen.</summary>
    internal const double Never = -3.14e100;

    const int B = 0, E = 1, M = 2, S = 3, States = 4;

    readonly double[] _start = new double[States];
    readonly double[,] _change = new double[States, States];

    // Four of each character, those of Han alone: no other is asked for.
    readonly double[] _emit = new double[States * (Han.Last - Han.First + 1)];

    CharacterModel() => Array.Fill(_emit, Never);

    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public static CharacterModel Read(HmmTables tables) => tables.Make(root =>
    {
        var model = new CharacterModel();
        string[] states = ["B", "E", "M", "S"];
        for (var state = 0; state < States; state++)
        {
            model._start[state] = root("start").GetProperty(states[state]).GetDouble();
            var changes = root("trans").GetProperty(states[state]);
            for (var next = 0; next < States; next++) model._change[state, next] = changes.TryGetProperty(states[next], out var change) ? change.GetDouble() : Never;
            foreach (var emitted in root("emit").GetProperty(states[state]).EnumerateObject())
                if (Han.Is(emitted.Name[0])) model._emit[States * (emitted.Name[0] - Han.First) + state] = emitted.Value.GetDouble();
        }
        return model;
    });

    /// <summary>Ends of the words of a text of Chinese characters alone, from left to right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Cut(ReadOnlySpan<char> text, List<int> ends)
    {
        var from = text.Length <= 256 ? stackalloc byte[States * text.Length] : new byte[States * text.Length];
        var seen = EmittedBy(text[0]);
        var (b, e, m, s) = (_start[B] + seen[B], _start[E] + seen[E], _start[M] + seen[M], _start[S] + seen[S]);
        for (var place = 1; place < text.Length; place++)
        {
            seen = EmittedBy(text[place]);
            var before = from.Slice(States * place, States);
            // Of two that are equally probable jieba takes the one whose letter comes later, which stands first here.
            (var begin, before[B]) = Better(s + _change[S, B] + seen[B], S, e + _change[E, B] + seen[B], E);
            (var end, before[E]) = Better(m + _change[M, E] + seen[E], M, b + _change[B, E] + seen[E], B);
            (var middle, before[M]) = Better(m + _change[M, M] + seen[M], M, b + _change[B, M] + seen[M], B);
            (var single, before[S]) = Better(s + _change[S, S] + seen[S], S, e + _change[E, S] + seen[S], E);
            (b, e, m, s) = (begin, end, middle, single);
        }
        var last = s >= e ? S : E;
        var begun = ends.Count;
        for (var place = text.Length - 1; place >= 0; place--)
        {
            if (last is E or S) ends.Add(place + 1);
            last = from[States * place + last];
        }
        ends.Reverse(begun, ends.Count - begun);
    }

    static (double Score, byte State) Better(double first, byte firstState, double second, byte secondState) => first >= second ? (first, firstState) : (second, secondState);

    ReadOnlySpan<double> EmittedBy(char character) => _emit.AsSpan(States * (character - Han.First), States);
}
