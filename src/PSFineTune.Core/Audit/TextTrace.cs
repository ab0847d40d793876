using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PSFineTune.Text.Chinese;
using PSFineTune.Text.Languages;

namespace PSFineTune.Audit;

/// <summary>What is kept of a text.</summary>
/// <param name="Hash">Of its letters and digits, whatever their case, form and what stands between them.</param>
/// <param name="Sketch">Bands of least hashes of its runs of words; all 0 where there are too few words.</param>
/// <param name="Marks">What is odd about it.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Words">Words; a Chinese or Japanese character is one.</param>
/// <param name="Language">Place in <see cref="TextTracer.Languages"/>.</param>
/// <param name="Script">Of most of its letters.</param>
readonly record struct TextTrace(UInt128 Hash, TextSketch Sketch, TextMarks Marks, int Length, int Words, byte Language, TextScript Script);

/// <summary>One number a band.</summary>
[InlineArray(MinHash.Bands)]
struct TextSketch
{
    uint _first;
}

/// <summary>Reads texts for an audit. For one thread.</summary>
sealed class TextTracer
{
    readonly MinHash _hashes = new();
    readonly List<ulong> _words = [];

    /// <summary>ISO 639-1 codes; the first is "", where nothing tells.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["", "zh", "ja", "ko", .. WordLanguage.All.Select(language => language.Code)];

    static readonly Dictionary<string, byte> s_languages = Languages.Select((code, place) => (code, place)).ToDictionary(pair => pair.code, pair => (byte)pair.place);

    public TextTrace Of(string text)
    {
        _words.Clear();
        var plain = Plain(text);
        foreach (var word in Words(plain)) _words.Add(HashOf(word));
        return new(Content(plain, text), _hashes.Of(CollectionsMarshal.AsSpan(_words)), TextMark.Of(text), text.Length, _words.Count, s_languages[TextLanguage.Of(text)], TextScripts.Of(text));
    }

    /// <summary>The form in which texts are compared: NFKC, and no difference of case.</summary>
    public static string Plain(string text)
    {
        // Where the system has no tables of forms, wide letters are the ones that texts have.
        if (text.AsSpan().IndexOfAnyInRange('\uFF01', '\uFF5E') >= 0) text = string.Concat(text.Select(letter => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter));
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no form.
            return text.ToLowerInvariant();
        }
    }

    /// <summary>Runs of letters, digits and marks; characters of scripts without spaces stand alone.</summary>
    public static IEnumerable<string> Words(string plain)
    {
        for (var (from, to) = (0, 0); from < plain.Length; from = to)
        {
            while (from < plain.Length && !IsOfWord(plain[from])) from++;
            if (from >= plain.Length) yield break;
            to = from + 1;
            if (!StandsAlone(plain[from])) while (to < plain.Length && IsOfWord(plain[to]) && !StandsAlone(plain[to])) to++;
            yield return plain[from..to];
        }
    }

    public static ulong HashOf(ReadOnlySpan<char> word)
    {
        // FNV-1a (Fowler, Noll and Vo).
        var hash = 14695981039346656037UL;
        foreach (var letter in word) hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }

    /// <summary>As <see cref="TextTrace.Hash"/>.</summary>
    public static UInt128 ContentOf(string text) => Content(Plain(text), text);

    // What has neither letters nor digits is told apart by all that it is.
    static UInt128 Content(string plain, string text)
    {
        var letters = string.Concat(plain.Where(IsOfWord));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes((letters.Length > 0 ? letters : text).AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || char.IsSurrogate(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    static bool StandsAlone(char character) => Han.Is(character) || character is >= '\u3041' and <= '\u30FF';
}
