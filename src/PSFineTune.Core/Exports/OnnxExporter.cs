using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Packaging;

namespace PSFineTune.Exports;

/// <summary>Writes trained models as ONNX files that answer as they do.</summary>
static class OnnxExporter
{
    /// <summary>What the outputs are called.</summary>
    public const string Logits = "logits", Probabilities = "probabilities";

    /// <summary>Writes beside, compares, renames.</summary>
    /// <param name="model">Its views are left out: a graph sees a sample once.</param>
    /// <param name="path">The .onnx file.</param>
    /// <param name="settings">What it is to be like.</param>
    /// <param name="cancel">Checked for every few samples.</param>
    /// <exception cref="FineTuneException">NoOnnxForm, OnnxRefused, OnnxDiffers, CannotWrite, Locked, NoLocks, NativeLoadFailed, or the model is damaged.</exception>
    public static OnnxExport Write(TrainedModel model, string path, OnnxSettings settings, CancellationToken cancel)
    {
        using var source = OnnxSource.Of(model, settings.IncludePreprocessing);
        var proto = Model(model.Described, source, settings);
        var quantization = OnnxQuantizer.IsIn(proto.Graph) ? settings.Quantization : OnnxQuantization.None;
        var export = new OnnxExport
        {
            Path = Path.GetFullPath(path),
            Model = model.Described.Model,
            Classes = model.Described.Classes,
            Inputs = [.. proto.Graph.Input.Select(Value)],
            Outputs = [.. proto.Graph.Output.Select(Value)],
            Opset = (int)proto.OpsetImport[0].Version,
            Quantization = quantization,
        };
        return OnnxFile.Write(proto, export, settings.ExternalAbove, written =>
            settings.SkipCheck ? export : OnnxCheck.Of(source, model.Probes, written, export, cancel), cancel);
    }

    /// <summary>The whole model as a message.</summary>
    public static ModelProto Model(ModelPackage package, OnnxSource source, OnnxSettings settings)
    {
        var graph = new OnnxGraph();
        var logits = source.Build(graph);
        graph.Give(logits, Logits, "batch", package.Classes.Count);
        var cooled = package.Temperature == 1 ? logits : graph.Add("Mul", [logits, graph.Constant((float)(1 / package.Temperature))]);
        graph.Give(graph.Add("Softmax", [cooled], ("axis", -1)), Probabilities, "batch", package.Classes.Count);
        var proto = graph.Model();
        if (settings.Quantization == OnnxQuantization.Dynamic) OnnxQuantizer.Apply(proto.Graph);
        proto.ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version?.ToString(3) ?? "";
        foreach (var (key, value) in Facts(package).Concat(source.Facts)) proto.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return proto;
    }

    static IEnumerable<(string, string)> Facts(ModelPackage package) =>
    [
        ("classes", PlanJson.WriteLine(package.Classes)),
        ("model", package.Model),
        ("run_id", package.RunId),
        ("weights_sha256", package.WeightsHash),
        ("temperature", PlanJson.WriteLine(package.Temperature)),
    ];

    static OnnxValue Value(ValueInfoProto value) => new()
    {
        Name = value.Name,
        Type = value.Type.TensorType.ElemType.ToString().ToUpperInvariant(),
        Shape = string.Join(" x ", value.Type.TensorType.Shape.Dim.Select(side => side.HasDimParam ? side.DimParam : FormattableString.Invariant($"{side.DimValue}"))),
    };
}
