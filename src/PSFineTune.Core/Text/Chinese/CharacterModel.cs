namespace PSFineTune.Text.Chinese;

/// <summary>
/// Words that no dictionary has, by a hidden Markov model of where in a word a character stands: B begin, M middle, E end,
/// S single. The tables are jieba's, in hmm_segmentation.json: start, trans and emit, as natural logarithms.
/// </summary>
sealed class CharacterModel
{
    /// <summary>The logarithm of what was never seen.</summary>
    internal const double Never = -3.14e100;

    const int B = 0, E = 1, M = 2, S = 3;

    // Of two that are equally probable jieba takes the one whose letter comes later, which stands first here.
    static readonly (int First, int Second)[] s_before = [(S, E), (M, B), (M, B), (S, E)];

    static readonly double[] s_never = [Never, Never, Never, Never];

    readonly double[] _start = new double[4];
    readonly double[,] _change = new double[4, 4];
    readonly Dictionary<char, double[]> _emit = [];

    CharacterModel() { }

    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public static CharacterModel Read(string path) => ModelFile.Read(path, root =>
    {
        var model = new CharacterModel();
        string[] states = ["B", "E", "M", "S"];
        for (var state = 0; state < 4; state++)
        {
            model._start[state] = root.GetProperty("start").GetProperty(states[state]).GetDouble();
            var changes = root.GetProperty("trans").GetProperty(states[state]);
            for (var next = 0; next < 4; next++) model._change[state, next] = changes.TryGetProperty(states[next], out var change) ? change.GetDouble() : Never;
            foreach (var emitted in root.GetProperty("emit").GetProperty(states[state]).EnumerateObject())
            {
                if (!model._emit.TryGetValue(emitted.Name[0], out var row)) model._emit.Add(emitted.Name[0], row = [Never, Never, Never, Never]);
                row[state] = emitted.Value.GetDouble();
            }
        }
        return model;
    });

    /// <summary>Ends of the words of a text of Chinese characters alone, from left to right.</summary>
    public void Cut(ReadOnlySpan<char> text, List<int> ends)
    {
        Span<double> scores = stackalloc double[4], next = stackalloc double[4];
        var from = text.Length <= 256 ? stackalloc byte[4 * text.Length] : new byte[4 * text.Length];
        var seen = EmittedBy(text[0]);
        for (var state = 0; state < 4; state++) scores[state] = _start[state] + seen[state];
        for (var place = 1; place < text.Length; place++)
        {
            seen = EmittedBy(text[place]);
            for (var state = 0; state < 4; state++)
            {
                var (first, second) = s_before[state];
                var (one, other) = (scores[first] + _change[first, state] + seen[state], scores[second] + _change[second, state] + seen[state]);
                (next[state], from[4 * place + state]) = one >= other ? (one, (byte)first) : (other, (byte)second);
            }
            next.CopyTo(scores);
        }
        var last = scores[S] >= scores[E] ? S : E;
        var begun = ends.Count;
        for (var place = text.Length - 1; place >= 0; place--)
        {
            if (last is E or S) ends.Add(place + 1);
            last = from[4 * place + last];
        }
        ends.Reverse(begun, ends.Count - begun);
    }

    ReadOnlySpan<double> EmittedBy(char character) => _emit.TryGetValue(character, out var row) ? row : s_never;
}
