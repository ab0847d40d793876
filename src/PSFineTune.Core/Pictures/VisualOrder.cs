using System.Globalization;

namespace PSFineTune.Pictures;

/// <summary>
/// The characters of a line from left to right as they are drawn: Hebrew and Arabic run the other way. The plain part of
/// Unicode's bidirectional algorithm, enough for names and captions; embedding marks are not obeyed.
/// </summary>
static class VisualOrder
{
    const string Brackets = "()[]{}<>«»";

    enum Side { Neutral, Left, Right }

    /// <param name="text">One line in reading order.</param>
    /// <param name="has">Whether a font has a shape of an Arabic letter.</param>
    public static IReadOnlyList<string> Of(string text, Func<string, bool> has)
    {
        var characters = Characters(text);
        if (!characters.Exists(character => SideOf(character) == Side.Right)) return characters;

        var shaped = ArabicForms.Of(characters, has);
        var sides = shaped.Select(SideOf).ToArray();
        var main = IsRightToLeft(text) ? Side.Right : Side.Left;
        Resolve(sides, main);
        var runs = Runs(shaped, sides);
        if (main == Side.Right) runs.Reverse();
        return [.. runs.SelectMany(run => run)];
    }

    /// <summary>Whether the line as a whole runs from right to left: it does where no word of it runs the other way, so that a caption of ours around a name is no name.</summary>
    public static bool IsRightToLeft(string text) =>
        Characters(text) is var characters && characters.Exists(character => SideOf(character) == Side.Right) && !characters.Exists(character => SideOf(character) == Side.Left && !char.IsDigit(character[0]));

    /// <summary>Whether a word runs from right to left, as its first letter says; null where it has none.</summary>
    public static bool? RunsFromRight(string word) => Characters(word).Select(SideOf).FirstOrDefault(side => side != Side.Neutral) switch { Side.Right => true, Side.Left => false, _ => null };

    static List<string> Characters(string text)
    {
        var characters = new List<string>();
        for (var all = StringInfo.GetTextElementEnumerator(text); all.MoveNext();) characters.Add(all.GetTextElement());
        return characters;
    }

    // What has no side of its own takes that of its neighbours where they agree, else the line's.
    static void Resolve(Side[] sides, Side main)
    {
        for (var i = 0; i < sides.Length; i++)
        {
            if (sides[i] != Side.Neutral) continue;
            var end = Array.FindIndex(sides, i, side => side != Side.Neutral);
            if (end < 0) end = sides.Length;
            var (before, after) = (i > 0 ? sides[i - 1] : main, end < sides.Length ? sides[end] : main);
            Array.Fill(sides, before == after ? before : main, i, end - i);
        }
    }

    static List<IEnumerable<string>> Runs(IReadOnlyList<string> characters, Side[] sides)
    {
        var runs = new List<IEnumerable<string>>();
        for (var (start, end) = (0, 0); start < sides.Length; start = end)
        {
            while (end < sides.Length && sides[end] == sides[start]) end++;
            var run = characters.Skip(start).Take(end - start).ToArray();
            runs.Add(sides[start] == Side.Right ? Enumerable.Reverse(run).Select(Mirrored) : run);
        }
        return runs;
    }

    static string Mirrored(string character) =>
        character.Length == 1 && Brackets.IndexOf(character[0]) is >= 0 and var place ? Brackets[place ^ 1].ToString() : character;

    static Side SideOf(string character) => character[0] switch
    {
        >= '\u0590' and <= '\u08FF' or >= '\uFB1D' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC' => char.IsDigit(character[0]) ? Side.Left : Side.Right,
        var first when char.IsLetterOrDigit(first) || char.IsSurrogate(first) => Side.Left,
        _ => Side.Neutral,
    };
}
