using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Text.Terms;

namespace PSFineTune.Exports;

/// <summary>A model of the terms of texts: it takes the weight of each term in each text, N x terms, zeros included; the fact named terms says how a weight is computed.</summary>
sealed class OnnxTerms(TermPredictor predictor, ModelPackage package) : OnnxSource(predictor)
{
    const string Input = "terms";

    readonly List<(int[] Columns, double[] Values)> _rows = [];

    int Width => predictor.Vectorizer.Index.Width;

    public override string Build(OnnxGraph graph) => predictor.Model.Export(graph, graph.Take(Input, TensorProto.Types.DataType.Float, BatchSide, Width), Width, package);

    public override IEnumerable<(string, string)> Facts =>
    [
        ("text_pipeline", PlanJson.WriteLine(package.Plan.TextPipeline!.WithoutFolders())),
        // The column of a hashed term is told by its letters.
        .. predictor.Vectorizer.Index is TermDictionary known ? [("vocabulary", PlanJson.WriteLine(known.Terms))] : Array.Empty<(string, string)>(),
        ("factors", PlanJson.WriteLine(predictor.Vectorizer.Factors)),
        ("terms", PlanJson.WriteLine(TermFacts.Of(package.Plan.TextPipeline!))),
    ];

    public override int Prepare(ProbeSet? probes, CancellationToken cancel)
    {
        var maker = predictor.Vectorizer.NewMaker();
        if (probes is not null)
            foreach (var probe in probes.Probes)
            {
                maker.Make(probe.Text!.Trim());
                _rows.Add((maker.Columns.ToArray(), maker.Values.ToArray()));
            }
        else for (var made = 0; made < Made; made++)
        {
            var random = RandomStream.For(made, 0, "onnx");
            int[] columns = [.. Enumerable.Range(0, Math.Min(Width, 12)).Select(_ => random.Below(Width)).Distinct().Order()];
            // Of length 1, as most weightings leave a text.
            double[] values = [.. columns.Select(_ => random.Uniform(0.1, 1))];
            var length = Math.Sqrt(values.Sum(value => value * value));
            _rows.Add((columns, [.. values.Select(value => value / length)]));
        }
        return _rows.Count;
    }

    public override OnnxBatch Batch(int from, int count)
    {
        var (dense, logits) = (new float[(long)count * Width], new List<float>());
        for (var i = 0; i < count; i++)
        {
            var (columns, values) = _rows[from + i];
            for (var k = 0; k < columns.Length; k++) dense[(long)i * Width + columns[k]] = (float)values[k];
            logits.AddRange(predictor.Model.Logits(columns, values));
        }
        return new(new Dictionary<string, (Array, long[])> { [Input] = (dense, [count, Width]) }, [.. logits], count);
    }
}
