using System.Text.Json;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Words that no dictionary has with their parts of speech, by a hidden Markov model whose states are a place in a word (B, E,
/// M, S) and a part of speech. The tables are jieba's, in hmm_part_of_speech.json: start, trans, emit and char_states.
/// </summary>
sealed class TaggedCharacterModel
{
    readonly string[] _tags;
    readonly char[] _places;
    readonly double[] _start;
    readonly double[,] _change;
    readonly StateSet[] _next;
    readonly Dictionary<char, Character> _characters = [];
    readonly Character _stranger;

    // States are numbered in the order in which jieba prefers them: of two that are equally probable the later one.
    TaggedCharacterModel(JsonElement root)
    {
        string[] states = [.. root.GetProperty("trans").EnumerateObject().Select(state => state.Name).Order(StringComparer.Ordinal)];
        var numbers = states.Select((state, number) => (state, number)).ToDictionary(pair => pair.state, pair => pair.number);
        (_tags, _places) = ([.. states.Select(state => state[2..])], [.. states.Select(state => state[0])]);
        _start = [.. states.Select(state => root.GetProperty("start").GetProperty(state).GetDouble())];
        (_change, _next) = (new double[states.Length, states.Length], new StateSet[states.Length]);
        for (var state = 0; state < states.Length; state++)
        {
            for (var next = 0; next < states.Length; next++) _change[state, next] = double.NegativeInfinity;
            foreach (var change in root.GetProperty("trans").GetProperty(states[state]).EnumerateObject())
            {
                _change[state, numbers[change.Name]] = change.Value.GetDouble();
                _next[state].Add(numbers[change.Name]);
            }
        }
        int[] every = [.. Enumerable.Range(0, states.Length)];
        foreach (var state in every)
            foreach (var emitted in root.GetProperty("emit").GetProperty(states[state]).EnumerateObject())
                Known(emitted.Name[0]).Logs[state] = emitted.Value.GetDouble();
        foreach (var character in root.GetProperty("char_states").EnumerateObject())
            Known(character.Name[0]).States = [.. character.Value.EnumerateArray().Select(state => numbers[state.GetString()!]).Order()];
        _stranger = new(every);

        Character Known(char character)
        {
            if (!_characters.TryGetValue(character, out var known)) _characters.Add(character, known = new(every));
            return known;
        }
    }

    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public static TaggedCharacterModel Read(string path) => ModelFile.Read(path, root => new TaggedCharacterModel(root));

    /// <summary>The words of a text of Chinese characters alone, from left to right: where each ends, and its part of speech.</summary>
    public void Cut(ReadOnlySpan<char> text, List<(int End, string Tag)> words)
    {
        var seen = Of(text[0]);
        var columns = new Column[text.Length];
        columns[0] = new(seen.States, [.. seen.States.Select(state => _start[state] + seen.LogOf(state))], []);
        for (var place = 1; place < text.Length; place++) columns[place] = Next(columns[place - 1], Of(text[place]));

        Span<int> path = text.Length <= 256 ? stackalloc int[text.Length] : new int[text.Length];
        var last = columns[^1];
        var best = 0;
        for (var i = 1; i < last.States.Length; i++)
            if (last.Scores[i] >= last.Scores[best]) best = i;
        for (var place = text.Length - 1; place >= 0; place--)
        {
            path[place] = columns[place].States[best];
            if (place > 0) best = columns[place].From[best];
        }
        var done = 0;
        for (var place = 0; place < text.Length; place++)
            if (_places[path[place]] is 'E' or 'S') words.Add((done = place + 1, _tags[path[place]]));
        if (done < text.Length) words.Add((text.Length, _tags[path[done]]));
    }

    Column Next(Column before, Character seen)
    {
        StateSet expected = default;
        foreach (var state in before.States) expected.Add(_next[state]);
        var states = Array.FindAll(seen.States, state => expected.Has(state));
        if (states.Length == 0) states = expected.IsEmpty ? _stranger.States : expected.States(_tags.Length);
        var column = new Column(states, new double[states.Length], new int[states.Length]);
        for (var i = 0; i < states.Length; i++)
        {
            var (best, from, log) = (double.NegativeInfinity, 0, seen.LogOf(states[i]));
            for (var j = 0; j < before.States.Length; j++)
            {
                if (_next[before.States[j]].IsEmpty) continue;
                var score = before.Scores[j] + _change[before.States[j], states[i]] + log;
                if (score >= best) (best, from) = (score, j);
            }
            (column.Scores[i], column.From[i]) = (best, from);
        }
        return column;
    }

    Character Of(char character) => _characters.GetValueOrDefault(character, _stranger);

    /// <summary>States that a place of a text may be in, the best score of each, and which state before it has it.</summary>
    readonly record struct Column(int[] States, double[] Scores, int[] From);

    /// <summary>What is known of a character. Some have logarithms and no states of their own: they may be in any.</summary>
    sealed class Character(int[] states)
    {
        /// <summary>That it may be in, ascending.</summary>
        public int[] States { get; set; } = states;

        /// <summary>By state: the logarithm of how often it stands for it.</summary>
        public Dictionary<int, double> Logs { get; } = [];

        public double LogOf(int state) => Logs.TryGetValue(state, out var log) ? log : CharacterModel.Never;
    }

    /// <summary>Some of 256 states.</summary>
    struct StateSet
    {
        UInt128 _low, _high;

        public readonly bool IsEmpty => _low == 0 && _high == 0;

        public void Add(int state)
        {
            if (state < 128) _low |= UInt128.One << state;
            else _high |= UInt128.One << (state - 128);
        }

        public void Add(StateSet others) => (_low, _high) = (_low | others._low, _high | others._high);

        public readonly bool Has(int state) => ((state < 128 ? _low >> state : _high >> (state - 128)) & 1) != 0;

        public readonly int[] States(int count)
        {
            var set = this;
            return [.. Enumerable.Range(0, count).Where(state => set.Has(state))];
        }
    }
}
