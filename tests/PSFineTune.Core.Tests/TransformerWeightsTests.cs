using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>Weights of transformers as others publish them.</summary>
public sealed class TransformerWeightsTests : IDisposable
{
    static readonly Bert s_spec = (Bert)TextNetworkTests.Small("Bert");

    readonly TempFolder _folder = new();
    readonly HeldTexts _data = HeldTexts.Made(30);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("classified"), InlineData("encoder"), InlineData("gamma"), InlineData("pretrained"), InlineData("no pooler")]
    public void Every_form_of_a_file_is_the_same_network(string form)
    {
        var tensors = Tensors();
        Write(form switch
        {
            "encoder" => tensors.Where(tensor => tensor.Name.StartsWith("bert.")).Select(tensor => tensor with { Name = tensor.Name[5..] }),
            "gamma" => tensors.Select(tensor => tensor with { Name = tensor.Name.Replace("LayerNorm.weight", "LayerNorm.gamma").Replace("LayerNorm.bias", "LayerNorm.beta") }),
            "pretrained" => tensors.Where(tensor => tensor.Name.StartsWith("bert.")).Append(new("cls.predictions.bias", StoredTensor.Single, [1], new byte[4])).Append(new("bert.embeddings.position_ids", StoredTensor.Long, [1, 1], new byte[8])),
            "no pooler" => tensors.Where(tensor => tensor.Name.StartsWith("bert.") && !tensor.Name.Contains("pooler")),
            _ => tensors,
        });
        Config("""{ "num_attention_heads": 4, "layer_norm_eps": 1e-12, "hidden_dropout_prob": 0.1, "hidden_act": "gelu" }""");
        File.WriteAllText(_folder["vocab.txt"], "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
        File.WriteAllText(_folder["tokenizer_config.json"], """{ "do_lower_case": false }""");
        var plan = PlanStart.For(new Bert(), _data, _folder["model.safetensors"], null);
        Assert.Equal(s_spec, plan.Model);
        Assert.Equal(new WordPieceTokens { Vocabulary = _folder["vocab.txt"], Lowercase = false }, plan.TextPipeline!.Tokens);
        Assert.Null(plan.Preprocessing);

        using var network = SourceNetwork.Target((NetworkSpec)plan.Model!, plan, 3);
        foreach (var tensor in tensors.Where(tensor => tensor.Name.StartsWith("bert.") && !(form == "no pooler" && tensor.Name.Contains("pooler"))))
            Assert.Equal(tensor.Bytes, StoredTensor.From(tensor.Name, network.State[tensor.Name]).Bytes);
        Assert.True(network.State["bert.pooler.dense.weight"].abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Sizes_come_from_shapes_where_there_is_no_config()
    {
        var spec = new Bert { HiddenSize = 128, Layers = 3, Heads = 2, IntermediateSize = 96, VocabularySize = 31, MaxPositions = 20, Dropout = 0.1 };
        using var network = spec.Build(2, 1);
        Safetensors.WriteFile(_folder["model.safetensors"], network.Store());
        Assert.Equal(spec, PlanStart.For(new Bert(), _data, _folder["model.safetensors"], null).Model);
    }

    [Fact]
    public void Without_a_vocabulary_the_plan_says_what_to_do()
    {
        Write(Tensors());
        var fault = Assert.Throws<FineTuneException>(() => PlanStart.For(new Bert(), _data, _folder["model.safetensors"], null).Checked());
        Assert.Equal("BadPlanSetting", fault.Id);
        Assert.Contains("vocab.txt", fault.Message);
    }

    [Theory]
    [InlineData("""{ "hidden_act": "gelu_new" }""", "gelu_new"), InlineData("""{ "position_embedding_type": "relative_key" }""", "relative_key")]
    [InlineData("""{ "num_attention_heads": 5 }""", "5 attention heads"), InlineData("{", "JSON"), InlineData("[]", "object"), InlineData("""{ "model_type": "gpt2" }""", "'gpt2'")]
    public void A_config_of_another_network_is_refused(string config, string said)
    {
        Write(Tensors());
        Config(config);
        var fault = Assert.Throws<FineTuneException>(() => PlanStart.For(new Bert(), _data, _folder["model.safetensors"], null));
        Assert.Equal("BadModelConfig", fault.Id);
        if (said != "JSON") Assert.Contains(said, fault.Message);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_what_is_missing()
    {
        Write(Tensors().Where(tensor => !tensor.Name.Contains("layer.1.attention.self.key")));
        var fault = Assert.Throws<FineTuneException>(() => PlanStart.For(new Bert(), _data, _folder["model.safetensors"], null));
        Assert.Equal("WeightsMismatch", fault.Id);
        Assert.Contains("bert.encoder.layer.1.attention.self.key.weight", fault.Message);
        Assert.Equal("WeightsMismatch", Assert.Throws<FineTuneException>(() => PlanStart.For(new DistilBert(), _data, _folder["model.safetensors"], null)).Id);
    }

    IReadOnlyList<StoredTensor> Tensors()
    {
        using var network = s_spec.Build(2, 7);
        return [.. network.Store()];
    }

    void Write(IEnumerable<StoredTensor> tensors) => Safetensors.WriteFile(_folder["model.safetensors"], tensors);

    void Config(string json) => File.WriteAllText(_folder["config.json"], json);
}
