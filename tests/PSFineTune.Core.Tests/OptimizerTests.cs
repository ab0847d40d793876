using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Packaging;
using PSFineTune.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

/// <summary>Laws that hold for every optimizer, and the numbers of PyTorch and of papers.</summary>
public class OptimizerTests
{
    static readonly long[][] s_shapes = [[3, 4], [4]];
    static readonly OptimGolden s_golden = OptimGolden.Read;

    public static TheoryData<string> EveryOptimizer => [.. Catalog<OptimizerSpec>.Names];

    /// <summary>The catalog's, and those whose state depends on their settings.</summary>
    public static TheoryData<OptimizerSpec> EveryState => [
        .. Catalog<OptimizerSpec>.Names.Select(Catalog<OptimizerSpec>.Create),
        new Sgd { Momentum = 0.9, Nesterov = true }, new Sgd { Momentum = 0.9, Dampening = 0.5 }, new RMSprop { Centered = true, Momentum = 0.9 }, new Lamb { DecayNormAndBias = false }];

    public static TheoryData<int> EveryCase => [.. Enumerable.Range(0, s_golden.Optimizers.Count)];

    [Theory, MemberData(nameof(EveryOptimizer))]
    public void Lowers_a_quadratic_in_50_steps(string name)
    {
        using var scope = NewDisposeScope();
        var optimizer = Catalog<OptimizerSpec>.Create(name) with { LearningRate = name == nameof(Lars) ? 1 : 0.01, WeightDecay = 0 };
        using var state = new ParameterState(Spec(0), new(tensor(s_golden.Start.Take(12).ToArray(), s_shapes[0])), optimizer);
        double Height() => state.Parameter.detach().square().sum().item<float>();
        var (before, last) = (Height(), double.PositiveInfinity);
        for (var step = 0; step < 50; step++)
        {
            last = Height();
            Update(optimizer, state, state.Parameter.detach() * 2, optimizer.LearningRate);
        }
        Assert.InRange(last, 0, before * 0.95);
    }

    [Theory, MemberData(nameof(EveryCase))]
    public void Moves_as_the_golden_file_says(int at)
    {
        using var scope = NewDisposeScope();
        var golden = s_golden.Optimizers[at];
        var optimizer = PlanJson.Read<OptimizerSpec>(golden.Optimizer.GetRawText());
        optimizer.Validate();
        var states = Parts(s_golden.Start).Select((part, i) => new ParameterState(Spec(i), new(part), optimizer)).ToArray();
        for (var step = 1; step <= s_golden.Gradients.Count; step++)
        {
            foreach (var (state, gradient) in states.Zip(Parts(s_golden.Gradients[step - 1]))) Update(optimizer, state, gradient, optimizer.LearningRate * (1 - 0.03 * (step - 1)));
            if (!golden.After.TryGetValue(step, out var expected)) continue;
            AssertNear(expected, states.SelectMany(state => state.Parameter.data<float>().ToArray()), $"{optimizer} after step {step}");
        }
        foreach (var state in states) state.Dispose();
    }

    [Fact]
    public void Every_optimizer_has_a_golden_case() =>
        Assert.Empty(Catalog<OptimizerSpec>.Names.Except(s_golden.Optimizers.Select(one => PlanJson.Read<OptimizerSpec>(one.Optimizer.GetRawText()).GetType().Name)));

    [Fact]
    public void Gradients_are_clipped_as_by_PyTorch()
    {
        using var scope = NewDisposeScope();
        foreach (var clip in s_golden.Clips)
        {
            var gradients = Parts(s_golden.Gradients[0]);
            Assert.Equal(clip.Length, GradientClip.Apply(gradients, clip.Limit), 6);
            AssertNear(clip.Clipped, gradients.SelectMany(gradient => gradient.data<float>().ToArray()), $"limit {clip.Limit}");
        }
    }

    [Theory, MemberData(nameof(EveryState))]
    public void Goes_on_from_what_it_stored_as_if_it_had_not_stopped(OptimizerSpec optimizer)
    {
        var plan = new TrainingPlan { Optimizer = optimizer, ClipNorm = 5, Epochs = 3, Layers = [new() { Pattern = "stage1", Frozen = true, ToEpoch = 1 }, new() { Pattern = "bn1.bias", Frozen = true }] };
        using var whole = new ResNet20().Build(3, seed: 1);
        using var resumed = new ResNet20().Build(3, seed: 2);
        using (var first = new PacedOptimizer(plan, whole))
        using (var second = new PacedOptimizer(plan, resumed))
        {
            Run(first, whole, epoch: 1, steps: 2);
            Run(first, whole, epoch: 2, steps: 1);
            resumed.Load(whole.Store().ToDictionary(tensor => tensor.Name), keepHead: true, "");
            using var file = new MemoryStream();
            Safetensors.Write(file, first.Store());
            file.Position = 0;
            second.Load(Safetensors.Read(file, file.Length, "").Tensors);
            foreach (var (part, network) in new[] { (first, whole), (second, resumed) }) Run(part, network, epoch: 2, steps: 3);
            Assert.Equal(first.Store().Select(Hash), second.Store().Select(Hash));
        }
        Assert.Equal(whole.WeightsHash(), resumed.WeightsHash());
    }

