using PSFineTune.Models.Onnx;
using PSFineTune.Models.Onnx.Schema;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// A long short-term memory that reads each text from both ends, N x L x In to N x L x 2 Hidden (Hochreiter and Schmidhuber
/// 1997). Both directions run in one loop: the second over the texts turned around within their own lengths, so that
/// padding comes last in both and no state ever sees it. Names and gates are those of torch.nn.LSTM.
/// </summary>
/// <param name="In">Channels of the input.</param>
/// <param name="Hidden">Of each direction.</param>
/// <param name="Layer">From 0; part of the names.</param>
sealed record BiLstmLayer(int In, int Hidden, int Layer = 0) : TokenNode
{
    static readonly string[] s_directions = ["", "_reverse"];

    public override IEnumerable<Part> Parts =>
        from direction in s_directions
        from part in new (string Name, long[] Shape)[] { ("weight_ih", [4 * Hidden, In]), ("weight_hh", [4 * Hidden, Hidden]), ("bias_ih", [4 * Hidden]), ("bias_hh", [4 * Hidden]) }
        select new Part($"{part.Name}_l{Layer}{direction}", part.Shape, Filling.Plain(Hidden));

    public override Run Bind(Binding binding)
    {
        Tensor Part(string name, string direction) => binding[$"{name}_l{Layer}{direction}"];
        return x =>
        {
            using var scope = NewDisposeScope();
            var tokens = Padding.Tokens(x);
            var turn = Turned(x, tokens);
            var gates = stack(s_directions.Select((direction, i) => binding.Classifier.Multiply(
                i == 0 ? x : Take(x, turn), Part("weight_ih", direction), Part("bias_ih", direction).Plus(Part("bias_hh", direction)), nn.functional.linear)));
            var recurrent = stack(s_directions.Select(direction => Part("weight_hh", direction).t()));
            var states = stack(States(gates, recurrent), 2);
            return Padding.Clear(cat([states.select(0, 0), Take(states.select(0, 1), turn)], 2), tokens).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        // Both directions, and gates in ONNX's order: input, output, forget, cell.
        Tensor Both(string name) => stack(s_directions.Select(direction =>
        {
            var gates = binding[$"{name}_l{Layer}{direction}"].chunk(4);
            return cat([gates[0], gates[3], gates[1], gates[2]]);
        }));
        var tokens = graph.Tokens ?? throw new InvalidOperationException("A graph of texts says where their tokens are.");
        var lengths = graph.Add("ReduceSum", [graph.Cast(tokens, TensorProto.Types.DataType.Int32), graph.Constant(1L)], ("keepdims", 0));
        var states = graph.Add("LSTM",
            [graph.Add("Transpose", [x], ("perm", [1, 0, 2])), graph.Constant(Both("weight_ih")), graph.Constant(Both("weight_hh")), graph.Constant(cat([Both("bias_ih"), Both("bias_hh")], 1)), lengths],
            ("hidden_size", Hidden), ("direction", "bidirectional"));
        // L x directions x N x Hidden.
        return graph.Clear(graph.Add("Reshape", [graph.Add("Transpose", [states], ("perm", [2, 0, 1, 3])), graph.Constant(0, 0, 2 * Hidden)]));
    }

    // Of every place, both directions: 2 x N x Hidden.
    List<Tensor> States(Tensor gates, Tensor recurrent)
    {
        var states = new List<Tensor>();
        var state = zeros([2, gates.shape[1], Hidden], device: gates.device);
        var cell = state;
        foreach (var given in gates.unbind(2))
        {
            var parts = given.Plus(state.bmm(recurrent)).chunk(4, 2);
            cell = (parts[1].sigmoid() * cell).Plus(parts[0].sigmoid() * parts[2].tanh());
            states.Add(state = parts[3].sigmoid() * cell.tanh());
        }
        return states;
    }

    // Which place comes where if each text is turned around; the padding stays. It is its own inverse.
    static Tensor Turned(Tensor x, Tensor? tokens)
    {
        var places = tensor(Enumerable.Range(0, (int)x.shape[1]).Select(place => (long)place).ToArray(), device: x.device).unsqueeze(0).expand(x.shape[0], -1);
        if (tokens is null) return places.flip([1]);
        var last = tokens.to_type(ScalarType.Int64).sum(1, keepdim: true).Minus(tokens.to_type(ScalarType.Int64).narrow(1, 0, 1));
        return where(tokens, last.Minus(places), places);
    }

    static Tensor Take(Tensor x, Tensor places) => x.gather(1, places.unsqueeze(2).expand(-1, -1, x.shape[2]));
}
