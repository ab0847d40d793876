using System.Text.Json;

namespace PSFineTune.Text.Chinese;

/// <summary>
/// Words that no dictionary has with their parts of speech, by a hidden Markov model whose states are a place in a word (B, E,
/// M, S) and a part of speech. The tables are jieba's: start, trans, emit and char_states; a state is written B/n.
/// </summary>
/// <remarks>May be shared by threads; <see cref="TaggedPath"/> finds the words.</remarks>
sealed class TaggedCharacterModel
{
    readonly string[] _tags;
    readonly bool[] _ends;
    readonly double[] _start;
    readonly double[] _change;
    readonly StateSet[] _next;
    readonly Character?[] _characters = new Character?[Han.Last - Han.First + 1];
    readonly Character _stranger;

    // States are numbered in the order in which jieba prefers them: of two that are equally probable the later one.
    TaggedCharacterModel(Func<string, JsonElement> tables)
    {
        string[] states = [.. tables("trans").EnumerateObject().Select(state => state.Name).Order(StringComparer.Ordinal)];
        var numbers = states.Select((state, number) => (state, number)).ToDictionary(pair => pair.state, pair => pair.number);
        if (states.Length > StateSet.Most) throw new FormatException($"It has {states.Length} states; at most {StateSet.Most} can be.");
        (_tags, _ends) = ([.. states.Select(state => state[2..])], [.. states.Select(state => state[0] is 'E' or 'S')]);
        _start = [.. states.Select(state => tables("start").GetProperty(state).GetDouble())];
        (_change, _next) = (new double[states.Length * states.Length], new StateSet[states.Length]);
        Array.Fill(_change, double.NegativeInfinity);
        for (var state = 0; state < states.Length; state++)
            foreach (var change in tables("trans").GetProperty(states[state]).EnumerateObject())
            {
                _change[numbers[change.Name] * states.Length + state] = change.Value.GetDouble();
                _next[state].Add(numbers[change.Name]);
            }
        var emitted = states.Select((state, number) => (number, tables("emit").GetProperty(state)))
            .SelectMany(pair => pair.Item2.EnumerateObject().Select(one => (Character: one.Name[0], State: pair.number, Log: one.Value.GetDouble())))
            .ToLookup(one => one.Character, one => (one.State, one.Log));
        var possible = tables("char_states").EnumerateObject().ToDictionary(one => one.Name[0], one => one.Value.EnumerateArray().Select(state => numbers[state.GetString()!]).Order().ToArray());
        int[] every = [.. Enumerable.Range(0, states.Length)];
        _stranger = new(every, []);
        foreach (var character in emitted.Select(group => group.Key).Union(possible.Keys).Where(Han.Is))
            _characters[character - Han.First] = new(possible.GetValueOrDefault(character, every), emitted[character]);
    }

    /// <exception cref="FineTuneException">CannotRead; BadTextModel.</exception>
    public static TaggedCharacterModel Read(HmmTables tables) => tables.Make(root => new TaggedCharacterModel(root));

    /// <summary>States that there are.</summary>
    public int Count => _tags.Length;

    /// <summary>By state: the logarithm of how often a text begins with it.</summary>
    public ReadOnlySpan<double> Start => _start;

    /// <summary>Part of speech of a state.</summary>
    public string TagOf(int state) => _tags[state];

    /// <summary>Whether a word ends with a state.</summary>
    public bool Ends(int state) => _ends[state];

    /// <summary>States that may come behind one.</summary>
    public ref readonly StateSet Next(int state) => ref _next[state];

    /// <summary>By the state before: the logarithm of how often this one comes behind it; minus infinity where never.</summary>
    public ReadOnlySpan<double> ChangesTo(int state) => _change.AsSpan(state * Count, Count);

    /// <summary>What is known of a Chinese character.</summary>
    public Character Of(char character) => _characters[character - Han.First] ?? _stranger;

    /// <summary>What is known of a character. Some have logarithms and no states of their own: they may be in any.</summary>
    public sealed class Character
    {
        readonly int[] _states;
        readonly double[] _logs;
        readonly Dictionary<int, double>? _others;

        /// <param name="states">That it may be in, ascending.</param>
        /// <param name="emitted">States with the logarithm of how often it stands for them.</param>
        public Character(int[] states, IEnumerable<(int State, double Log)> emitted)
        {
            var logs = emitted.ToDictionary(one => one.State, one => one.Log);
            (_states, _logs) = (states, [.. states.Select(state => logs.GetValueOrDefault(state, CharacterModel.Never))]);
            foreach (var state in states) logs.Remove(state);
            _others = logs.Count > 0 ? logs : null;
        }

        public ReadOnlySpan<int> States => _states;

        /// <summary>Logarithms, in the order of <see cref="States"/>.</summary>
        public ReadOnlySpan<double> Logs => _logs;

        /// <summary>The logarithm of a state that is none of its own.</summary>
        public double LogOf(int state) => _others?.TryGetValue(state, out var log) == true ? log : CharacterModel.Never;
    }
}
