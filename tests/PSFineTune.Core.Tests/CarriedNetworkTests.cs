using PSFineTune.Augment;
using PSFineTune.Data;
using PSFineTune.Data.Samples;
using PSFineTune.Models;
using PSFineTune.Optimizers;
using PSFineTune.Recipes;
using PSFineTune.Schedules;
using PSFineTune.Training;
using Xunit;

namespace PSFineTune.Tests;

/// <summary>The network that the module carries is worth carrying.</summary>
[Collection("Training")]
public class CarriedNetworkTests
{
    [Fact]
    public void Is_small()
    {
        using var weights = typeof(ResNet20).Assembly.GetManifestResourceStream("ResNet20.safetensors");
        Assert.InRange(weights!.Length, 1, 1_500_000);
        Assert.Equal("Embedded", ArchitectureInfo.Of(new ResNet20()).Weights);
    }

    [Fact]
    public void Gains_at_least_fifteen_points_over_random_weights()
    {
        var gains = Enumerable.Range(1, 5).Select(Gain).ToArray();
        Assert.True(gains.Average() >= 0.15, $"gains of five seeds: {string.Join(", ", gains.Select(gain => gain.ToString("0.000")))}");
    }

    // In accuracy at equal epochs, on the pictures and with the settings of examples/first-classifier.ps1.
    static double Gain(int seed)
    {
        using var folder = new TempFolder();
        SampleDrawing.Write(new HotDog { Count = 120, Seed = seed, Size = 64 }, folder["data"], CancellationToken.None);
        var data = ImageDataset.Import(new() { Root = folder["data"], ValidationFraction = 0.3 }, folder["workspace"]);
        double Accuracy(string weights)
        {
            var plan = PlanStart.For(new ResNet20(), data, weights, new Tutorial());
            plan = plan with
            {
                Augment = new() { Ops = [new RandomResizedCrop { Scale = new(0.5, 1) }, new RandomHorizontalFlip()] },
                Optimizer = new Sgd { LearningRate = 0.01, WeightDecay = 0.001, Momentum = 0.9 },
                Schedule = new Cosine(),
                Preprocessing = plan.Preprocessing! with { InputSize = 48 },
                Epochs = 4,
                Seed = seed,
            };
            return FineTuning.Run(plan, data, folder["workspace"], null, CancellationToken.None).OfType<RunDone>().Single().Record.Epochs[^1].Accuracy;
        }
        return Accuracy("Embedded") - Accuracy("Random");
    }
}
