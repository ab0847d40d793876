using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Text;
using PSFineTune.Text.Languages;
using PSFineTune.Text.Terms;
using PSFineTune.Text.Tokens;
using PSFineTune.Text.Weighting;

namespace PSFineTune.Audit.Labels;

/// <summary>Class probabilities of texts, of each fold by linear machines on the hashed terms of the others.</summary>
static class TextJudges
{
    // Texts that tell how all are divided into terms.
    const int Glanced = 200;

    const int Bits = 18;

    public static float[][] Scores(Dataset data, int[] rows, int[] labels, int classes, int[] folds, CancellationToken cancel)
    {
        // What a term weighs is learned from all: it says nothing of the labels.
        var terms = TextVectorizer.Fit(Pipeline(data, rows), data, rows, cancel).Rows;
        var decisions = new double[labels.Length][];
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            int[] judged = [.. Enumerable.Range(0, labels.Length).Where(row => folds[row] == fold)], train = [.. Enumerable.Range(0, labels.Length).Where(row => folds[row] != fold)];
            if (judged.Length == 0) continue;
            var learned = new SparseRows(terms.Width);
            foreach (var row in train) learned.Add(terms.Columns(row), terms.Values(row));
            var machine = new LinearSvm().Fit(learned, [.. train.Select(row => labels[row])], [.. Enumerable.Repeat(1.0, classes)], new(), _ => { }, cancel);
            foreach (var row in judged) decisions[row] = machine.Decide(terms.Columns(row), terms.Values(row));
        }
        // One number for all: that it has seen the labels tells it nothing of a single one.
        var scale = ScoreScale.Fit(decisions, labels);
        return [.. decisions.Select(decision => ScoreScale.Probabilities(decision, scale))];
    }

    // Nothing that needs a file: Chinese by its characters, other languages by their words.
    static TextPipeline Pipeline(Dataset data, int[] rows)
    {
        string[] glance = [.. rows.Where((_, at) => at % Math.Max(1, rows.Length / Glanced) == 0).Select(data.ItemAt)];
        var chinese = 2 * glance.Count(TextLanguage.IsChinese) > glance.Length;
        return new() { Tokens = chinese ? new CharacterTokens() : new PatternTokens(), MaxNGram = 2, HashBits = Bits, Weighting = new TfIdf { Sublinear = true } };
    }
}
