using PSFineTune.Text.Tokens;

namespace PSFineTune.Text.Terms;

/// <summary>Which words of a text a term stands for: its weight is parted among its places, and in each among its tokens.</summary>
static class TermPlaces
{
    /// <summary>What the tokens of a text weigh.</summary>
    /// <param name="terms">Of the text: first token, how many, and the term's column.</param>
    /// <param name="weightOf">Of a column in this text.</param>
    /// <param name="tokens">Count of tokens.</param>
    public static double[] Weights(IReadOnlyList<(int First, int Count, int Column)> terms, IReadOnlyDictionary<int, double> weightOf, int tokens)
    {
        var weights = new double[tokens];
        foreach (var same in terms.GroupBy(term => term.Column))
        {
            var times = same.Count();
            foreach (var (first, count, column) in same)
                for (var token = first; token < first + count; token++) weights[token] += weightOf.GetValueOrDefault(column) / times / count;
        }
        return weights;
    }

    /// <summary>The words that tokens stand for: the tokens themselves, or, where they overlap as runs of characters do, what stands between white space.</summary>
    /// <returns>Where each word begins and ends, and what it weighs.</returns>
    public static IEnumerable<(int From, int To, double Weight)> Words(string text, IReadOnlyList<Token> places, double[] weights)
    {
        var overlap = Enumerable.Range(1, Math.Max(0, places.Count - 1)).Any(at => places[at].From < places[at - 1].From + places[at - 1].Length || places[at].Length == 0);
        if (!overlap) return places.Select((place, at) => (place.From, place.From + place.Length, weights[at]));

        var ofCharacter = new double[text.Length];
        for (var at = 0; at < places.Count; at++)
            for (var i = places[at].From; i < places[at].From + places[at].Length; i++) ofCharacter[i] += weights[at] / places[at].Length;
        return Parts(text).Select(part => (part.From, part.To, ofCharacter[part.From..part.To].Sum()));
    }

    static IEnumerable<(int From, int To)> Parts(string text)
    {
        for (var (from, to) = (0, 0); from < text.Length; from = to)
        {
            while (from < text.Length && char.IsWhiteSpace(text[from])) from++;
            for (to = from; to < text.Length && !char.IsWhiteSpace(text[to]);) to++;
            if (to > from) yield return (from, to);
        }
    }
}
