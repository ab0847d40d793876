namespace PSFineTune.Pictures;

/// <summary>The shapes of Arabic letters by their neighbours, as the characters that Unicode keeps for them: Skia without a shaper draws each letter as if it stood alone.</summary>
static class ArabicForms
{
    const char First = '\u0621';
    const char Lam = '\u0644';
    const char Extender = '\u0640';
    const char FirstForm = '\uFE80';

    // How many shapes each letter from U+0621 on has: 4 joins both sides, 2 only the letter before it. They follow each other from U+FE80.
    const string Shapes = "122224242444442222444444440000004444444224";

    // Persian and Urdu letters lie elsewhere: the letter, its first shape, how many.
    static readonly Dictionary<char, (char Form, int Count)> s_others = new()
    {
        ['\u067E'] = ('\uFB56', 4), ['\u0686'] = ('\uFB7A', 4), ['\u0698'] = ('\uFB8A', 2), ['\u06A9'] = ('\uFB8E', 4), ['\u06AF'] = ('\uFB92', 4), ['\u06CC'] = ('\uFBFC', 4),
    };

    // Lam and one of these alefs are one letter.
    static readonly Dictionary<char, char> s_ligatures = new() { ['\u0622'] = '\uFEF5', ['\u0623'] = '\uFEF7', ['\u0625'] = '\uFEF9', ['\u0627'] = '\uFEFB' };

    /// <summary>Characters in reading order, each in its shape; one that no font has stays as it is.</summary>
    /// <param name="characters">As a reader counts them: a letter with its marks is one.</param>
    /// <param name="has">Whether a font has a shape.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> characters, Func<string, bool> has)
    {
        var shaped = new List<string>(characters.Count);
        for (var i = 0; i < characters.Count; i++)
        {
            var character = characters[i];
            var (form, count) = Shape(character[0]);
            var afterJoining = i > 0 && JoinsNext(characters[i - 1][0]);
            if (character[0] == Lam && i + 1 < characters.Count && s_ligatures.TryGetValue(characters[i + 1][0], out var ligature))
            {
                shaped.Add(Existing(Shifted(ligature, afterJoining ? 1 : 0) + character[1..] + characters[++i][1..], character + characters[i], has));
                continue;
            }
            var beforeJoining = count == 4 && i + 1 < characters.Count && JoinsPrevious(characters[i + 1][0]);
            var shape = (afterJoining && count >= 2 ? 1 : 0) + (beforeJoining ? 2 : 0);
            shaped.Add(count == 0 ? character : Existing(Shifted(form, shape) + character[1..], character, has));
        }
        return shaped;
    }

    static string Existing(string shape, string plain, Func<string, bool> has) => has(shape) ? shape : plain;

    static string Shifted(char form, int by) => ((char)(form + by)).ToString();

    static bool JoinsNext(char letter) => letter == Extender || Shape(letter).Count == 4;

    static bool JoinsPrevious(char letter) => letter == Extender || Shape(letter).Count >= 2;

    static (char Form, int Count) Shape(char letter)
    {
        if (s_others.TryGetValue(letter, out var other)) return other;
        if (letter - First is not (>= 0 and var place) || place >= Shapes.Length) return default;
        return ((char)(FirstForm + Shapes.Take(place).Sum(count => count - '0')), Shapes[place] - '0');
    }
}
