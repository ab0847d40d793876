using PSFineTune.Text.Selection;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Scores of terms against tables worked out by hand, and against scikit-learn 1.2's on the same counts.</summary>
public sealed class TermScorerTests
{
    // 100 documents of two classes; the term is in 20 of 40, and in 10 of 60.
    static readonly int[] s_containing = [20, 10], s_documents = [40, 60];

    [Fact]
    public void Chi_square_is_that_of_the_two_by_two_table()
    {
        var expected = 100.0 * (20 * 50 - 20 * 10) * (20 * 50 - 20 * 10) / (40.0 * 60 * 30 * 70);
        Assert.Equal(expected, Score(new ChiSquare(), s_containing, s_documents, out var byClass), 12);
        Assert.Equal([expected, expected], byClass, Close);
        Assert.Equal(expected, Score(new ChiSquare { Combine = ClassScores.WeightedMean }, s_containing, s_documents, out _), 12);
    }

    [Fact]
    public void Mutual_information_has_two_forms()
    {
        Assert.Equal(Math.Log(20 * 100.0 / (40 * 30)), Score(new MutualInformation { Form = MutualInformationForm.Pointwise }, s_containing, s_documents, out var byClass), 12);
        Assert.Equal([Math.Log(20 * 100.0 / (40 * 30)), Math.Log(10 * 100.0 / (60 * 30))], byClass, Close);
        var mean = 0.4 * byClass[0] + 0.6 * byClass[1];
        Assert.Equal(mean, Score(new MutualInformation { Form = MutualInformationForm.Pointwise, Combine = ClassScores.WeightedMean }, s_containing, s_documents, out _), 12);
        var average = 0.2 * Math.Log(0.2 / (0.3 * 0.4)) + 0.1 * Math.Log(0.1 / (0.3 * 0.6)) + 0.2 * Math.Log(0.2 / (0.7 * 0.4)) + 0.5 * Math.Log(0.5 / (0.7 * 0.6));
        Assert.Equal(average, Score(new MutualInformation(), s_containing, s_documents, out _), 12);
    }

    [Fact]
    public void Information_gain_is_the_entropy_that_the_term_takes_away()
    {
        static double Entropy(params double[] shares) => -shares.Where(share => share > 0).Sum(share => share * Math.Log(share));
        var gain = Entropy(0.4, 0.6) - 0.3 * Entropy(20.0 / 30, 10.0 / 30) - 0.7 * Entropy(20.0 / 70, 50.0 / 70);
        Assert.Equal(gain, Score(new InformationGain(), s_containing, s_documents, out var byClass), 12);
        Assert.Equal(gain, byClass.Sum(), 12);
    }

    // sklearn.feature_selection.chi2 and mutual_info_classif(discrete_features=True) of a term in 3 of 4, 1 of 3 and 0 of 3 documents.
    [Fact]
    public void Scores_are_those_of_scikit_learn()
    {
        int[] containing = [3, 1, 0], documents = [4, 3, 3];
        Assert.Equal(2.4583333333333335, Score(new ChiSquareCounts(), containing, documents, out _), 9);
        Assert.Equal(0.2571233586732895, Score(new InformationGain(), containing, documents, out _), 9);
    }

    [Fact]
    public void Terms_that_are_everywhere_or_nowhere_tell_nothing()
    {
        foreach (var containing in new[] { s_documents, [0, 0] })
        {
            foreach (TermScorer scorer in new TermScorer[] { new ChiSquare(), new ChiSquareCounts(), new MutualInformation(), new InformationGain() })
                Assert.Equal(0, Score(scorer, containing, s_documents, out _), 12);
            Assert.Equal(containing.Sum(), Score(new DocumentFrequency(), containing, s_documents, out _));
        }
        // In no class at all there is no pointwise information either.
        Assert.Equal(double.NegativeInfinity, Score(new MutualInformation { Form = MutualInformationForm.Pointwise }, [0, 0], s_documents, out var none));
        Assert.All(none, score => Assert.True(double.IsNaN(score)));
    }

    [Fact]
    public void Every_scorer_ranks_a_telling_term_above_one_that_is_spread_evenly()
    {
        Assert.Equal(["ChiSquare", "ChiSquareCounts", "DocumentFrequency", "InformationGain", "MutualInformation"], Catalog<TermScorer>.Names);
        foreach (var name in Catalog<TermScorer>.Names.Where(name => name != nameof(DocumentFrequency)))
        {
            var scorer = Catalog<TermScorer>.Create(name);
            Assert.True(Score(scorer, [30, 5], [50, 50], out _) > Score(scorer, [18, 17], [50, 50], out _), name);
        }
    }

    static double Score(TermScorer scorer, int[] containing, int[] documents, out double[] byClass) =>
        scorer.Score(new(containing, [.. containing.Select(count => (double)count)], documents), byClass = new double[documents.Length]);

    static bool Close(double left, double right) => Math.Abs(left - right) < 1e-12;
}
