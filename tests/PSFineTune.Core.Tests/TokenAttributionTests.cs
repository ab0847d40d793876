using PSFineTune.Models;
using PSFineTune.Text;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Which words speak for a class.</summary>
public class TokenAttributionTests
{
    const string Text = "the dog and the green house";

    [Fact]
    public void Without_biases_the_scores_add_up_to_the_logit()
    {
        using var scope = NewDisposeScope();
        var (network, encoder) = Made();
        using (network)
        {
            using (no_grad())
                foreach (var (_, bias) in network.Parameters.Where(pair => pair.Spec.Name.EndsWith("bias"))) bias.zero_();
            var ids = new long[encoder.Longest];
            var count = encoder.Encode(Text, ids);
            var logits = network.Forward(tensor(ids[..count], [1, count])).data<float>().ToArray();
            for (var label = 0; label < 3; label++)
            {
                var scores = TokenAttribution.Of(network, encoder, Text, label);
                Assert.Equal(logits[label], scores.Sum(score => score.Score), 1e-5);
            }
        }
    }

    [Fact]
    public void A_word_that_matters_to_one_class_alone_has_its_score_there()
    {
        using var scope = NewDisposeScope();
        var (network, encoder) = Made();
        using (network)
        {
            var row = encoder.Words.Find("green")!.Value;
            using (no_grad())
            {
                // Every filter looks at the middle word's first number, which 'green' alone has.
                foreach (var (spec, parameter) in network.Parameters) parameter.zero_();
                network.State["embedding.weight"].select(1, 1).add_(tensor(1f));
                network.State["embedding.weight"][row, 0] = tensor(2f);
                network.State["convs.0.weight"][0, 0, 1] = tensor(3f);
                network.State["fc.weight"][1, 0] = tensor(0.5f);
            }
            var scores = TokenAttribution.Of(network, encoder, Text, 1);
            Assert.Equal(["the", "dog", "and", "the", "green", "house"], scores.Select(score => score.Term));
            Assert.Equal("green", Text.Substring(scores[4].Place!.Value.From, scores[4].Place!.Value.Length));
            Assert.Equal(3, scores[4].Score, 1e-5);
            Assert.All(scores.Where(score => score.Term != "green"), score => Assert.Equal(0, score.Score));
            Assert.All(TokenAttribution.Of(network, encoder, Text, 0), score => Assert.Equal(0, score.Score));
            Assert.All(network.Parameters, pair => Assert.Null(pair.Parameter.grad));
            Assert.Empty(TokenAttribution.Of(network, encoder, "", 1));
        }
    }

    static (Classifier, TextEncoder) Made()
    {
        var spec = (TextCnn)TextNetworkTests.Small("TextCnn");
        var plan = new TrainingPlan { Model = spec, TextPipeline = spec.DefaultTextPipeline with { MaxLength = 20 } };
        return (spec.Build(3, 1), spec.Encoder(spec.Learn(plan, HeldTexts.Made(60), default)));
    }
}
