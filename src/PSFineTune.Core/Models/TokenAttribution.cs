using PSFineTune.Text;
using PSFineTune.Text.Tokens;
using static TorchSharp.torch;

namespace PSFineTune.Models;

/// <summary>What one token of a text adds to a class.</summary>
/// <param name="Term">As the network knows it.</param>
/// <param name="Place">In the text; null for what is put around it.</param>
/// <param name="Score">In units of the class's logit; below 0 where it speaks against it.</param>
sealed record TokenScore(string Term, Token? Place, double Score)
{
    // Before a piece that goes on with the word before it.
    const string GoesOn = "##";

    /// <summary>Whole words of the text, with what their pieces add together.</summary>
    public static IEnumerable<TokenScore> Words(IEnumerable<TokenScore> tokens, string text)
    {
        TokenScore? word = null;
        foreach (var token in tokens)
        {
            if (token.Place is not { } place) continue;
            if (word is { Place: { } begun } && place.From == begun.From + begun.Length && token.Term.StartsWith(GoesOn, StringComparison.Ordinal))
            {
                word = word with { Place = new(begun.From, place.From + place.Length - begun.From), Score = word.Score + token.Score };
                continue;
            }
            if (word is not null) yield return Named(word);
            word = token;
        }
        if (word is not null) yield return Named(word);

        TokenScore Named(TokenScore whole) => whole with { Term = text.Substring(whole.Place!.Value.From, whole.Place.Value.Length) };
    }
}

/// <summary>
/// Which tokens speak for a class: the slope of its logit at each token's vector times the vector, summed over its numbers
/// (gradient x input, Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713). The vectors are those behind the first layer group.
/// </summary>
static class TokenAttribution
{
    /// <param name="network">Of a text network; its weights and gradients stay as they are.</param>
    /// <param name="encoder">Of its parts.</param>
    /// <param name="text">Any.</param>
    /// <param name="label">The class.</param>
    /// <returns>One a token that the network is given, in the text's order.</returns>
    public static IReadOnlyList<TokenScore> Of(Classifier network, TextEncoder encoder, string text, int label)
    {
        var tokens = encoder.Tokens(text);
        if (tokens.Count == 0) return [];
        var ids = new long[encoder.Longest];
        var count = encoder.Encode(text, ids);
        network.Training = false;
        using var scope = NewDisposeScope();
        Tensor vectors;
        using (no_grad()) vectors = network.Forward(tensor(ids[..count], [1, count]), 0, 1);
        vectors = vectors.detach().requires_grad_();
        var logit = network.Forward(vectors, 1, network.Groups.Count).flatten()[label];
        var slope = autograd.grad([logit], [vectors])[0];
        var scores = (slope * vectors.detach()).sum(2).flatten().cpu().data<float>().ToArray();
        return [.. tokens.Zip(scores, (token, score) => new TokenScore(token.Term, token.Place, score))];
    }
}
