using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>Why a model said what it said of a sample: the one place where a report asks for it.</summary>
sealed class Explanation(TrainedModel model) : IDisposable
{
    const int Most = 12;

    readonly Lazy<Predictor> _predictor = new(model.NewPredictor);

    /// <summary>The sample with what spoke for the predicted class; as it is where the model cannot tell.</summary>
    public ShownSample Of(ShownSample sample, SampleLoss loss)
    {
        if (loss.Text is not { } text) return sample;
        var label = model.Described.Classes.Select((name, index) => (name, index)).First(pair => pair.name == loss.Predicted).index;
        var terms = _predictor.Value.Explain(text, label, Most);
        return terms.Count == 0 ? sample : sample with { Words = Html.Of(terms.Select(Chip)) };
    }

    public void Dispose()
    {
        if (_predictor.IsValueCreated) _predictor.Value.Dispose();
    }

    static Html Chip(TermWeight term) =>
        Html.Of($"""<li class="{(term.Weight > 0 ? "for" : "against")}"><bdi>{term.Term}</bdi> <span class="num">{Figures.Difference(term.Weight, "0.00")}</span></li>""");
}
