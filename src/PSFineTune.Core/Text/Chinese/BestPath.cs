using System.Runtime.CompilerServices;

namespace PSFineTune.Text.Chinese;

/// <summary>The division of a text into words of a dictionary that is most probable where each word is drawn by its share, as jieba's: of equals the one whose words are longer from the left.</summary>
/// <remarks>Not for several threads at once: it works in buffers of its own.</remarks>
sealed class BestPath(ChineseDictionary dictionary)
{
    double[] _scores = new double[256];
    int[] _ends = new int[256];

    /// <summary>Finds it; <see cref="EndOf"/> then tells it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<char> text)
    {
        if (_scores.Length <= text.Length)
        {
            _scores = new double[2 * text.Length];
            _ends = new int[2 * text.Length];
        }
        var (trie, logTotal) = (dictionary.Trie, Math.Log(dictionary.Total));
        var logs = dictionary.Logs;
        Span<double> scores = _scores;
        scores[text.Length] = 0;
        for (var from = text.Length - 1; from >= 0; from--)
        {
            var (best, end, node) = (double.NegativeInfinity, 0, WordTrie.Root);
            for (var to = from; to < text.Length && trie.Next(ref node, text[to], out var value); to++)
            {
                if (value == 0) continue;
                var score = logs[value] - logTotal + scores[to + 1];
                if (score >= best) (best, end) = (score, to + 1);
            }
            // A character that is no word counts as one that occurred once.
            if (end == 0) (best, end) = (-logTotal + scores[from + 1], from + 1);
            (scores[from], _ends[from]) = (best, end);
        }
    }

    /// <summary>Where the word that begins there ends.</summary>
    public int EndOf(int from) => _ends[from];
}
