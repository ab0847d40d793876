using PSFineTune.Attributions;
using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Pictures;

namespace PSFineTune.Reports;

/// <summary>Why a model said what it said of a sample: the one place where a report asks for it.</summary>
sealed class Explanation : IDisposable
{
    // Of the heat on a picture, pixels; the page makes it smaller.
    const int Side = 256;

    readonly Predictor _predictor;
    readonly Attributor? _attributor;

    public Explanation(TrainedModel model)
    {
        _predictor = model.NewPredictor();
        try
        {
            _attributor = new(model, _predictor, null, null, null);
        }
        // A network that nobody can look into is no reason to have no report.
        catch (FineTuneException)
        {
        }
    }

    /// <summary>The sample with what spoke for the predicted class; as it is where the model cannot tell.</summary>
    public ShownSample Of(ShownSample sample, SampleLoss loss, SampleCards cards, CancellationToken cancel)
    {
        if (_attributor?.Explain([new(loss.Text ?? loss.Path)], cancel) is not [{ Attribution: { } found }]) return sample;
        if (found.Text is not null) return found.Words.All(word => word.Weight == 0) ? sample : sample with { Words = Marked(found) };
        try
        {
            using var heat = AttributionPicture.Of(found, Side);
            return sample with { Heat = cards.Of(sample, heat).Picture };
        }
        catch (FineTuneException)
        {
            return sample;
        }
    }

    public void Dispose()
    {
        _attributor?.Dispose();
        _predictor.Dispose();
    }

    // As long as the text that it stands for.
    static Html Marked(Attribution found)
    {
        var text = HtmlText.Short(found.Text!, SampleCards.LettersOfMistakes);
        var shown = found with { Text = text, Words = [.. found.Words.Where(word => word.From + word.Word.Length <= text.Length && string.CompareOrdinal(text, word.From, word.Word, 0, word.Word.Length) == 0)] };
        var most = shown.Words.Select(word => Math.Abs(word.Weight)).DefaultIfEmpty(1).Max();
        return Html.Of(WordColors.Pieces(shown).Select(piece => piece is { Weight: { } weight, Color: not null }
            ? Html.Of($"""<mark class="{(weight > 0 ? "for" : "against")}" style="--w:{(int)Math.Ceiling(100 * Math.Abs(weight) / most)}" title="{Figures.Difference(weight, "0.00")}">{piece.Text}</mark>""")
            : Html.Of($"{piece.Text}")));
    }
}
