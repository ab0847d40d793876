using PSFineTune.Metrics;
using PSFineTune.Packaging;
using PSFineTune.Training;
using static TorchSharp.torch;

namespace PSFineTune.Attributions;

/// <summary>What a model is asked to explain.</summary>
/// <param name="Item">Path of an image, or a text.</param>
/// <param name="File">The file that a text came from; null where it came from none.</param>
/// <param name="TrueLabel">What it is; null where that is not known.</param>
sealed record Explained(string Item, string? File = null, string? TrueLabel = null);

/// <summary>Explains what a model says, item by item; one that cannot be read has a fault of its own.</summary>
sealed class Attributor : IDisposable
{
    readonly TrainedModel _model;
    readonly Predictor _predictor;
    readonly AttributionMethod _method;
    readonly int? _label;
    readonly ImageExplainer? _images;
    readonly TextExplainer? _texts;

    /// <param name="model">Trained.</param>
    /// <param name="predictor">Of the model; stays the caller's.</param>
    /// <param name="method">Null for the usual one of such a model.</param>
    /// <param name="layer">Layer group to look at; null for the method's own.</param>
    /// <param name="label">Name of the class to explain; null for the predicted one of each item.</param>
    /// <exception cref="FineTuneException">MethodDoesNotFit, MethodHasNoLayer, UnknownName, FlatLayer, NoSuchClass, BadPlanSetting.</exception>
    public Attributor(TrainedModel model, Predictor predictor, AttributionMethod? method, string? layer, string? label)
    {
        var spec = model.Described.Plan.Model!;
        method ??= AttributionMethod.For(spec);
        if (layer is not null) method = method.At(layer);
        method.Validate();
        if (!method.Explains(spec)) throw Fault.MethodDoesNotFit(method.Name, spec.Name, Catalog<AttributionMethod>.Names.Where(name => Catalog<AttributionMethod>.Create(name).Explains(spec)));
        (_model, _predictor, _method, _label) = (model, predictor, method, label is null ? null : IndexOf(model.Described.Classes, label));
        if (model.IsText) _texts = method.OfTexts(predictor);
        else _images = method.OfImages((NetworkPredictor)predictor, SideOf((NetworkPredictor)predictor));
    }

    /// <summary>Items that are explained together.</summary>
    public int BatchSize => _images is null ? 1 : _predictor.BatchSize;

    /// <summary>Up to <see cref="BatchSize"/> items, in their order.</summary>
    public IReadOnlyList<(Attribution? Attribution, FineTuneException? Fault)> Explain(IReadOnlyList<Explained> items, CancellationToken cancel) =>
        _images is null ? [.. items.Select(item => OfText(item, cancel))] : OfImages(items, cancel);

    public void Dispose() => _images?.Dispose();

    List<(Attribution?, FineTuneException?)> OfImages(IReadOnlyList<Explained> items, CancellationToken cancel)
    {
        var predictor = (NetworkPredictor)_predictor;
        string[] paths = [.. items.Select(item => item.Item)];
        var (reader, faults) = (predictor.ReaderOf(paths), new FineTuneException?[items.Count]);
        using var scope = NewDisposeScope();
        // A slot that could not be filled holds what was there before: it is computed and thrown away.
        var found = _images!.Explain(reader.Tensor(predictor.Read(reader, paths, faults, cancel)), _label, cancel);
        return [.. items.Select((item, slot) => faults[slot] is { } fault ? (null, fault) : OfImage(item, found, slot, (ImageReader)reader))];
    }

    // Where an image lies is read anew: a file that is gone meanwhile is a fault of its own.
    (Attribution?, FineTuneException?) OfImage(Explained item, ExplainedImages found, int slot, ImageReader reader)
    {
        if (!Array.TrueForAll(found.Scores[slot], float.IsFinite)) return (null, Fault.NoProbability(item.Item));
        try
        {
            var scores = TemperatureScaling.Scale(found.Scores[slot], _predictor.Temperature);
            return (Said(item, scores, found.Labels[slot]) with { Path = item.Item, Layer = _images!.Layer, Heat = Heat(found, slot, reader.Shown(slot)) }, null);
        }
        catch (FineTuneException fault)
        {
            return (null, fault);
        }
    }

    (Attribution?, FineTuneException?) OfText(Explained item, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var text = item.Item.Trim();
            var scored = _predictor.Score([text], cancel)[0];
            var scores = scored.Fault is { } fault ? throw fault : scored.Scores!;
            var label = _label ?? Array.IndexOf(scores, scores.Max());
            return (Said(item, scores, label) with { Text = text, Path = item.File, Words = _texts!(text, label, cancel) }, null);
        }
        catch (FineTuneException fault)
        {
            return (null, fault);
        }
    }

    Attribution Said(Explained item, float[] scores, int label) => new()
    {
        Label = _model.Described.Classes[label], Confidence = scores[label], Predicted = _model.Described.Classes[Array.IndexOf(scores, scores.Max())],
        TrueLabel = item.TrueLabel, Method = _method.Name,
    };

    static HeatMap Heat(ExplainedImages found, int image, (double Left, double Top, double Right, double Bottom) shown)
    {
        var most = found.Maps[image].Max();
        return new()
        {
            Width = found.Width, Height = found.Height, Values = Array.ConvertAll(found.Maps[image], value => most > 0 ? (float)(value / most) : 0),
            Left = shown.Left, Top = shown.Top, Right = shown.Right, Bottom = shown.Bottom,
        };
    }

    static int SideOf(NetworkPredictor predictor) => (int)predictor.ReaderOf([]).NewBatch(1).Inputs.Values.First().Shape[0];

    static int IndexOf(IReadOnlyList<string> classes, string label)
    {
        var exact = Enumerable.Range(0, classes.Count).Where(index => classes[index] == label).DefaultIfEmpty(-1).First();
        return exact >= 0 ? exact : Enumerable.Range(0, classes.Count).Where(index => classes[index].Equals(label, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(-1).First() is >= 0 and var near ? near : throw Fault.NoSuchClass(label, classes);
    }
}
