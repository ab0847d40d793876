using PSFineTune.Data;
using PSFineTune.Text.Languages;
using PSFineTune.Text.Selection;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;
using PSFineTune.Training;

namespace PSFineTune.Text;

/// <summary>How texts become what a model learns from, as data: to texts what an augmentation pipeline is to images.</summary>
public sealed record TextPipeline
{
    // Texts that tell the language of all.
    const int Judged = 200;

    /// <summary>How a text becomes tokens.</summary>
    public TokenizerSpec Tokens { get; init; } = new PatternTokens();

    /// <summary>Tokens of the shortest terms, 1 or above; scikit-learn's ngram_range begins with it.</summary>
    public int MinNGram { get; init; } = 1;

    /// <summary>Tokens of the longest terms.</summary>
    public int MaxNGram { get; init; } = 1;

    /// <summary>Terms of fewer training texts are left out; scikit-learn's min_df.</summary>
    public int MinDocuments { get; init; } = 1;

    /// <summary>Terms of a larger share of the training texts are left out, above 0 to 1; scikit-learn's max_df.</summary>
    public double MaxDocumentShare { get; init; } = 1;

    /// <summary>Most terms that are kept, the most frequent; 0 for all. scikit-learn's max_features.</summary>
    public int VocabularySize { get; init; }

    /// <summary>A file of the terms, one a line, full path; null to take those of the training texts.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>Terms are numbered by a hash of this many bits and not looked up, 0 for no: bounded memory, for terms that no one needs to read.</summary>
    public int HashBits { get; init; }

    /// <summary>What a term counts in a text.</summary>
    public WeightingSpec Weighting { get; init; } = new TfIdf();

    /// <summary>Chooses the terms that tell most of the classes; null for all.</summary>
    public TermScorer? Selector { get; init; }

    /// <summary>How many terms the selector keeps.</summary>
    public int K { get; init; } = 1000;

    /// <summary>Tokens of a text that a neural network is given, at most; the rest is cut off.</summary>
    public int MaxLength { get; init; } = 128;

    /// <exception cref="FineTuneException">BadPlanSetting and those of the tokens.</exception>
    internal void Validate()
    {
        PlanCheck.Require(MinNGram >= 1, nameof(MinNGram), MinNGram, "1 or above");
        PlanCheck.Require(MaxNGram >= MinNGram && MaxNGram <= 10, nameof(MaxNGram), MaxNGram, $"{MinNGram} (MinNGram) to 10");
        PlanCheck.Require(MinDocuments >= 1, nameof(MinDocuments), MinDocuments, "1 or above");
        PlanCheck.Require(MaxDocumentShare is > 0 and <= 1, nameof(MaxDocumentShare), MaxDocumentShare, "above 0 to 1");
        PlanCheck.Require(VocabularySize >= 0, nameof(VocabularySize), VocabularySize, "0 (all) or above");
        PlanCheck.Require(HashBits == 0 || HashBits is >= 8 and <= 26, nameof(HashBits), HashBits, "0 (a vocabulary) or 8 to 26");
        PlanCheck.Require(HashBits == 0 || (Selector is null && Vocabulary is null && VocabularySize == 0 && MinDocuments == 1 && MaxDocumentShare == 1), nameof(HashBits), HashBits,
            "0 where terms are chosen: hashed ones have no names for Selector, Vocabulary, VocabularySize, MinDocuments or MaxDocumentShare");
        PlanCheck.Require(Vocabulary is null || Selector is null, nameof(Selector), Selector?.GetType().Name, "left out where a Vocabulary is given");
        PlanCheck.Require(K >= 1, nameof(K), K, "1 or above");
        PlanCheck.Require(MaxLength is >= 4 and <= 8192, nameof(MaxLength), MaxLength, "4 to 8192");
        Tokens.Validate();
    }

    /// <summary>The same for the language that most of some training texts are in, where it is to be found: one for all texts, that predictions do not depend on how a short text looks.</summary>
    /// <param name="data">The texts.</param>
    /// <param name="isDefault">Nobody chose it: a pattern, which finds no words in Chinese, gives way to a dictionary.</param>
    internal TextPipeline For(Dataset data, bool isDefault = false)
    {
        if (Tokens is not AutoTokens && !(isDefault && Tokens is PatternTokens)) return this;
        var rows = data.RowsOf(Split.Train);
        string[] texts = [.. rows.Take(Judged).Select(row => data.SampleAt(row).Item)];
        var areChinese = 2 * texts.Count(TextLanguage.IsChinese) > texts.Length;
        if (Tokens is not AutoTokens auto) return areChinese ? this with { Tokens = new ChineseTokens() } : this;
        if (areChinese || auto.Chinese.PartOfSpeech.Count > 0) return this with { Tokens = auto.Chinese };
        if (!auto.Words.Stem && !auto.Words.LanguageStopWords) return this with { Tokens = auto.Words };
        // Stems and stop words are those of the language of most; one without any is left as it is.
        var language = texts.GroupBy(TextLanguage.Of).OrderByDescending(same => same.Count()).First().Key;
        return this with { Tokens = WordLanguage.Find(language) is null ? auto.Words with { Language = "", Stem = false, LanguageStopWords = false } : auto.Words with { Language = language } };
    }

    /// <summary>The same with full paths.</summary>
    /// <param name="full">Makes a path full.</param>
    internal TextPipeline Resolve(Func<string, string> full) => this with { Vocabulary = Vocabulary is { } file ? full(file) : null, Tokens = Tokens.Resolve(full) };

    /// <summary>The same without the folders of this machine.</summary>
    internal TextPipeline WithoutFolders() => Resolve(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
}
