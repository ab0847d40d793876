namespace PSFineTune.Text.Chinese;

/// <summary>The most probable words of a run of Chinese characters and their parts of speech, as jieba finds them.</summary>
/// <remarks>Not for several threads at once: it works in buffers of its own.</remarks>
sealed class TaggedPath(TaggedCharacterModel model)
{
    // Of each character the states that it may be in, the best score of each, and which of those before has it.
    readonly List<int> _begins = [];
    int[] _states = new int[1024], _from = new int[1024], _path = new int[64];
    double[] _scores = new double[1024];
    int _used;

    /// <summary>The words from left to right: where each ends, and its part of speech.</summary>
    public void Cut(ReadOnlySpan<char> text, List<(int End, string Tag)> words)
    {
        _begins.Clear();
        _used = 0;
        Begin(model.Of(text[0]));
        foreach (var character in text[1..]) Step(model.Of(character));

        var (from, to) = (_begins[^1], _used);
        var best = from;
        for (var i = from + 1; i < to; i++)
            if (_scores[i] >= _scores[best]) best = i;
        if (_path.Length < text.Length) _path = new int[2 * text.Length];
        for (var place = text.Length - 1; place >= 0; place--, best = place >= 0 ? _begins[place] + best : 0)
        {
            _path[place] = _states[best];
            best = _from[best];
        }
        var done = 0;
        for (var place = 0; place < text.Length; place++)
            if (model.Ends(_path[place])) words.Add((done = place + 1, model.TagOf(_path[place])));
        if (done < text.Length) words.Add((text.Length, model.TagOf(_path[done])));
    }

    void Begin(TaggedCharacterModel.Character seen)
    {
        Room(seen.States.Length);
        for (var i = 0; i < seen.States.Length; i++) Add(seen.States[i], model.Start[seen.States[i]] + seen.Logs[i], 0);
    }

    void Step(TaggedCharacterModel.Character seen)
    {
        var (from, to) = (_begins[^1], _used);
        StateSet expected = default;
        for (var i = from; i < to; i++) expected.Add(model.Next(_states[i]));
        Room(model.Count);
        for (var i = 0; i < seen.States.Length; i++)
            if (expected.Has(seen.States[i])) Add(seen.States[i], seen.Logs[i], from, to);
        if (_used > to) return;
        // It may be in none that is expected: then in any of those, and where none is, in any at all.
        for (var state = 0; state < model.Count; state++)
            if (expected.IsEmpty || expected.Has(state)) Add(state, seen.LogOf(state), from, to);
    }

    void Add(int state, double log, int from, int to)
    {
        var (best, before) = (double.NegativeInfinity, 0);
        var changes = model.ChangesTo(state);
        ReadOnlySpan<int> states = _states.AsSpan(from, to - from);
        ReadOnlySpan<double> scores = _scores.AsSpan(from, states.Length);
        for (var i = 0; i < states.Length; i++)
        {
            var score = scores[i] + changes[states[i]] + log;
            // A state that none comes behind is no way, though nothing is a better one.
            if (score >= best && (score > double.NegativeInfinity || !model.Next(states[i]).IsEmpty)) (best, before) = (score, i);
        }
        Add(state, best, before);
    }

    void Add(int state, double score, int before) => (_states[_used], _scores[_used], _from[_used++]) = (state, score, before);

    // For the states of one more character.
    void Room(int states)
    {
        _begins.Add(_used);
        if (_used + states <= _states.Length) return;
        var size = Math.Max(2 * _states.Length, _used + states);
        Array.Resize(ref _states, size);
        Array.Resize(ref _scores, size);
        Array.Resize(ref _from, size);
    }
}
