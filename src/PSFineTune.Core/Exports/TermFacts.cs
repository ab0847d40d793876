using System.Text.Json.Serialization;
using PSFineTune.Text;
using PSFineTune.Text.Terms;

namespace PSFineTune.Exports;

/// <summary>How a service computes the weights of a text's terms, in words that are always the same, for it to compare; the page onnx.md of the module lists them.</summary>
sealed record TermFacts
{
    /// <summary>Of a term that stands count times in the text, before the whole text is brought to a length: 1, count * factor, or (1 + ln(count)) * factor.</summary>
    public string Weight { get; init; } = "";

    /// <summary>What the values of a text are divided by, none where that is 0: none, sum(abs(weights)), or sqrt(sum(weights ** 2)).</summary>
    public string DividedBy { get; init; } = "";

    /// <summary>What stands between the tokens of a term.</summary>
    public string Joint { get; init; } = "";

    /// <summary>Tokens of the shortest terms.</summary>
    public int MinNGram { get; init; }

    /// <summary>Tokens of the longest terms.</summary>
    public int MaxNGram { get; init; }

    /// <summary>How a term's column is found where there is no vocabulary; null where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TermHashFacts? Hash { get; init; }

    public static TermFacts Of(TextPipeline pipeline) => new()
    {
        Weight = pipeline.Weighting.Formula, DividedBy = pipeline.Weighting.Divisor, Joint = pipeline.Tokens.Joint, MinNGram = pipeline.MinNGram, MaxNGram = pipeline.MaxNGram,
        Hash = pipeline.HashBits > 0 ? new() { Bits = pipeline.HashBits } : null,
    };
}

/// <summary>The hash of terms, for who writes it again in another language. Numbers beyond 2 to the 53rd are texts, as many readers of JSON round them.</summary>
sealed record TermHashFacts
{
    public string Name => "FNV-1a, 64 bits";

    public string Seed => $"{TermHash.Seed}";

    public string Prime => $"{TermHash.Prime}";

    /// <summary>What one step takes: a whole unit of 16 bits, not its two bytes.</summary>
    public string Units => "UTF-16 code units of the term, one step each";

    public string Step => "hash = ((hash ^ unit) * prime) mod 2^64";

    public string Column => "(hash ^ (hash >> 32)) mod 2^bits";

    public int Bits { get; init; }
}
