using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;

namespace PSFineTune.Attributions;

/// <summary>
/// By how much the probability of the class falls where a part is hidden (Zeiler and Fergus 2014, https://arxiv.org/abs/1311.2901): a
/// square of an image is filled with the mean colour, or one word is left out of a text. For any model; as many passes as there are squares or words.
/// </summary>
public sealed record Occlusion : AttributionMethod
{
    const int UsualShare = 7;

    /// <summary>Side of the square that is hidden, pixels of the model's input; null for a seventh of it.</summary>
    public int? PatchSize { get; init; }

    /// <summary>From square to square, pixels of the input, at most <see cref="PatchSize"/>; null for half of that. Halved, it takes four times as long.</summary>
    public int? Stride { get; init; }

    internal override bool Explains(ModelSpec model) => true;

    internal override void Validate()
    {
        PlanCheck.Require(PatchSize is null or >= 1, nameof(PatchSize), PatchSize, "1 or above, in pixels of the input");
        PlanCheck.Require(Stride is null or >= 1 && !(Stride > PatchSize), nameof(Stride), Stride, PatchSize is { } patch ? $"1 to {patch} (PatchSize)" : "1 or above, in pixels of the input");
    }

    internal override ImageExplainer OfImages(NetworkPredictor predictor, int side)
    {
        var patch = Math.Min(side, PatchSize ?? Math.Max(Stride ?? 1, (side + UsualShare - 1) / UsualShare));
        return new OcclusionMaps(predictor, side, patch, Math.Min(patch, Stride ?? (patch + 1) / 2));
    }

    // Without the word at its place; what stands around it stays.
    internal override TextExplainer OfTexts(Predictor predictor)
    {
        var words = new WordTokens { Lowercase = false }.Open(ModelParts.None);
        return (text, label, cancel) =>
        {
            var tokens = new TokenBuffer();
            words.Tokenize(text, tokens);
            var places = Enumerable.Range(0, tokens.Count).Select(tokens.Place).ToList();
            // The whole text is scored beside the others, so that both are computed alike.
            List<string> texts = [text, .. places.Select(place => text.Remove(place.From, place.Length))];
            var scores = texts.Chunk(predictor.BatchSize).SelectMany(part => predictor.Score(part, cancel)).Select(scored => (double)(scored.Fault is { } fault ? throw fault : scored.Scores!)[label]).ToList();
            return [.. places.Select((place, at) => new WordWeight { Word = text.Substring(place.From, place.Length), From = place.From, Weight = scores[0] - scores[at + 1] })];
        };
    }
}
