using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using PSFineTune.Packaging;
using PSFineTune.Packaging.Probes;
using PSFineTune.Text;
using static TorchSharp.torch;

namespace PSFineTune.Exports;

/// <summary>A network of texts: it takes the numbers of their words, N x L of any length, and where there are any, as Hugging Face's encoders do.</summary>
sealed class OnnxTexts(NetworkPredictor predictor, TextEncoder encoder, ModelPackage package) : OnnxSource(predictor)
{
    const string Ids = "input_ids", Mask = "attention_mask", LengthSide = "length";

    // Of a made-up text.
    const int Longest = 24;

    readonly List<long[]> _texts = [];

    public override string Build(OnnxGraph graph)
    {
        var ids = graph.Take(Ids, TensorProto.Types.DataType.Int64, BatchSide, LengthSide);
        var mask = graph.Cast(graph.Take(Mask, TensorProto.Types.DataType.Int64, BatchSide, LengthSide), TensorProto.Types.DataType.Bool);
        // Number 0 is padding whatever the mask says.
        graph.Tokens = graph.Add("And", [mask, graph.Cast(ids, TensorProto.Types.DataType.Bool)]);
        return predictor.Network.Export(graph, ids);
    }

    public override IEnumerable<(string, string)> Facts =>
    [
        ("text_pipeline", PlanJson.WriteLine(package.Plan.TextPipeline!.WithoutFolders())),
        ("tokens", PlanJson.WriteLine(new Dictionary<string, int?>
        {
            ["padding"] = WordIds.Padding, ["unknown"] = encoder.Words.Unknown, ["first"] = encoder.Words.Frame?.First, ["last"] = encoder.Words.Frame?.Last,
            ["vocabularyFrom"] = encoder.Words.From, ["maxLength"] = encoder.Longest,
        })),
        ("vocabulary", PlanJson.WriteLine(encoder.Words.Terms)),
    ];

    public override int Prepare(ProbeSet? probes, CancellationToken cancel)
    {
        predictor.Network.Training = false;
        if (probes is not null)
            foreach (var probe in probes.Probes)
            {
                var ids = new long[encoder.Longest];
                var length = encoder.Encode(probe.Text!.Trim(), ids);
                _texts.Add(ids[..length]);
            }
        else for (var made = 0; made < Made; made++) _texts.Add(MadeUp(RandomStream.For(made, 0, "onnx")));
        return _texts.Count;
    }

    public override OnnxBatch Batch(int from, int count)
    {
        var texts = _texts.GetRange(from, count);
        var longest = texts.Max(text => text.Length);
        var (ids, mask) = (new long[count * longest], new long[count * longest]);
        for (var i = 0; i < count; i++)
        {
            texts[i].CopyTo(ids, i * longest);
            mask.AsSpan(i * longest, texts[i].Length).Fill(1);
        }
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var logits = predictor.Network.Forward(tensor(ids, [count, longest])).contiguous().data<float>().ToArray();
        return new(new Dictionary<string, (Array, long[])> { [Ids] = (ids, [count, longest]), [Mask] = (mask, [count, longest]) }, logits, count);
    }

    long[] MadeUp(RandomStream random)
    {
        var length = 1 + random.Below(Math.Min(Longest, encoder.Longest - 2));
        IEnumerable<long> words = [.. Enumerable.Range(0, length).Select(_ => 1L + random.Below(encoder.Words.Count - 1))];
        return encoder.Words.Frame is { } frame ? [frame.First, .. words, frame.Last] : [.. words];
    }
}
