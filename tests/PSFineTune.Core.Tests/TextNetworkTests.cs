using PSFineTune.Models;
using PSFineTune.Models.Nodes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Networks of texts: PyTorch's numbers, and laws that hold for every one of them, small ones of its kind.</summary>
public class TextNetworkTests
{
    public static TheoryData<string> EveryNetwork => [.. Catalog<ModelSpec>.Types.Where(type => type.IsAssignableTo(typeof(TextNetworkSpec))).Select(type => type.Name)];

    static readonly long[][] s_ids = [[2, 17, 9, 33, 4, 25, 11, 3], [2, 7, 8, 3, 0, 0, 0, 0], [2, 39, 3, 0, 0, 0, 0, 0]];

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Filled_networks_give_PyTorchs_logits(string name)
    {
        var golden = PixelGolden.Embedded<Golden>("text-networks.json");
        Assert.Equal(golden.Ids, s_ids);
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Small(name).Build(3, 1);
        FilledWeights.Fill(network);
        var logits = network.Forward(Ids(s_ids)).data<float>().ToArray();
        Assert.All(golden.Networks[name].Zip(logits), pair => Assert.InRange(pair.Second - pair.First, -1e-4, 1e-4));
        Assert.Equal(9, logits.Length);
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void What_a_text_becomes_does_not_depend_on_the_texts_beside_it(string name)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        using var network = Small(name).Build(3, 1);
        FilledWeights.Fill(network);
        var together = network.Forward(Ids(s_ids));
        for (var i = 0; i < s_ids.Length; i++)
        {
            var alone = network.Forward(Ids([[.. s_ids[i].Where(id => id != 0)]]));
            Assert.True(together[i].allclose(alone[0], 1e-5, 1e-6), $"{name}, text {i}");
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Every_group_leaves_padding_as_zeros(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Small(name).Build(3, 1);
        network.Training = true;
        var x = Ids(s_ids);
        for (var group = 0; !network.IsFlat(group + 1); group++)
        {
            x = network.Forward(x, group, group + 1);
            Assert.Equal([3, 8], x.shape[..2]);
            Assert.Equal(0, x[1, 4..].abs().sum().item<float>());
            Assert.True(x[1, 3].abs().sum().item<float>() > 0);
        }
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Runs_group_by_group_as_it_runs_whole_and_leaves_one_tensor(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Small(name).Build(3, 1);
        var ids = Ids(s_ids);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var whole = network.Forward(ids))
        using (var features = network.Features(ids))
        using (var behind = network.Forward(features, network.Groups.Count - 1, network.Groups.Count))
        {
            Assert.Equal([3, 3], whole.shape);
            Assert.Equal(2, features.Dimensions);
            Assert.Equal(whole.data<float>().ToArray(), behind.data<float>().ToArray());
            Assert.Equal(before + 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Null(FastForward.Of(network));
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Learns_in_bfloat16_too(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Small(name).Build(3, 1);
        FilledWeights.Fill(network);
        var exact = network.Forward(Ids(s_ids));
        // Dropout aside, the same but for the products' last bits.
        (network.Training, network.Precision) = (true, PSFineTune.Training.Precision.BFloat16);
        using var without = Undropped(Small(name)).Build(3, 1);
        FilledWeights.Fill(without);
        (without.Training, without.Precision) = (true, PSFineTune.Training.Precision.BFloat16);
        var rough = without.Forward(Ids(s_ids)).to_type(ScalarType.Float32);
        Assert.InRange((rough - exact).abs().max().item<float>(), 1e-7, 0.05);
        network.Forward(Ids(s_ids)).to_type(ScalarType.Float32).square().sum().backward();
        Assert.All(network.Parameters, pair => Assert.True(pair.Parameter.grad is { dtype: ScalarType.Float32 } gradient && gradient.isfinite().all().item<bool>(), pair.Spec.Name));
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Every_parameter_learns_and_padding_does_not(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Small(name).Build(3, 1);
        network.Training = true;
        network.Forward(Ids(s_ids)).square().sum().backward();
        Assert.All(network.Parameters, pair => Assert.True(pair.Parameter.grad is { } gradient && gradient.isfinite().all().item<bool>(), pair.Spec.Name));
        var (_, words) = network.Parameters.First();
        Assert.Equal(0, words.grad![0].abs().sum().item<float>());
        Assert.True(words.grad![17].abs().sum().item<float>() > 0);
    }

    [Theory, MemberData(nameof(EveryNetwork))]
    public void Knows_its_tensors_without_building_them_and_survives_json(string name)
    {
        var spec = Small(name);
        using var network = spec.Build(3, 1);
        Assert.Equal(spec.Tensors(3).Select(tensor => tensor.Name).Order(StringComparer.Ordinal), network.State.Keys);
        Assert.All(spec.Tensors(3), tensor => Assert.Equal(tensor.Shape, network.State[tensor.Name].shape));
        Assert.Equal(spec, PlanJson.Read<ModelSpec>(PlanJson.Write<ModelSpec>(spec)));
        Assert.Equal("head", network.Groups[^1]);
    }

    [Fact]
    public void Bert_has_Hugging_Faces_names_and_size()
    {
        var tensors = new Bert().Tensors(2).ToDictionary(tensor => tensor.Name);
        // bert-base-uncased with a classifier of two classes.
        Assert.Equal(109_483_778, tensors.Values.Sum(tensor => tensor.Elements));
        Assert.Equal(201, tensors.Count);
        Assert.Equal(110_251_240, new Bert().Tensors(1000).Sum(tensor => tensor.Elements));
        Assert.Equal([3072, 768], tensors["bert.encoder.layer.11.intermediate.dense.weight"].Shape);
        Assert.Equal([768], tensors["bert.encoder.layer.0.attention.output.LayerNorm.bias"].Shape);
        Assert.Equal([2, 768], tensors["bert.embeddings.token_type_embeddings.weight"].Shape);
        Assert.Equal(["embeddings", .. Enumerable.Range(0, 12).Select(layer => $"layer{layer}"), "pooler", "head"], tensors.Values.Select(tensor => tensor.Group).Distinct());
        Assert.Equal(66_955_010, new DistilBert().Tensors(2).Sum(tensor => tensor.Elements));
    }

    [Fact]
    public void Dropout_on_many_threads_is_that_of_one_number_after_the_other()
    {
        var (one, other) = (RandomStream.For(3, 1, "noise"), RandomStream.For(3, 1, "noise"));
        for (var count = 0; count < 3; count++)
        {
            var values = new float[100_000];
            one.Drop(values, 0.3, 2);
            Assert.All(values, value => Assert.Equal(other.Chance(0.3) ? 0 : 2, value));
        }
        Assert.Equal(other.Next(), one.Next());
    }

    internal static TextNetworkSpec Small(string name) => (TextNetworkSpec)Catalog<ModelSpec>.Create(name) switch
    {
        TransformerNetwork spec => spec with { HiddenSize = 16, Layers = 2, Heads = 4, IntermediateSize = 28, VocabularySize = 40, MaxPositions = 12 },
        TextCnn spec => spec with { VocabularySize = 40, VectorSize = 10, Filters = 6 },
        BiLstm spec => spec with { VocabularySize = 40, VectorSize = 10, HiddenSize = 7, Layers = 2 },
        var other => other,
    };

    static TextNetworkSpec Undropped(TextNetworkSpec spec) => spec switch { TransformerNetwork encoder => encoder with { Dropout = 0 }, WordNetwork words => words with { Dropout = 0 }, _ => spec };

    static Tensor Ids(long[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);

    sealed record Golden(long[][] Ids, Dictionary<string, double[]> Networks);
}
