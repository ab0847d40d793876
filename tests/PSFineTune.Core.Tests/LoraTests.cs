using PSFineTune.Data;
using PSFineTune.Models;
using PSFineTune.Packaging;
using PSFineTune.Text.Tokens;
using PSFineTune.Training;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Low-rank adaptation: what learns, what is kept, and that both are the same network.</summary>
[Collection("Training")]
public sealed class LoraTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly HeldTexts _data = HeldTexts.Made(60);

    public LoraTests() => File.WriteAllLines(_folder["vocab.txt"], ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "dog", "cat", "red", "green", "one", "two", "the", "a", "is"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fresh_one_changes_nothing_and_only_factors_and_head_learn()
    {
        var plan = Plan();
        using var scope = NewDisposeScope();
        var data = _data;
        using var plain = SourceNetwork.Target((NetworkSpec)plan.Model!, plan with { Lora = null }, 3);
        using var learner = new Learner((NetworkSpec)plan.Model!, plan, data);
        var ids = tensor(new long[] { 2, 4, 5, 3, 2, 6, 3, 0 }, [2, 4]);
        Assert.Equal(plain.Forward(ids).data<float>().ToArray(), learner.Network.Forward(ids).data<float>().ToArray());
        learner.Begin(1);
        var learning = learner.Network.Parameters.Where(pair => pair.Parameter.requires_grad).Select(pair => pair.Spec.Name).ToList();
        Assert.Equal(2 * 2 * 2 + 2, learning.Count);
        Assert.All(learning, name => Assert.True(name.StartsWith("classifier") || name.Contains(".query.lora_") || name.Contains(".value.lora_"), name));
        Assert.Equal([3, 16], learner.Network.State["bert.encoder.layer.1.attention.self.query.lora_A"].shape);
    }

    [Fact]
    public void What_is_kept_is_the_network_that_was_judged_and_goes_on_exactly()
    {
        var plan = Plan();
        var whole = Run(plan, _folder["workspace"]);
        var checkpoint = Checkpoint.Newest(new(whole.Path));
        var kept = Safetensors.ReadFile(Path.Combine(checkpoint, Checkpoint.WeightsName)).Tensors;
        using var before = SourceNetwork.Target((NetworkSpec)plan.Model!, plan with { Lora = null }, 3);
        Assert.Equal(before.State.Keys, kept.Keys.Order(StringComparer.Ordinal));
        using var merged = ((NetworkSpec)plan.Model!).Build(3, 0);
        merged.Load(kept, keepHead: true, checkpoint);
        foreach (var (name, tensor) in before.State)
            Assert.Equal(name.Contains(".query.weight") || name.Contains(".value.weight") || name.StartsWith("classifier"), !tensor.allclose(merged.State[name]));

        // The judged network was apart; the sum says the same.
        var spec = (NetworkSpec)plan.Model!;
        var reader = spec.NewReader(SampleSource.Of(_data), null, new(), spec.Learn(plan, _data, default));
        var (loss, accuracy) = Validation.Judge(merged, new BatchLoader(reader, 8, 1), _data, default);
        Assert.Equal(whole.Epochs[^1].ValidationLoss, loss, 1e-5);
        Assert.Equal(whole.Epochs[^1].Accuracy, accuracy);

        foreach (var done in FineTuning.Run(plan, _data, _folder["stopped"], null, default).OfType<StepDone>())
            if (done.Step == 8) break;
        Assert.Equal(whole.WeightsHash, FineTuning.Run(plan, _data, _folder["stopped"], null, default, new() { Resume = true }).OfType<RunDone>().Single().Record.WeightsHash);
    }

    [Fact]
    public void What_it_cannot_add_to_is_refused()
    {
        var plan = Plan();
        Assert.Equal("NoSuchLayer", Id(plan with { Lora = new() { Target = ["nothing"] } }));
        Assert.Equal("NoSuchLayer", Id(plan with { Model = TextNetworkTests.Small("TextCnn"), Lora = new() }));
        Assert.Equal("BadPlanSetting", Id(plan with { Lora = new() { Rank = 0 } }));
        // The layers are 16 wide: what a plan is checked by tells it before anything is built.
        foreach (var rank in new[] { 17, int.MaxValue })
        {
            var fault = Assert.Throws<FineTuneException>(() => (plan with { Lora = new() { Rank = rank } }).Checked());
            Assert.Equal("BadPlanSetting", fault.Id);
            Assert.Contains("1 to 16, the smaller side of bert.encoder.layer.0.attention.self.query.weight", fault.Message, StringComparison.Ordinal);
        }
        (plan with { Lora = new() { Rank = 16 } }).Checked();
        Assert.Equal("BadPlanSetting", Id(plan with { Lora = new(), Average = new PSFineTune.Training.Averages.Ema() }));
        Assert.Equal(plan, PlanJson.Read<TrainingPlan>(PlanJson.Write(plan)) with { Layers = plan.Layers, Dataset = plan.Dataset, Augment = plan.Augment });
        Assert.Equal(6 * 2, new Lora { Target = ["*"] }.Of(plan.Model!.Tensors(3)).Count(layer => layer.Weight.Group.StartsWith("layer")));

        string Id(TrainingPlan wrong) => Assert.Throws<FineTuneException>(() => Run(wrong, _folder["workspace"])).Id;
    }

    TrainingPlan Plan()
    {
        var plan = PlanStart.For(TextNetworkTests.Small("Bert"), _data, null, null);
        return plan with
        {
            BatchSize = 8, Threads = 1, Epochs = 2, Lora = new() { Rank = 3, Alpha = 6 }, Optimizer = plan.Optimizer with { LearningRate = 1e-2 }, Keep = ModelChoice.Last,
            TextPipeline = plan.TextPipeline! with { MaxLength = 12, Tokens = new WordPieceTokens { Vocabulary = _folder["vocab.txt"] } },
        };
    }

    RunRecord Run(TrainingPlan plan, string workspace) => FineTuning.Run(plan, _data, workspace, null, default).OfType<RunDone>().Single().Record;
}