    [Theory, MemberData(nameof(EveryState))]
    public void Makes_all_of_its_tensors_at_once(OptimizerSpec optimizer)
    {
        using var network = new ResNet20().Build(3, seed: 1);
        var none = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var paced = new PacedOptimizer(new() { Optimizer = optimizer, ClipNorm = 1 }, network))
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            Assert.Equal(none + paced.States.Count * optimizer.Slots.Count, before);
            Run(paced, network, epoch: 1, steps: 3);
            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(none, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name_before_anything_is_taken()
    {
        var plan = new TrainingPlan { Optimizer = new Adam() };
        using var network = new ResNet20().Build(3, seed: 1);
        using var optimizer = new PacedOptimizer(plan, network);
        var untouched = optimizer.Store().Select(Hash).ToArray();
        void Refuses(string says, Action<Dictionary<string, StoredTensor>> damage)
        {
            var stored = optimizer.Store().Select(tensor => tensor with { Bytes = [.. tensor.Bytes.Select(_ => (byte)1)] }).ToDictionary(tensor => tensor.Name);
            damage(stored);
            var fault = Assert.Throws<FineTuneException>(() => optimizer.Load(stored));
            Assert.Equal("CheckpointMismatch", fault.Id);
            Assert.Contains(says, fault.Message, StringComparison.Ordinal);
            Assert.Equal(untouched, optimizer.Store().Select(Hash));
        }

        Refuses("missing: conv1.weight::exp_avg_sq", stored => stored.Remove("conv1.weight::exp_avg_sq"));
        Refuses("missing: bn1.weight::step", stored => stored.Remove("bn1.weight::step"));
        Refuses("unexpected: bn1.weight::momentum_buffer", stored => stored["bn1.weight::momentum_buffer"] = stored["bn1.weight::exp_avg"]);
        Refuses("wrong shape: bn1.bias::exp_avg (16 x 3 x 3 x 3", stored => stored["bn1.bias::exp_avg"] = stored["conv1.weight::exp_avg"]);
        Refuses("wrong type: bn1.bias::exp_avg", stored => stored["bn1.bias::exp_avg"] = stored["bn1.bias::exp_avg"] with { DType = StoredTensor.Long });
    }

    [Fact]
    public void Frozen_parameters_stay_and_count_no_steps()
    {
        var plan = new TrainingPlan { Optimizer = new AdamW(), Epochs = 2, Layers = [new() { Pattern = "head", Frozen = true, ToEpoch = 1 }] };
        using var network = new ResNet20().Build(3, seed: 1);
        using var optimizer = new PacedOptimizer(plan, network);
        var names = network.Specs.Where(spec => spec.Group == "head").Select(spec => spec.Name).ToArray();
        var head = names.Select(name => Hash(StoredTensor.From(name, network.State[name]))).ToArray();
        Run(optimizer, network, epoch: 1, steps: 2);
        Assert.Equal(head, names.Select(name => Hash(StoredTensor.From(name, network.State[name]))));
        Run(optimizer, network, epoch: 2, steps: 1);
        Assert.All(optimizer.States, state => Assert.Equal(state.Spec.Group == "head" ? 1 : 3, state.Step));
    }

    public static TheoryData<OptimizerSpec, string> Refused => new()
    {
        { new Sgd { Dampening = -1 }, "Dampening" }, { new Sgd { Nesterov = true }, "Nesterov" }, { new Sgd { Nesterov = true, Momentum = 0.9, Dampening = 0.1 }, "Nesterov" },
        { new AdamW { Beta1 = 1 }, "Beta1" }, { new AdamW { WeightDecay = double.NaN }, "WeightDecay" }, { new Lamb { Beta2 = -1 }, "Beta2" }, { new Lamb { Epsilon = 0 }, "Epsilon" },
        { new Lars { Momentum = 1 }, "Momentum" }, { new Lars { TrustCoefficient = 0 }, "TrustCoefficient" }, { new RMSprop { Alpha = 1 }, "Alpha" },
        { new RMSprop { Momentum = -1 }, "Momentum" }, { new RMSprop { Epsilon = double.PositiveInfinity }, "Epsilon" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Settings_out_of_range_are_refused_by_name(OptimizerSpec optimizer, string setting) =>
        Assert.StartsWith(setting + " ", Assert.Throws<FineTuneException>(optimizer.Validate).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_limit_that_is_none_is_refused(double limit) =>
        Assert.StartsWith("ClipNorm ", Assert.Throws<FineTuneException>(() => PlanCheck.Settings(new() { ClipNorm = limit })).Message, StringComparison.Ordinal);

    static void Run(PacedOptimizer optimizer, Classifier network, int epoch, int steps)
    {
        optimizer.Begin(epoch);
        optimizer.Pace(0.7);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.Clear();
            foreach (var (spec, parameter) in network.Parameters.Where(pair => pair.Parameter.requires_grad))
            {
                // Other numbers in every step, but the same for the same weights.
                parameter.grad = (parameter.detach() * (step + 1)).sin() + 0.01;
            }
            optimizer.Step();
            optimizer.Clear();
        }
    }

    static void Update(OptimizerSpec optimizer, ParameterState state, Tensor gradient, double rate)
    {
        using var still = no_grad();
        state.Next();
        optimizer.Update(state, gradient, rate);
    }

    static void AssertNear(double[] expected, IEnumerable<float> got, string what)
    {
        foreach (var (wanted, value) in expected.Zip(got, (wanted, value) => (wanted, value)))
            Assert.True(Math.Abs(wanted - value) <= 1e-6 * Math.Max(1, Math.Abs(wanted)), $"{what}: {value}, expected {wanted}");
    }

    static Tensor[] Parts(IReadOnlyList<float> values) => [tensor(values.Take(12).ToArray(), s_shapes[0]), tensor(values.Skip(12).ToArray(), s_shapes[1])];

    static TensorSpec Spec(int at) => new(at == 0 ? "weight" : "bias", "all", s_shapes[at], TensorRole.Parameter);

    static string Hash(StoredTensor tensor) => $"{tensor.Name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(tensor.Bytes))}";
}
