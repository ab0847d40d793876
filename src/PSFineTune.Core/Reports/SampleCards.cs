using PSFineTune.Data;
using PSFineTune.Metrics;
using PSFineTune.Packaging;

namespace PSFineTune.Reports;

/// <summary>Samples of a dataset as a page shows them.</summary>
sealed class SampleCards(Dataset data, Thumbnails thumbnails)
{
    /// <summary>At most so many of a text that the model is wrong about.</summary>
    public const int LettersOfMistakes = 700;

    const int Letters = 280;

    public ShownSample Of(int row) => Of(data.SampleAt(row));

    /// <param name="verdict">What a model says of it.</param>
    /// <param name="classes">Of the model.</param>
    public ShownSample Of(Verdict verdict, IReadOnlyList<string> classes) => Of(verdict.Row) with { Predicted = classes[verdict.Predicted], Confidence = verdict.Confidence };

    public ShownSample Of(SampleLoss loss)
    {
        var shown = new ShownSample { Label = loss.Label, Predicted = loss.Predicted, Confidence = loss.Confidence, Loss = loss.Loss };
        return loss.Text is { } text ? shown with { Text = HtmlText.Short(text, LettersOfMistakes) } : thumbnails.Of(shown with { Name = NameOf(loss.Path) }, loss.Path);
    }

    /// <param name="sample">What is known of it.</param>
    /// <param name="picture">Of it; left as it is.</param>
    public ShownSample Of(ShownSample sample, Imaging.Picture picture)
    {
        var (file, width, height) = thumbnails.Of(picture);
        return sample with { Picture = file, Size = (width, height) };
    }

    ShownSample Of(Sample sample) => sample switch
    {
        TextSample text => new() { Label = text.Label, Name = $"{Path.GetFileName(text.Path)}, line {text.Line}", Text = HtmlText.Short(text.Text, Letters) },
        _ => thumbnails.Of(new() { Label = sample.Label, Name = NameOf(sample.Item) }, sample.Item),
    };

    string NameOf(string path) => PathVeil.Below(data.Reference.Root, path);
}
